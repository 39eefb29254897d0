package org.gapexplorer.stress;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.gapexplorer.cli.ServedProcess;
import org.gapexplorer.cli.SmallStudy;
import org.gapexplorer.snapshot.GeneratedRun;

/**
 * The stages from a study to what is published, each over data of its own: so small that a command takes little longer than a
 * JVM's start, and yet of several parts, shards, tables and segments.
 */
final class Stages {
    /** Four parts. */
    private static final int ITEMS = 1_000;

    /** With the launcher and what the build packed. */
    final Path home;

    private final Path folder;

    Stages(Path folder) throws IOException {
        this.folder = folder;
        home = Files.createDirectory(folder.resolve("home"));
        ServedProcess.makeHome(home, Files.createDirectory(folder.resolve("none")));
    }

    Stage extraction() throws IOException {
        return new ExtractionStage(study("study"));
    }

    Stage merge() throws Exception {
        Path study = study("sharded");
        Path shards = folder.resolve("shards");
        for (String shard : List.of("1/2", "2/2")) {
            Victim.start(home, List.of("extract", study.toString(), "--shard", shard, "--out", shards.toString()))
                    .ends();
        }
        return new MergeStage(study, shards);
    }

    Stage snapshotBuild() {
        return new SnapshotStage(run(7));
    }

    Stage publish() throws Exception {
        Path published = folder.resolve("published");
        Victim.start(home, new PublishStage(null, snapshot(8)).words(published)).ends();
        return new PublishStage(published, snapshot(9));
    }

    private Path run(long seed) {
        return new GeneratedRun(seed, 4, 150, 600, 3, 20).write(folder.resolve("run-" + seed), "Generated");
    }

    private Path snapshot(long seed) throws Exception {
        Path built = folder.resolve("built-" + seed);
        Victim.start(home, new SnapshotStage(run(seed)).words(built)).ends();
        return built.resolve(Files.readString(built.resolve("current")).strip());
    }

    private Path study(String name) throws IOException {
        SmallStudy study = new SmallStudy(Files.createDirectory(folder.resolve(name))).withDecoder();
        Files.writeString(
                study.items,
                IntStream.range(0, ITEMS)
                        .mapToObj(i ->
                                "{\"item\": \"i%d\", \"question\": \"%s%d and %d?\", \"choices\": [\"%d\", \"%d\"], \"answer\": 0}%n"
                                        .formatted(i, "How much is ".repeat(1 + i % 3), i, i / 3, i + i / 3, i))
                        .collect(Collectors.joining()));
        Files.writeString(
                study.log,
                IntStream.range(0, ITEMS)
                        .mapToObj(i -> i % 3 == 0 ? "0" : "1")
                        .collect(Collectors.joining(",", "[", "]")));
        return study.file;
    }
}
