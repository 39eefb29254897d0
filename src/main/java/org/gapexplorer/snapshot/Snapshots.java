package org.gapexplorer.snapshot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.gapexplorer.study.Problem;

/**
 * A folder of snapshots, one per version, and the one that is current.
 *
 * <pre>{@code
 * try (Snapshot snapshot = snapshots.current().orElseThrow()) {
 *     snapshot.concepts(ConceptQuery.all().text("money").build());
 * }
 * }</pre>
 *
 * A newly published version is seen without a restart; one that is half written or broken never is.
 */
public final class Snapshots implements AutoCloseable {
    private static final long LOOK_EVERY_MILLIS = 1_000;
    /** Pinned versions kept open besides the current one. */
    private static final int KEPT_OPEN = 4;

    /** Pinned versions opened at a time, each of which is read in full. */
    private static final int OPENED_AT_ONCE = 2;
    /** A version that could not be taken is tried again after so long: what was wrong may be mended. */
    private static final Duration TRIED_AGAIN = Duration.ofMinutes(1);

    private final Path folder;
    private final ScheduledExecutorService watcher;
    private final Map<String, SnapshotIndex> pinned = new LinkedHashMap<>(16, 0.75f, true);
    /** By version: who opens it holds this, and who wants it too waits for that version alone. */
    private final Map<String, Object> doors = new ConcurrentHashMap<>();

    private final Semaphore openings = new Semaphore(OPENED_AT_ONCE);
    private volatile SnapshotIndex current;
    private volatile Problem trouble;
    private Refused refused;
    /** By version, of those that are on disk. */
    private final Map<String, Refused> refusedPins = new ConcurrentHashMap<>();

    /** What could not be taken, which is not read again every second. */
    private record Refused(Problem why, Path home, FileIdentity manifest, long nanos) {
        static Refused now(Path home, Problem why) {
            return new Refused(why, home, FileIdentity.of(home.resolve(SnapshotFiles.MANIFEST)), System.nanoTime());
        }

        boolean holdsFor(Path asked) {
            return home.equals(asked)
                    && manifest.equals(FileIdentity.of(asked.resolve(SnapshotFiles.MANIFEST)))
                    && System.nanoTime() - nanos < TRIED_AGAIN.toNanos();
        }
    }

    private Snapshots(Path folder) {
        this.folder = folder;
        watcher = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("snapshots").factory());
    }

    /**
     * Opens the current snapshot and watches for newer ones. An empty or absent folder is allowed: {@link #current()} is
     * then empty until something is published.
     *
     * @param folder of snapshots; or one snapshot's own folder, which then stays the current one
     * @throws Problem where the current snapshot is broken
     */
    public static Snapshots open(Path folder) {
        Snapshots snapshots = watch(folder);
        if (snapshots.trouble != null) {
            snapshots.close();
            throw snapshots.trouble;
        }
        return snapshots;
    }

    /** As {@link #open}, but where the current snapshot is broken it only has its {@link #trouble()} told. */
    static Snapshots watch(Path folder) {
        Snapshots snapshots = new Snapshots(folder);
        snapshots.refresh();
        snapshots.watcher.scheduleWithFixedDelay(
                snapshots::refresh, LOOK_EVERY_MILLIS, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
        return snapshots;
    }

    /** The current snapshot; the caller closes it. Empty where none is published. */
    public Optional<Snapshot> current() {
        for (SnapshotIndex index = current; index != null; index = current) {
            if (index.hold()) {
                return Optional.of(new Snapshot(index));
            }
        }
        return Optional.empty();
    }

    /**
     * The snapshot of that version; the caller closes it. Empty where there is none. Takes hostile text.
     *
     * @throws Problem where that version is broken
     */
    public Optional<Snapshot> at(String version) {
        Optional<Snapshot> now = current();
        if (now.isPresent() && now.get().version().equals(version)) {
            return now;
        }
        now.ifPresent(Snapshot::close);
        if (version == null
                || version.equals(SnapshotFiles.CURRENT)
                || !SnapshotFiles.VERSION.matcher(version).matches()) {
            return Optional.empty();
        }
        Path home = folder.resolve(version);
        FileIdentity there = FileIdentity.of(home.resolve(SnapshotFiles.MANIFEST));
        if (there.equals(FileIdentity.NONE)) {
            forget(version);
            return Optional.empty();
        }
        Refused before = refusedPins.get(version);
        if (before != null && before.holdsFor(home)) {
            throw before.why;
        }
        try {
            synchronized (doors.computeIfAbsent(version, v -> new Object())) {
                return Optional.of(held(version, there).orElseGet(() -> openPinned(version, home)));
            }
        } catch (Problem e) {
            if (!Files.isDirectory(home)) {
                return Optional.empty(); // it was pruned meanwhile
            }
            refusedPins.put(version, Refused.now(home, e));
            throw e;
        } finally {
            doors.remove(version);
        }
    }

    private Optional<Snapshot> held(String version, FileIdentity there) {
        synchronized (pinned) {
            SnapshotIndex index = pinned.get(version);
            if (index != null && index.identity.equals(there) && index.hold()) {
                return Optional.of(new Snapshot(index));
            }
        }
        forget(version); // its folder was replaced
        return Optional.empty();
    }

    private Snapshot openPinned(String version, Path home) {
        openings.acquireUninterruptibly();
        try {
            SnapshotIndex index = opened(home, version);
            index.hold();
            synchronized (pinned) {
                pinned.put(version, index);
                closeOldest();
            }
            return new Snapshot(index);
        } finally {
            openings.release();
        }
    }

    /** Whoever reads it goes on to the end. */
    private void forget(String version) {
        synchronized (pinned) {
            SnapshotIndex gone = pinned.remove(version);
            if (gone != null) {
                gone.letGo();
            }
        }
    }

    /** @throws Problem where it is broken, or another version than its folder's name says */
    private static SnapshotIndex opened(Path home, String version) {
        SnapshotIndex index = new SnapshotIndex(home);
        String found = index.study.study().version();
        if (!found.equals(version)) {
            index.letGo();
            throw new Problem(home.toString(), "holds version " + found, "give the folder that name");
        }
        return index;
    }

    /** Versions on disk, newest first. */
    public List<String> versions() {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(path -> Files.isRegularFile(path.resolve(SnapshotFiles.MANIFEST)))
                    .map(path -> path.getFileName().toString())
                    .filter(name -> SnapshotFiles.VERSION.matcher(name).matches())
                    .sorted(Comparator.reverseOrder())
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /**
     * A version on disk.
     *
     * @param built null, and {@code bytes} -1, where its manifest cannot be read
     */
    public record OnDisk(String version, Instant built, long bytes) {}

    /** Versions on disk with their sizes, newest first. */
    public List<OnDisk> onDisk() {
        return versions().stream().map(this::onDisk).toList();
    }

    private OnDisk onDisk(String version) {
        try {
            Manifest manifest = Manifest.read(folder.resolve(version));
            return new OnDisk(
                    version,
                    manifest.built(),
                    manifest.files().values().stream()
                            .mapToLong(Manifest.FileFacts::bytes)
                            .sum());
        } catch (Problem e) {
            return new OnDisk(version, null, -1);
        }
    }

    /** How many pinned versions are open besides the current one. */
    public int pinnedOpen() {
        synchronized (pinned) {
            return pinned.size();
        }
    }

    /**
     * Looks for a newer version now rather than within a second. It is read in full while the old one is still served, and a
     * broken one is left, see {@link #trouble()}.
     */
    public synchronized void refresh() {
        Path home = folder;
        try {
            boolean single = Files.isRegularFile(folder.resolve(SnapshotFiles.MANIFEST));
            if (single && current != null) {
                return;
            }
            Optional<String> version = single ? Optional.empty() : SnapshotFiles.current(folder);
            home = version.map(folder::resolve).orElse(folder);
            if ((version.isEmpty() && !single) || isServed(version, home) || isRefused(home)) {
                return;
            }
            SnapshotIndex opened = single ? new SnapshotIndex(folder) : opened(home, version.get());
            SnapshotIndex old = current;
            current = opened;
            trouble = null;
            refused = null;
            if (old != null) {
                old.letGo();
            }
        } catch (Problem e) {
            refuse(home, e);
        } catch (IOException e) {
            refuse(home, new Problem(folder.toString(), "cannot be read (" + Problem.reason(e) + ")", "check it", e));
        } catch (RuntimeException e) {
            refuse(
                    home,
                    new Problem(
                            home.toString(), "cannot be opened", "build the snapshot again from its run folder", e));
        }
    }

    /** Whether the current snapshot is what the folder has now; one whose files were removed is served on. */
    private boolean isServed(Optional<String> version, Path home) {
        SnapshotIndex now = current;
        if (now == null || !Optional.of(now.study.study().version()).equals(version)) {
            return false;
        }
        FileIdentity there = FileIdentity.of(home.resolve(SnapshotFiles.MANIFEST));
        boolean gone = there.equals(FileIdentity.NONE);
        if (gone || there.equals(now.identity)) {
            trouble =
                    gone ? new Problem(home.toString(), "was removed while it is served", "publish a snapshot") : null;
            return true;
        }
        return false;
    }

    private boolean isRefused(Path home) {
        return refused != null && refused.holdsFor(home);
    }

    private void refuse(Path home, Problem why) {
        trouble = why;
        refused = Refused.now(home, why);
    }

    /** What was wrong with the newest version seen, where it was not taken. */
    public Optional<Problem> trouble() {
        return Optional.ofNullable(trouble);
    }

    @Override
    public void close() {
        watcher.shutdownNow();
        synchronized (this) {
            SnapshotIndex old = current;
            current = null;
            if (old != null) {
                old.letGo();
            }
        }
        synchronized (pinned) {
            pinned.values().forEach(SnapshotIndex::letGo);
            pinned.clear();
        }
    }

    private void closeOldest() {
        if (pinned.size() > KEPT_OPEN) {
            var oldest = pinned.entrySet().iterator();
            SnapshotIndex index = oldest.next().getValue();
            oldest.remove();
            index.letGo();
        }
    }
}
