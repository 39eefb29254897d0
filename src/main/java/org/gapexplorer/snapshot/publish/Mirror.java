package org.gapexplorer.snapshot.publish;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.gapexplorer.snapshot.SnapshotFiles;
import org.gapexplorer.study.Problem;

/**
 * Keeps a local folder of snapshots as a bucket has it: {@code current} and the version it names, right below the prefix or
 * once for each study's folder below it. A version is fetched beside, verified, brought in by one rename, and then made
 * current, so whoever watches the folder meets whole versions only. With the bucket away, what is here stays.
 */
public final class Mirror implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Mirror.class.getName());

    /** The longest pause while the bucket is away. */
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    /** Servers started together do not ask together. */
    private static final double JITTER = 0.2;

    private static final int MOST_STUDIES = 1_000;

    private final Bucket bucket;
    private final Path folder;
    private final Duration pause;
    private final ScheduledExecutorService poller = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("snapshot mirror").factory());
    /** By study: the ETag of the pointer that was followed to its end. */
    private final Map<String, String> followed = new HashMap<>();

    private volatile String trouble = "";
    private int failures;

    private Mirror(Bucket bucket, Path folder, Duration pause) {
        this.bucket = bucket;
        this.folder = folder;
        this.pause = pause;
    }

    /**
     * Starts to mirror, in the background and at once.
     *
     * @param address {@code s3://bucket/prefix}
     * @param endpoint of an S3-compatible service; null takes the environment's, or Amazon's
     * @param folder made if absent
     * @param pause between two looks at the bucket
     */
    public static Mirror start(String address, String endpoint, Path folder, Duration pause) {
        Mirror mirror = open(address, endpoint, folder, pause);
        mirror.poller.execute(mirror::run);
        return mirror;
    }

    /** One that looks only when it is told to. */
    static Mirror open(String address, String endpoint, Path folder, Duration pause) {
        if (pause.toMillis() < 100) {
            throw new Problem("the pause between looks at the bucket", "is under 0.1 s", "choose a longer one");
        }
        return new Mirror(Bucket.open(BucketAddress.parse(address), endpoint), folder.toAbsolutePath(), pause);
    }

    /** Why the folder may be behind the bucket, for operators; empty where it is not. */
    public String trouble() {
        return trouble;
    }

    @Override
    public void close() {
        poller.shutdownNow();
        bucket.close();
    }

    private void run() {
        look();
        if (!poller.isShutdown()) {
            double jitter = 1 + JITTER * (2 * ThreadLocalRandom.current().nextDouble() - 1);
            poller.schedule(this::run, (long) (nextPause().toMillis() * jitter), TimeUnit.MILLISECONDS);
        }
    }

    /** Twice as long after each failure. */
    Duration nextPause() {
        Duration longest = pause.compareTo(LONGEST_PAUSE) > 0 ? pause : LONGEST_PAUSE;
        Duration next = pause.multipliedBy(1L << Math.min(failures, 20));
        return next.compareTo(longest) > 0 ? longest : next;
    }

    /** Looks at the bucket once. Trouble is told once, and once more when it is over; one study's leaves the others alone. */
    void look() {
        Exception wrong = null;
        try {
            for (String study : studies()) {
                try {
                    follow(study);
                } catch (IOException | RuntimeException e) {
                    wrong = e;
                }
            }
        } catch (RuntimeException e) {
            wrong = e;
        }
        failures = wrong == null ? 0 : failures + 1;
        if (wrong != null) {
            told(wrong);
        } else if (!trouble.isEmpty()) {
            LOG.info(bucket.name() + " is mirrored again.");
            trouble = "";
        }
    }

    private void told(Exception e) {
        String message = switch (e) {
            case Problem problem -> problem.getMessage();
            case BucketStore.ManifestProblem damaged -> damaged.getCause().getMessage();
            case IOException io -> folder + ": cannot be written (" + Problem.reason(io) + ")";
            default -> "unexpected: " + e;
        };
        if (trouble.isEmpty() && !poller.isShutdown()) {
            LOG.log(Level.WARNING, "Snapshots are served as they are here: " + message);
        }
        trouble = message;
    }

    /** The folders below the prefix that have a pointer; "" where the prefix itself has one. */
    private List<String> studies() {
        if (bucket.head(SnapshotFiles.CURRENT).isPresent()) {
            return List.of("");
        }
        List<String> studies = bucket.folders().stream()
                .filter(name -> SnapshotFiles.VERSION.matcher(name).matches())
                .toList();
        if (studies.size() > MOST_STUDIES) {
            throw new Problem(bucket.name(), "has more than " + MOST_STUDIES + " folders", "choose a longer prefix");
        }
        return studies;
    }

    private void follow(String study) throws IOException {
        Bucket store = study.isEmpty() ? bucket : bucket.below(study);
        Optional<Bucket.Small> pointer =
                store.read(SnapshotFiles.CURRENT, followed.get(study), BucketStore.MOST_POINTER_BYTES);
        if (pointer.isEmpty() || pointer.get().bytes() == null) {
            return; // nothing is published, or nothing new
        }
        String version = SnapshotFiles.version(
                store.name() + SnapshotFiles.CURRENT, pointer.get().bytes());
        Path home = folder.resolve(study);
        Optional<FolderLock> lock = FolderLock.tryTake(home);
        if (lock.isEmpty()) {
            return; // another server fills the same folder
        }
        try (FolderLock held = lock.get()) {
            Download download = new Download(store, home);
            boolean fetched = download.bring(version);
            if (!SnapshotFiles.current(home).equals(Optional.of(version))) {
                SnapshotFiles.point(home, version);
                LOG.info(store.name() + version + (fetched ? " is here" : " was here already") + " and current.");
            }
            followed.put(study, pointer.get().tag());
            download.removeGone(version);
        }
    }
}
