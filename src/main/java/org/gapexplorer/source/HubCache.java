package org.gapexplorer.source;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.gapexplorer.study.Problem;
import org.gapexplorer.study.Sha256;
import org.gapexplorer.study.SourceRef;
import org.gapexplorer.study.WholeFile;

/**
 * The hub's cache on this machine, laid out as huggingface_hub does, so that either finds what the other fetched:
 *
 * <pre>
 * models--OWNER--NAME/blobs/ETAG                      the bytes, by the hub's name for them
 *                     snapshots/COMMIT/PATH           a link to the blob
 *                     refs/REVISION                   the commit a branch or tag stood at
 *                     .no_exist/COMMIT/PATH           an empty file: the hub has none of that name
 *                     trees/COMMIT.json               every file the commit holds (version 2 of huggingface_hub)
 * .locks/models--OWNER--NAME/ETAG.lock
 * </pre>
 *
 * @param folder of the repositories
 */
record HubCache(Path folder) {
    /**
     * A file as the hub knows it.
     *
     * @param path in the repository
     * @param etag name of its blob: its sha256 (40 digits: its git id)
     * @param gitId the id git has for it; null if not known
     * @param size bytes, -1 if not known
     */
    record Entry(String path, String etag, String gitId, long size) {
        Entry {
            if (!etag.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,199}")) {
                throw new IllegalArgumentException("no usable ETag");
            }
        }

        /** Whether the ETag tells what the bytes must be. */
        boolean checked() {
            return etag.matches("[0-9a-f]{40}|[0-9a-f]{64}");
        }

        String hash(Path file) throws IOException {
            return etag.length() == 64 ? Sha256.of(file) : Hash.gitBlob(file);
        }
    }

    private Path repository(HubUri uri) {
        return folder.resolve(uri.cacheName());
    }

    /** Where a file or folder of a commit stands, there or not. */
    Path snapshot(HubUri uri, String commit) {
        return repository(uri).resolve("snapshots").resolve(commit).resolve(uri.path());
    }

    /** The commit a revision is known to stand for, or last stood for; null if none. */
    String commit(HubUri uri) {
        if (uri.pinned()) {
            return uri.revision();
        }
        Path ref = repository(uri).resolve("refs").resolve(uri.revision());
        try {
            String commit = Files.isRegularFile(ref) ? Files.readString(ref).strip() : null;
            return HubUri.isCommit(commit) ? commit : null;
        } catch (IOException e) {
            return null;
        }
    }

    boolean missing(HubUri uri, String commit) {
        return Files.isRegularFile(
                repository(uri).resolve(".no_exist").resolve(commit).resolve(uri.path()));
    }

    /** Remembers that the hub has no such file. Best effort: it only saves a question. */
    void noteMissing(HubUri uri, String commit) {
        Path note = repository(uri).resolve(".no_exist").resolve(commit).resolve(uri.path());
        try {
            Files.createDirectories(note.getParent());
            Files.createFile(note);
            noteCommit(uri, commit);
        } catch (IOException e) {
            // asked again the next time
        }
    }

    /** Remembers what a branch or tag stands for. Best effort: a cache may be there for reading only. */
    void noteCommit(HubUri uri, String commit) {
        if (uri.revision().equals(commit) || commit.equals(commit(uri))) {
            return;
        }
        Path ref = repository(uri).resolve("refs").resolve(uri.revision());
        try {
            Files.createDirectories(ref.getParent());
            WholeFile.write(ref, commit);
        } catch (IOException e) {
            // asked again the next time
        }
    }

    Path blob(HubUri uri, Entry entry) {
        return repository(uri).resolve("blobs").resolve(entry.etag());
    }

    /** Ours alone: huggingface_hub's own partial files are written without regard for our lock. */
    Path partial(HubUri uri, Entry entry) {
        Path blob = blob(uri, entry);
        return blob.resolveSibling(blob.getFileName() + ".gapx.incomplete");
    }

    /** Bytes that are still to come. */
    long toCome(HubUri uri, Entry entry) throws IOException {
        if (Files.exists(blob(uri, entry))) {
            return 0;
        }
        return Math.max(0, entry.size() - Download.resumable(entry.checked(), partial(uri, entry)));
    }

    /** The file's place in the snapshot, filled if need be. */
    Path fill(SourceRef source, HubUri uri, String commit, Entry entry, Fill.Filler filler) throws IOException {
        Path link = snapshot(uri, commit);
        if (Files.exists(link)) {
            return link;
        }
        Path blob = blob(uri, entry);
        Files.createDirectories(blob.getParent());
        Files.createDirectories(link.getParent());
        Path lock = folder.resolve(".locks").resolve(uri.cacheName()).resolve(entry.etag() + ".lock");
        Fill.alone(lock, () -> {
            if (!Files.exists(blob)) {
                Fill.whole(blob, partial(uri, entry), checked(source, entry), filler);
            }
            if (!Files.exists(link)) {
                link(blob, link);
            }
        });
        return link;
    }

    private static Fill.Check checked(SourceRef source, Entry entry) {
        return new Fill.Check() {
            @Override
            public boolean holds(Path partial) throws IOException {
                return (entry.size() < 0 || Files.size(partial) == entry.size())
                        && (!entry.checked() || entry.hash(partial).equals(entry.etag()));
            }

            @Override
            public boolean tells() {
                return entry.checked() || entry.size() >= 0;
            }

            @Override
            public Problem complaint(Path partial) throws IOException {
                String came = entry.checked() ? "hash " + entry.hash(partial) : Files.size(partial) + " bytes";
                String meant = entry.checked() ? entry.etag() : entry.size() + " bytes";
                return new Problem(
                        source.uri(),
                        "came with " + came + ", and the hub says " + meant,
                        "start again; if it stays so, something between here and the hub changes it");
            }
        };
    }

    /** A relative link, so that the cache may be moved; where there are no links, the file itself. */
    private static void link(Path blob, Path link) throws IOException {
        Path target = link.getParent().relativize(blob);
        try {
            // a link whose blob is gone
            Files.deleteIfExists(link);
            Files.createSymbolicLink(link, target);
        } catch (FileAlreadyExistsException e) {
            // huggingface_hub was faster
        } catch (UnsupportedOperationException | java.nio.file.FileSystemException e) {
            try {
                Files.move(blob, link, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException other) {
                Files.copy(blob, link);
            }
        }
    }

    /** Every file a commit holds, by path, as a listing once said; null if it is not known. */
    Map<String, Entry> tree(HubUri uri, String commit) {
        try {
            return HubTree.read(treeFile(uri, commit));
        } catch (IOException | IllegalArgumentException e) {
            // damaged, or of a form yet to come: asked again
            return null;
        }
    }

    void noteTree(HubUri uri, String commit, Map<String, Entry> entries) {
        Path file = treeFile(uri, commit);
        try {
            Files.createDirectories(file.getParent());
            WholeFile.write(file, HubTree.text(entries));
        } catch (IOException e) {
            // asked again the next time
        }
    }

    private Path treeFile(HubUri uri, String commit) {
        return repository(uri).resolve("trees").resolve(commit + ".json");
    }
}
