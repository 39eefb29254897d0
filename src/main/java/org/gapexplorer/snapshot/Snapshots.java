package org.gapexplorer.snapshot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
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

    private final Path folder;
    private final ScheduledExecutorService watcher;
    private final Map<String, SnapshotIndex> pinned = new LinkedHashMap<>(16, 0.75f, true);
    private volatile SnapshotIndex current;
    private volatile Problem trouble;
    /** The broken version last seen, which is not read again and again. */
    private String refused;

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
        if (version == null || !SnapshotFiles.VERSION.matcher(version).matches()) {
            return Optional.empty();
        }
        synchronized (pinned) {
            SnapshotIndex index = pinned.get(version);
            if (index == null) {
                Path home = folder.resolve(version);
                if (!Files.isDirectory(home)) {
                    return Optional.empty();
                }
                index = new SnapshotIndex(home);
                pinned.put(version, index);
                closeOldest();
            }
            index.hold();
            return Optional.of(new Snapshot(index));
        }
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

    /** How many pinned versions are open besides the current one. */
    public int pinnedOpen() {
        synchronized (pinned) {
            return pinned.size();
        }
    }

    /** Looks for a newer version now rather than within a second. A broken one is left, see {@link #trouble()}. */
    public synchronized void refresh() {
        try {
            boolean single = Files.isRegularFile(folder.resolve(SnapshotFiles.MANIFEST));
            SnapshotIndex old = current;
            if (single && old != null) {
                return;
            }
            if (single) {
                current = new SnapshotIndex(folder);
                return;
            }
            Optional<String> version = SnapshotFiles.current(folder);
            if (version.isEmpty()
                    || version.get().equals(refused)
                    || (old != null && old.study.study().version().equals(version.get()))) {
                return;
            }
            refused = version.get();
            SnapshotIndex opened = new SnapshotIndex(folder.resolve(version.get()));
            current = opened;
            trouble = null;
            refused = null;
            if (old != null) {
                old.letGo();
            }
        } catch (Problem e) {
            trouble = e;
        } catch (IOException e) {
            trouble =
                    new Problem(folder.toString(), "cannot be read (" + Problem.reason(e) + ")", "check the folder", e);
        } catch (RuntimeException e) {
            trouble = new Problem(
                    folder.toString(), "cannot be opened", "build the snapshot again from its run folder", e);
        }
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
