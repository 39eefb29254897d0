package org.gapexplorer.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.io.file.PathUtils;
import org.gapexplorer.cli.ServedProcess;
import org.gapexplorer.cli.SmallStudy;
import org.gapexplorer.snapshot.GeneratedRun;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each stage killed with {@code kill -9} at {@code -Dgapx.rounds} random moments and begun again until it comes to its end: the
 * result is that of a run that nobody disturbed, row for row.
 */
@Tag("long")
class KilledStagesIT {
    private static final int ITEMS = 300;

    @TempDir
    static Path folder;

    private static Path home;

    @BeforeAll
    static void aHome() throws IOException {
        home = folder.resolve("home");
        ServedProcess.makeHome(Files.createDirectory(home), Files.createDirectory(folder.resolve("none")));
    }

    @Test
    void extraction() throws Exception {
        kill("study run", new ExtractionStage(study(Files.createDirectory(folder.resolve("study")))));
    }

    @Test
    void snapshotBuild() throws Exception {
        Path run = new GeneratedRun(7, 4, 500, 3_000, 3, 40).write(folder.resolve("run"), "Generated");
        kill("snapshot build", new SnapshotStage(run));
    }

    /** Three hundred questions whose lengths differ. */
    private static Path study(Path where) throws IOException {
        SmallStudy study = new SmallStudy(where);
        Files.writeString(
                study.items,
                IntStream.range(0, ITEMS)
                        .mapToObj(i ->
                                "{\"item\": \"i%d\", \"question\": \"%s%d and %d?\", \"choices\": [\"%d\", \"%d\"], \"answer\": 0}%n"
                                        .formatted(
                                                i,
                                                "How much is, if you count well, ".repeat(1 + i % 7),
                                                i,
                                                i / 3,
                                                i + i / 3,
                                                i))
                        .collect(Collectors.joining()));
        Files.writeString(
                study.log,
                IntStream.range(0, ITEMS)
                        .mapToObj(i -> i % 3 == 0 ? "0" : "1")
                        .collect(Collectors.joining(",", "[", "]")));
        return study.file;
    }

    private static void kill(String name, Stage stage) throws Exception {
        Path whole = folder.resolve(name.replace(' ', '-') + "-whole");
        Duration first = Victim.start(home, stage.words(whole)).ends();
        List<String> expected = stage.result(whole);
        assertThat(expected).isNotEmpty();

        Random random = new Random(Stress.SEED);
        Path out = folder.resolve(name.replace(' ', '-') + "-killed");
        int rounds = Stress.rounds(10);
        int ends = 0;
        for (int kills = 0; kills < rounds; ) {
            Duration moment = Duration.ofMillis((long) (random.nextDouble() * first.toMillis()));
            if (Victim.start(home, stage.words(out)).endsWithin(moment)) {
                ends++;
                assertThat(stage.result(out)).isEqualTo(expected);
                PathUtils.deleteDirectory(out);
            } else {
                kills++;
                if (Files.exists(out)) stage.afterKill(out);
            }
        }
        Victim.start(home, stage.words(out)).ends();
        assertThat(stage.result(out)).isEqualTo(expected);
        Stress.say(
                "%s: killed %d times at random moments of %d ms, seed %d; came to its end %d times, always with the same %d rows",
                name, rounds, first.toMillis(), Stress.SEED, ends + 1, expected.size());
    }
}
