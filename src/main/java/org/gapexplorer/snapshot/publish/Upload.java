package org.gapexplorer.snapshot.publish;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.gapexplorer.snapshot.Manifest;
import org.gapexplorer.study.Problem;
import org.gapexplorer.study.Progress;

/** The files of one snapshot on their way into a bucket, some at a time. */
final class Upload {
    /** Most files are small: their round trips overlap. */
    private static final int AT_ONCE = 4;

    private static final String WHAT = "publish";

    private final Bucket bucket;
    private final Path snapshot;
    private final Manifest manifest;
    private final Progress progress;
    private final Map<String, Long> sent = new ConcurrentHashMap<>();

    Upload(Bucket bucket, Path snapshot, Manifest manifest, Progress progress) {
        this.bucket = bucket;
        this.snapshot = snapshot;
        this.manifest = manifest;
        this.progress = progress;
    }

    /**
     * Sends what is not there.
     *
     * @param repair whether files of other content are replaced: those of a version that is published, and damaged. Of a
     *     version that is not, they are another publisher's.
     */
    void send(boolean repair) {
        each((name, facts) -> {
            String key = key(name);
            boolean there = isThere(key, facts);
            if (!there && !bucket.put(key, snapshot.resolve(name), facts, repair, bytes -> told(name, bytes))) {
                if (!isThere(key, facts)) {
                    throw FolderStore.otherContent(bucket.name() + key);
                }
            }
            told(name, facts.bytes());
        });
        progress.step(WHAT, manifest.bytes(), manifest.bytes(), "bytes");
    }

    /** Holds every object against the manifest: by the checksum that the service keeps, or by reading it back. */
    void verify() {
        each((name, facts) -> {
            if (!isThere(key(name), facts)) {
                throw new Problem(
                        bucket.name() + key(name),
                        "is not what was sent",
                        "publish it again; the pointer is as it was");
            }
        });
    }

    private boolean isThere(String key, Manifest.FileFacts facts) {
        Optional<Bucket.Head> head = bucket.head(key);
        if (head.isEmpty() || head.get().bytes() != facts.bytes()) {
            return false;
        }
        String sha256 = head.get().sha256();
        return facts.sha256().equals(sha256 == null ? bucket.sha256(key) : sha256);
    }

    private String key(String name) {
        return manifest.version() + "/" + name;
    }

    private void told(String name, long bytes) {
        sent.put(name, bytes);
        long all = sent.values().stream().mapToLong(Long::longValue).sum();
        progress.step(WHAT, Math.min(all, manifest.bytes() - 1), manifest.bytes(), "bytes");
    }

    private interface Task {
        void run(String name, Manifest.FileFacts facts);
    }

    private void each(Task task) {
        ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<? extends Future<?>> all = manifest.files().entrySet().stream()
                    .map(file -> pool.submit(() -> task.run(file.getKey(), file.getValue())))
                    .toList();
            for (Future<?> one : all) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new CompletionException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem(bucket.name(), "publishing was interrupted", "publish it again; it goes on", e);
        } finally {
            pool.shutdownNow();
        }
    }
}
