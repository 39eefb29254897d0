package org.gapexplorer.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.apache.commons.io.FileUtils;
import org.gapexplorer.study.Progress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Studies that come, go, and cannot be looked at; a link that leads to itself is what cannot be read, by root either. */
class ShelfTest {
    @TempDir
    Path temporary;

    private Path real;

    @BeforeEach
    void twoStudies() throws IOException {
        real = Files.createDirectory(temporary.resolve("real"));
        Path run = new GeneratedRun(5, 2, 10, 20, 1, 5).write(temporary.resolve("run"), "A study");
        SnapshotBuilder.build(run, real.resolve("tides"), Progress.SILENT);
        FileUtils.copyDirectory(
                real.resolve("tides").toFile(), real.resolve("winds").toFile());
    }

    private static void link(Path from, Path to) throws IOException {
        Path made = from.resolveSibling("made");
        Files.createSymbolicLink(made, to);
        // at once: the shelf looks on
        Files.move(made, from, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void unreadable(Path place) throws IOException {
        link(place, place);
        assertThat(place).isSymbolicLink();
        try {
            Files.list(place).close();
        } catch (FileSystemException e) {
            return;
        }
        throw new AssertionError(place + " can be read");
    }

    private static boolean isShown(Snapshots snapshots) {
        return snapshots
                .current()
                .map(s -> {
                    s.close();
                    return true;
                })
                .orElse(false);
    }

    @Test
    void aFolderThatCannotBeReadForAWhileLosesNoStudy() throws IOException {
        Path folder = temporary.resolve("studies");
        link(folder, real);
        try (Shelf shelf = Shelf.open(folder)) {
            Map<String, Snapshots> before = shelf.studies();
            assertThat(before).containsOnlyKeys("tides", "winds");
            unreadable(folder);
            shelf.refresh();
            shelf.refresh();
            assertThat(shelf.studies()).isEqualTo(before);
            assertThat(shelf.studies().values()).allMatch(ShelfTest::isShown);
            link(folder, real);
            shelf.refresh();
            assertThat(shelf.studies()).isEqualTo(before);
            FileUtils.deleteDirectory(real.resolve("winds").toFile());
            shelf.refresh();
            assertThat(shelf.studies()).containsOnlyKeys("tides");
        }
    }

    @Test
    void norDoesAStudysOwn() throws IOException {
        Files.move(real.resolve("winds"), temporary.resolve("elsewhere"));
        link(real.resolve("winds"), temporary.resolve("elsewhere"));
        try (Shelf shelf = Shelf.open(real)) {
            Map<String, Snapshots> before = shelf.studies();
            assertThat(before).containsOnlyKeys("tides", "winds");
            unreadable(real.resolve("winds"));
            shelf.refresh();
            assertThat(shelf.studies()).isEqualTo(before);
            assertThat(isShown(shelf.studies().get("winds"))).isTrue();
            Files.delete(real.resolve("winds"));
            shelf.refresh();
            assertThat(shelf.studies()).containsOnlyKeys("tides");
            assertThat(isShown(before.get("winds"))).as("closed").isFalse();
        }
    }

    @Test
    void aFolderThatCannotBeReadAtStartIsReadLater() throws IOException {
        Path folder = temporary.resolve("studies");
        unreadable(folder);
        try (Shelf shelf = Shelf.open(folder)) {
            assertThat(shelf.studies()).containsOnlyKeys(Shelf.ONLY);
            link(folder, real);
            shelf.refresh();
            assertThat(shelf.studies()).containsOnlyKeys("tides", "winds");
        }
    }

    @Test
    void aFolderWhoseNameIsNoIdIsToldOnce() throws IOException {
        Files.move(real.resolve("winds"), real.resolve("Winds"));
        Files.createDirectory(real.resolve("Notes"));
        List<String> told = new CopyOnWriteArrayList<>();
        Handler hear = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                told.add(entry.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger log = Logger.getLogger(Shelf.class.getName());
        log.addHandler(hear);
        try (Shelf shelf = Shelf.open(real)) {
            shelf.refresh();
            shelf.refresh();
            assertThat(shelf.studies()).containsOnlyKeys("tides");
        } finally {
            log.removeHandler(hear);
        }
        assertThat(told).hasSize(1).first().asString().contains("Winds").contains("small letters");
    }
}
