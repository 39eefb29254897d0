package org.gapexplorer.score.log;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Enumeration;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.gapexplorer.study.Problem;

/**
 * Goes through the entries of a zip archive whose entries may be compressed with deflate or zstd, in the order of its
 * directory. Nothing is unpacked to disk, so names lead nowhere. How much comes out is bounded by the archive's size.
 */
final class ZipLog {
    private static final int MAX_ENTRIES = 1_000_000;

    /** Bytes that may come out of one byte of archive; JSON of one harness shrinks tenfold, seldom a hundredfold. */
    private static final long MAX_RATIO = 1_000;

    private static final long ALWAYS = 64L << 20;

    private ZipLog() {}

    /** Takes an entry; what it leaves unread is skipped. */
    interface Entry {
        void take(String name, InputStream in);
    }

    /** An archive that is cut short has lost its directory: its entries are read as they follow one another. */
    static void read(LogPart part, LogFormat.Rows rows, Entry entry) {
        try {
            long[] left = {ALWAYS + MAX_RATIO * Files.size(part.file())};
            ZipFile zip;
            try {
                zip = ZipFile.builder().setPath(part.file()).get();
            } catch (IOException noDirectory) {
                rows.note(part.file().getFileName() + " has lost its directory, as where a copy ends in the middle");
                inOrder(part, left, entry);
                return;
            }
            try (zip) {
                int entries = 0;
                for (Enumeration<ZipArchiveEntry> all = zip.getEntries(); all.hasMoreElements(); ) {
                    ZipArchiveEntry next = all.nextElement();
                    if (++entries > MAX_ENTRIES) {
                        throw part.problem("", "has more than " + MAX_ENTRIES + " entries", "split it");
                    }
                    if (!next.isDirectory()) {
                        try (InputStream in = zip.getInputStream(next)) {
                            entry.take(next.getName(), new Bounded(in, left, part, next.getName(), false));
                        }
                    }
                }
            }
        } catch (IOException | RuntimeException e) {
            throw e instanceof Problem known ? known : damaged(part, e);
        }
    }

    private static void inOrder(LogPart part, long[] left, Entry entry) throws IOException {
        try (var zip = new ZipArchiveInputStream(Files.newInputStream(part.file()))) {
            ZipArchiveEntry next;
            int entries = 0;
            while ((next = nextOf(zip)) != null && ++entries <= MAX_ENTRIES) {
                if (zip.canReadEntryData(next)) {
                    entry.take(next.getName(), new Bounded(zip, left, part, next.getName(), true));
                }
            }
        }
    }

    /** Null at the end, wherever that is. */
    private static ZipArchiveEntry nextOf(ZipArchiveInputStream zip) {
        try {
            return zip.getNextEntry();
        } catch (IOException end) {
            return null;
        }
    }

    private static Problem damaged(LogPart part, Exception e) {
        return new Problem(
                part.place(),
                "is a damaged zip archive (" + e.getMessage() + ")",
                "copy it again from where it was",
                e);
    }

    /** An entry's bytes, no more than are left; closing it leaves the archive open. */
    private static final class Bounded extends FilterInputStream {
        private final long[] left;
        private final LogPart part;
        private final String name;
        private final boolean cut;

        /** @param cut whether what is missing is an end, not an error */
        Bounded(InputStream in, long[] left, LogPart part, String name, boolean cut) {
            super(in);
            this.left = left;
            this.part = part;
            this.name = name;
            this.cut = cut;
        }

        private int counted(int bytes) {
            left[0] -= Math.max(0, bytes);
            if (left[0] < 0) {
                throw part.problem(name, "unpacks to far more than a log holds", "check where the archive comes from");
            }
            return bytes;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            try {
                return counted(super.read(bytes, from, length));
            } catch (IOException e) {
                if (cut) {
                    return -1;
                }
                throw e;
            }
        }

        @Override
        public long skip(long bytes) throws IOException {
            throw new IOException("not skipped");
        }

        @Override
        public void close() {}
    }
}
