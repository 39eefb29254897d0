package org.gapexplorer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.gapexplorer.snapshot.GeneratedRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A broken run makes no snapshot, and a broken snapshot is not served: one line says which file and what to do. */
@Timeout(120)
class BadSnapshotTest {
    @TempDir
    Path folder;

    private Path run;
    private Path out;

    @BeforeEach
    void aFinishedRun() {
        run = new GeneratedRun(7, 2, 20, 30, 1, 5).write(folder.resolve("run"), "Generated");
        out = folder.resolve("snapshots");
    }

    private Called build() {
        return Called.gapx("snapshot", "build", run, "--out", out);
    }

    /** The one snapshot there is, freshly built. */
    private Path snapshot() {
        Called built = build();
        assertThat(built.code()).as(built.err()).isZero();
        return Path.of(built.out().strip());
    }

    private void nothingIsPublished() throws IOException {
        if (Files.exists(out)) {
            try (Stream<Path> all = Files.list(out)) {
                assertThat(all).allMatch(file -> file.endsWith(".lock"));
            }
        }
    }

    @Test
    void aRunThatIsNotFinishedMakesNoSnapshot() throws IOException {
        Files.delete(run.resolve("run.json"));
        build().refused(run.resolve("run.json"), "no finished run", "run the study to its end");
        nothingIsPublished();
    }

    @Test
    void aRunFolderThatIsNotThereIsNamed() throws IOException {
        Path none = folder.resolve("none");
        Called.gapx("snapshot", "build", none, "--out", out).refused(none, "run the study");
        nothingIsPublished();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"format\": 99}", "null", "[]", "{\"format\": 1, \"study\": 3}"})
    void aBrokenRunJsonIsNamed(String text) throws IOException {
        Files.writeString(run.resolve("run.json"), text);
        build().refused(run.resolve("run.json"), "run the study again");
        nothingIsPublished();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "benchmarks.parquet",
                "datapoints.parquet",
                "scores.parquet",
                "concepts.parquet",
                "coverage.parquet",
                "performance.parquet",
                "saliency/part-00000.parquet"
            })
    void aTableCutShortIsNamed(String table) throws IOException {
        Path file = run.resolve(table);
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
        build().refused(file, "damaged", "run the study again");
        nothingIsPublished();
    }

    @Test
    void aMissingTableIsNamed() throws IOException {
        Files.delete(run.resolve("coverage.parquet"));
        build().refused(run.resolve("coverage.parquet"), "is missing", "run the study again");
        nothingIsPublished();
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "/proc"})
    void aSnapshotsFolderThatCannotBeWrittenIsNamed(String place) throws IOException {
        assumeThat(Path.of("/proc")).isDirectory();
        Files.writeString(folder.resolve("file"), "not a folder");
        out = folder.resolve(place).resolve("snapshots");
        build().refused(out, "cannot be written", "a folder you may write to");
        assertThat(out).doesNotExist();
    }

    @Test
    void aDiskThatIsFullAtTheLastStepPublishesNothing() throws IOException {
        assumeThat(Path.of("/dev/full")).as("a file that is always full").exists();
        Files.createDirectory(out);
        Path beside = Files.createSymbolicLink(out.resolve(".current.new"), Path.of("/dev/full"));
        build().refused(out, "No space left on device", "free some space");
        Files.deleteIfExists(beside);
        nothingIsPublished();
    }

    @Test
    void aFullFileSystemPublishesNothing() throws IOException, InterruptedException {
        try (var small = SmallDisk.mount(folder.resolve("disk"), "16k")) {
            out = small.folder().resolve("snapshots");
            build().refused(out, "No space left on device", "free some space");
            nothingIsPublished();
        }
    }

    /** Ways for a published snapshot to go bad. */
    enum Damage {
        CHANGED {
            @Override
            Path to(Path snapshot) throws IOException {
                Path file = snapshot.resolve("study.json");
                byte[] bytes = Files.readAllBytes(file);
                bytes[bytes.length / 2] ^= 1;
                return Files.write(file, bytes);
            }
        },
        CUT_SHORT {
            @Override
            Path to(Path snapshot) throws IOException {
                Path file = largest(snapshot.resolve("concepts"));
                byte[] bytes = Files.readAllBytes(file);
                return Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
            }
        },
        MISSING {
            @Override
            Path to(Path snapshot) throws IOException {
                Path file = largest(snapshot.resolve("datapoints"));
                Files.delete(file);
                return file;
            }
        },
        STRANGE_FILE {
            @Override
            Path to(Path snapshot) throws IOException {
                return Files.writeString(snapshot.resolve("strange"), "not ours");
            }
        },
        MANIFEST_CUT_SHORT {
            @Override
            Path to(Path snapshot) throws IOException {
                Path file = snapshot.resolve("manifest.json");
                String text = Files.readString(file);
                return Files.writeString(file, text.substring(0, text.length() / 2));
            }
        },
        MANIFEST_EMPTY {
            @Override
            Path to(Path snapshot) throws IOException {
                return Files.writeString(snapshot.resolve("manifest.json"), "");
            }
        },
        MANIFEST_MISSING {
            @Override
            Path to(Path snapshot) throws IOException {
                Path file = snapshot.resolve("manifest.json");
                Files.delete(file);
                return file;
            }
        },
        MANIFEST_OF_NULLS {
            @Override
            Path to(Path snapshot) throws IOException {
                return Files.writeString(
                        snapshot.resolve("manifest.json"),
                        "{\"format\": 3, \"version\": \"v\", \"files\": {\"study.json\": null}}");
            }
        },
        MANIFEST_OF_ANOTHER_FORMAT {
            @Override
            Path to(Path snapshot) throws IOException {
                return Files.writeString(snapshot.resolve("manifest.json"), "{\"format\": 99}");
            }
        };

        /** @return the file to be named */
        abstract Path to(Path snapshot) throws IOException;

        private static Path largest(Path folder) throws IOException {
            try (Stream<Path> files = Files.list(folder)) {
                List<Path> all = files.toList();
                return all.stream()
                        .max((a, b) ->
                                Long.compare(a.toFile().length(), b.toFile().length()))
                        .orElseThrow();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDamagedSnapshotDoesNotVerifyAndIsNotServed(Damage damage) throws IOException {
        Path snapshot = snapshot();
        Path file = damage.to(snapshot);
        Called.gapx("snapshot", "verify", snapshot).refused(file);
        Called.gapx("serve", "--port", freePort(), "--snapshot", out).refused(file);
        if (damage != Damage.MANIFEST_MISSING) { // the folder is then no snapshot's own
            Called.gapx("serve", "--port", freePort(), "--snapshot", snapshot).refused(file);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-such-version", "../run", ""})
    void aPointerToNoSnapshotIsNotServed(String text) throws IOException {
        snapshot();
        Files.writeString(out.resolve("current"), text + "\n");
        Called.gapx("serve", "--port", freePort(), "--snapshot", out).refused(out, "build the snapshot again");
    }

    @ParameterizedTest
    @ValueSource(strings = {"verify", "serve"})
    void aSnapshotThatIsNotThereIsNamed(String command) throws IOException {
        Path none = folder.resolve("none");
        Called called = command.equals("serve")
                ? Called.gapx("serve", "--port", freePort(), "--snapshot", none)
                : Called.gapx("snapshot", "verify", none);
        called.refused(none);
    }

    private static int freePort() throws IOException {
        try (var socket = new java.net.ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
