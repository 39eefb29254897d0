package org.gapexplorer.snapshot.publish;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.gapexplorer.snapshot.SnapshotFiles;
import org.gapexplorer.study.Problem;

/**
 * Keeps a local folder of snapshots as a bucket has it: {@code current} and the version it names, right below the prefix or
 * once for each study's folder below it. A version is fetched beside, verified, brought in by one rename, and then made
 * current, so whoever watches the folder meets whole versions only. With the bucket away, what is here stays. Older versions
 * are fetched when they are asked for ({@link #fetches}), and the {@link #OLDER_KEPT} fetched last stay here.
 */
public final class Mirror implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Mirror.class.getName());

    /** The longest pause while the bucket is away. */
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    /** Servers started together do not ask together. */
    private static final double JITTER = 0.2;

    private static final int MOST_STUDIES = 1_000;

    /** Older versions kept here beside the current one; the bucket has the others. */
    static final int OLDER_KEPT = 5;
    /** An older version that could not be fetched is tried again after so long. */
    private static final Duration TRIED_AGAIN = Duration.ofMinutes(5);

    private final Bucket bucket;
    private final Path folder;
    private final Duration pause;
    private final ScheduledExecutorService poller = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("snapshot mirror").factory());
    /** By study: the ETag of the pointer that was followed to its end. */
    private final Map<String, String> followed = new HashMap<>();
    /** By study: the versions that the bucket had when its pointer was followed. */
    private final Map<String, Set<String>> published = new ConcurrentHashMap<>();
    /** By study and version, of older ones that were asked for: when, by {@link System#nanoTime}. */
    private final Map<String, Long> asked = new ConcurrentHashMap<>();

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

    /**
     * Versions of a study that the bucket had at the last look.
     *
     * @param study its folder's name; empty where the folder is one study's own
     */
    public Set<String> versions(String study) {
        return published.getOrDefault(study, Set.of());
    }

    /**
     * Has an older version fetched, in the background, where it is not here.
     *
     * @param study as in {@link #versions}
     * @param version takes hostile text
     * @return false where the bucket has none of that name
     */
    public boolean fetches(String study, String version) {
        if (!versions(study).contains(version)) {
            return false;
        }
        String key = study + "/" + version;
        long now = System.nanoTime();
        Long before = asked.get(key);
        boolean first = before == null
                ? asked.putIfAbsent(key, now) == null
                : now - before > TRIED_AGAIN.toNanos() && asked.replace(key, before, now);
        if (first) {
            try {
                poller.execute(() -> fetch(study, version));
            } catch (RejectedExecutionException e) {
                LOG.fine("The server is stopping: " + version + " is fetched by the next one.");
            }
        }
        return true;
    }

    private void fetch(String study, String version) {
        Path home = folder.resolve(study);
        try {
            Optional<FolderLock> lock = FolderLock.tryTake(home);
            if (lock.isPresent()) {
                try (FolderLock held = lock.get()) {
                    Download download = new Download(store(study), home);
                    download.bring(version);
                    download.removeSurplus(published.get(study), SnapshotFiles.current(home), OLDER_KEPT);
                    LOG.info(version + " was asked for and is here.");
                }
            }
            asked.remove(study + "/" + version);
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.WARNING, "A version that was asked for could not be fetched: " + message(e));
        }
    }

    private static Set<String> versionsIn(Bucket store) {
        return store.folders().stream()
                .filter(name -> SnapshotFiles.VERSION.matcher(name).matches())
                .collect(Collectors.toUnmodifiableSet());
    }

    private Bucket store(String study) {
        return study.isEmpty() ? bucket : bucket.below(study);
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

    private String message(Exception e) {
        return switch (e) {
            case Problem problem -> problem.getMessage();
            case BucketStore.ManifestProblem damaged -> damaged.getCause().getMessage();
            case IOException io -> folder + ": cannot be written (" + Problem.reason(io) + ")";
            default -> "unexpected: " + e;
        };
    }

    private void told(Exception e) {
        String message = message(e);
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
        Bucket store = store(study);
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
            published.put(study, versionsIn(store));
            followed.put(study, pointer.get().tag());
            download.removeSurplus(published.get(study), Optional.of(version), OLDER_KEPT);
        }
    }
}
