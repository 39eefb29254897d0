package org.gapexplorer.snapshot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.gapexplorer.study.Problem;

/**
 * The studies of one folder: either the folder is itself a {@link Snapshots} folder, one study's, or each of its folders
 * that holds snapshots is, and its name is the study's id. Studies that come or go are seen without a restart.
 */
public final class Shelf implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Shelf.class.getName());

    /** Id of the only study of a folder that is one study's own. */
    public static final String ONLY = "";

    /** Studies' ids stand in addresses and name folders. */
    public static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9._-]{0,59}");

    private static final long LOOK_EVERY_MILLIS = 2_000;
    /** More folders than this are left out: each open study holds files and memory. */
    private static final int MOST = 200;

    /** See {@link #openAhead}. */
    private static final Map<Path, Shelf> OPENED_AHEAD = new ConcurrentHashMap<>();

    private final Path folder;
    private final ScheduledExecutorService watcher;
    private volatile SortedMap<String, Snapshots> studies = new TreeMap<>();
    private boolean unreadable;
    /** Folders whose names are no ids, told of once. */
    private final Set<String> skipped = new HashSet<>();

    private Shelf(Path folder) {
        this.folder = folder;
        watcher = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("studies").factory());
    }

    /**
     * Opens every study's current snapshot and watches for new ones. A study whose snapshot is broken is there and has its
     * trouble told ({@link Snapshots#trouble()}).
     *
     * @param folder of one study's snapshots, one snapshot, or a folder of such folders; may be empty or absent
     */
    public static Shelf open(Path folder) {
        Shelf ahead = OPENED_AHEAD.remove(folder.toAbsolutePath());
        if (ahead != null) return ahead;
        Shelf shelf = new Shelf(folder);
        shelf.refresh();
        shelf.watcher.scheduleWithFixedDelay(
                shelf::refresh, LOOK_EVERY_MILLIS, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
        return shelf;
    }

    /**
     * Opens for whoever calls {@link #open} for this folder next: a server is not started over a broken snapshot, and does not
     * read every byte of it twice.
     *
     * @throws Problem where the folder is one study's and its current snapshot is broken
     */
    public static void openAhead(Path folder) {
        Shelf shelf = open(folder);
        Optional<Problem> trouble = Optional.ofNullable(shelf.studies.get(ONLY)).flatMap(Snapshots::trouble);
        if (trouble.isPresent()) {
            shelf.close();
            throw trouble.get();
        }
        OPENED_AHEAD.put(folder.toAbsolutePath(), shelf);
    }

    /** By id, in its order; {@link #ONLY} alone where the folder is one study's own. */
    public SortedMap<String, Snapshots> studies() {
        return studies;
    }

    /**
     * Looks for studies that came or went now rather than within two seconds. Where that cannot be seen, as where too many files
     * are open, they stay as they are.
     */
    public synchronized void refresh() {
        Map<String, Path> there;
        try {
            there = there();
            unreadable = false;
        } catch (IOException e) {
            if (!unreadable)
                LOG.warning(folder + " cannot be read (" + Problem.reason(e) + "); its studies stay as they are");
            unreadable = true;
            if (!studies.isEmpty()) return;
            there = Map.of(ONLY, folder);
        }
        if (there.keySet().equals(studies.keySet())) return;
        SortedMap<String, Snapshots> now = new TreeMap<>();
        there.forEach((id, place) -> {
            Snapshots open = studies.get(id);
            now.put(id, open != null ? open : Snapshots.watch(place));
        });
        Map<String, Snapshots> before = studies;
        studies = now;
        before.forEach((id, snapshots) -> {
            if (!now.containsKey(id)) snapshots.close();
        });
    }

    private Map<String, Path> there() throws IOException {
        if (holdsSnapshots(folder)) return Map.of(ONLY, folder);
        Map<String, Path> found = new TreeMap<>();
        for (Path place : folders(folder)) {
            String name = place.getFileName().toString();
            if (!isStudy(name, place)) continue;
            if (ID.matcher(name).matches()) found.put(name, place);
            else skip(name);
        }
        return found.isEmpty() ? Map.of(ONLY, folder) : found;
    }

    /** One that cannot be read now is what it was. */
    private boolean isStudy(String name, Path place) {
        try {
            return holdsSnapshots(place);
        } catch (IOException e) {
            return studies.containsKey(name);
        }
    }

    private void skip(String name) {
        if (!skipped.add(name)) return;
        LOG.warning(new Problem(
                        folder.resolve(name).toString(),
                        "holds snapshots and is not shown: its name stands in addresses",
                        "rename it; small letters, digits, dots, dashes and underscores make a name, 60 at most, a letter"
                                + " or digit first")
                .getMessage());
    }

    /** Whether it is a snapshot, names a current one, or holds one. */
    private static boolean holdsSnapshots(Path place) throws IOException {
        return Files.isRegularFile(place.resolve(SnapshotFiles.MANIFEST))
                || Files.isRegularFile(place.resolve(SnapshotFiles.CURRENT))
                || folders(place).stream().anyMatch(f -> Files.isRegularFile(f.resolve(SnapshotFiles.MANIFEST)));
    }

    /** What may be one: of what cannot be looked at now that is not known. */
    private static List<Path> folders(Path place) throws IOException {
        try (Stream<Path> all = Files.list(place)) {
            return all.filter(p -> !Files.isRegularFile(p)).sorted().limit(MOST).toList();
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public void close() {
        watcher.shutdownNow();
        synchronized (this) {
            studies.values().forEach(Snapshots::close);
            studies = new TreeMap<>();
        }
    }
}
