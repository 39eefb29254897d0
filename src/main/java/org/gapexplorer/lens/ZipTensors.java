package org.gapexplorer.lens;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.gapexplorer.study.Problem;

/** A zip of tensors, read where it lies: nothing is unpacked to disk, so names in it lead nowhere. */
abstract class ZipTensors extends TensorFile {
    /** Weights hardly compress; what claims to grow more than this is made to fill memory. */
    private static final long MAX_RATIO = 64;

    private static final long SMALL = 16L << 20;

    final ZipFile zip;

    ZipTensors(Path file, ZipFile zip) {
        super(file);
        this.zip = zip;
    }

    /** @param kind what the file should be, for the message if it is no zip */
    static ZipFile zip(Path file, String kind, String remedy) {
        try {
            return new ZipFile(file.toFile());
        } catch (ZipException e) {
            throw new Problem(file.toString(), "is no " + kind + " (" + e.getMessage() + ")", remedy, e);
        } catch (IOException e) {
            throw new Problem(
                    file.toString(),
                    "cannot be read (" + Problem.reason(e) + ")",
                    "check the path and its permissions",
                    e);
        }
    }

    /** Refuses an entry that is smaller than what is to be read of it, or grows beyond measure when unpacked. */
    void requireBytes(ZipEntry entry, long bytes) {
        long size = entry.getSize();
        long packed = entry.getCompressedSize();
        if (size < bytes) {
            throw broken(
                    file(), "entry " + entry.getName(), "has " + size + " bytes where " + bytes + " were expected");
        }
        if (packed > file().toFile().length() || size > SMALL && size / MAX_RATIO > packed) {
            throw new Problem(
                    file() + ", entry " + entry.getName(),
                    "claims to unpack from " + packed + " to " + size + " bytes",
                    "use a file from its maker; weights do not compress so well");
        }
    }

    InputStream stream(ZipEntry entry, long skip) throws IOException {
        InputStream in = zip.getInputStream(entry);
        try {
            in.skipNBytes(skip);
            return in;
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException e) {
            throw new Problem(file().toString(), "cannot be closed", "check the disk", e);
        }
    }
}
