package org.gapexplorer.snapshot;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.lucene.util.IOUtils;
import org.gapexplorer.run.Provenance;
import org.gapexplorer.run.RunFolder;
import org.gapexplorer.study.Problem;
import org.gapexplorer.study.Progress;

/**
 * Makes a snapshot of a run folder and of nothing else. It is written beside the published ones, verified, and published
 * by renaming: its folder first, then the pointer to it. Whatever goes wrong before leaves what is published as it was.
 */
public final class SnapshotBuilder {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    /** As far as the umask allows: who serves a snapshot, in a container say, is often not who built it. */
    private static final FileAttribute<Set<PosixFilePermission>> READABLE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x"));

    private SnapshotBuilder() {}

    /**
     * Builds and publishes. One build at a time per folder; a second waits for the first.
     *
     * @param runFolder a finished run
     * @param snapshotsFolder made if absent
     * @return the version published; the current one, without building, where it was made of this very run
     * @throws Problem where the run is broken, or the folder full or read-only
     */
    public static String build(Path runFolder, Path snapshotsFolder, Progress progress) {
        RunFolder run = new RunFolder(runFolder);
        Provenance.read(run);
        try {
            Files.createDirectories(snapshotsFolder);
            try (FileChannel lock = FileChannel.open(
                    snapshotsFolder.resolve(SnapshotFiles.LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                lock.lock();
                removeUnfinished(snapshotsFolder);
                String source = Manifest.sourceOf(runFolder);
                Optional<String> current = current(snapshotsFolder, source);
                return current.isPresent() ? current.get() : build(run, source, snapshotsFolder, progress);
            }
        } catch (IOException e) {
            throw SnapshotFiles.unwritable(snapshotsFolder, e);
        }
    }

    private static String build(RunFolder run, String source, Path snapshots, Progress progress) throws IOException {
        Path building = Files.createTempDirectory(snapshots, SnapshotFiles.BUILDING, READABLE);
        try {
            Instant built = Instant.now();
            String version = version(snapshots, built, source);
            write(run, source, building, version, built, progress);
            SnapshotVerifier.verify(building);
            publish(building, snapshots, version);
            return version;
        } finally {
            FileUtils.deleteDirectory(building.toFile());
        }
    }

    /** When, and of what: 20260131-120000-0123abcd; a second one within the second gets a number. */
    private static String version(Path snapshots, Instant built, String source) {
        String version = STAMP.format(built) + "-" + source.substring(0, 8);
        String free = version;
        for (int n = 2; Files.exists(snapshots.resolve(free)); n++) {
            free = version + "-" + n;
        }
        return free;
    }

    private static void write(
            RunFolder run, String source, Path building, String version, Instant built, Progress progress)
            throws IOException {
        RunTables tables = new RunTables(run);
        FiringTable firings = new FiringTable(tables, progress);
        ConceptColumns columns = new ConceptColumns(tables);
        SnapshotWriter writer = new SnapshotWriter(tables, firings, columns, progress);
        writer.writeConcepts(building.resolve(SnapshotFiles.CONCEPTS));
        long scores = writer.writeDatapoints(building.resolve(SnapshotFiles.DATAPOINTS));
        if (Files.isDirectory(run.lens())) {
            SnapshotFiles.link(run.lens(), building.resolve(SnapshotFiles.LENS));
        }
        packTables(run, building.resolve(SnapshotFiles.BULK));
        StudyTables study = new Summary(tables, columns).tables(version, built, firings.size(), scores);
        SnapshotFiles.writeLasting(building.resolve(SnapshotFiles.STUDY), SnapshotFiles.JSON.writeValueAsBytes(study));
        SnapshotFiles.writeLasting(
                building.resolve(SnapshotFiles.FAMILIES),
                SnapshotFiles.JSON.writeValueAsBytes(FamilyNames.of(tables.concepts)));
        Manifest manifest = new Manifest(
                SnapshotFiles.FORMAT, version, built, source, tables.provenance, Manifest.filesOf(building));
        byte[] bytes = SnapshotFiles.JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest);
        SnapshotFiles.writeLasting(building.resolve(SnapshotFiles.MANIFEST), bytes);
        SnapshotFiles.writeLasting(building.resolve(SnapshotFiles.MANIFEST_SUM), Manifest.sumOf(bytes));
        IOUtils.fsync(building, true);
    }

    /** The tables that hold no item's text: what a benchmark may not show is in none of them. */
    private static void packTables(RunFolder run, Path bulk) throws IOException {
        Files.createDirectory(bulk);
        for (Path table : List.of(
                run.benchmarks(), run.concepts(), run.coverage(), run.models(), run.overlap(), run.performance())) {
            if (Files.isRegularFile(table)) SnapshotFiles.linkOrCopy(table, bulk.resolve(table.getFileName()));
        }
    }

    private static void publish(Path building, Path snapshots, String version) throws IOException {
        Files.move(building, snapshots.resolve(version), StandardCopyOption.ATOMIC_MOVE);
        IOUtils.fsync(snapshots, true);
        try {
            SnapshotFiles.point(snapshots, version);
        } catch (IOException e) {
            FileUtils.deleteDirectory(snapshots.resolve(version).toFile());
            throw e;
        }
    }

    /** The current version, where it is sound and was made of the same files. */
    private static Optional<String> current(Path snapshots, String source) {
        try {
            Optional<String> version = SnapshotFiles.current(snapshots);
            if (version.isEmpty()) {
                return version;
            }
            Path home = snapshots.resolve(version.get());
            SnapshotVerifier.verify(home);
            return version.filter(v -> Manifest.read(home).source().equals(source));
        } catch (Problem | IOException e) {
            return Optional.empty();
        }
    }

    /** What a killed build left; the lock tells that no other is running. */
    private static void removeUnfinished(Path snapshots) throws IOException {
        try (Stream<Path> all = Files.list(snapshots)) {
            for (Path path : all.filter(p -> p.getFileName().toString().startsWith(SnapshotFiles.BUILDING))
                    .toList()) {
                FileUtils.deleteDirectory(path.toFile());
            }
        }
    }
}
