package org.gapexplorer.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.commons.io.file.PathUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each stage killed with {@code kill -9} at {@code -Dgapx.rounds} random moments and begun again until it comes to its end: the
 * result is that of a run that nobody disturbed, row for row. Every other moment is one after it began to write, for most of
 * a short command is its start.
 */
@Tag("long")
class KilledStagesIT {
    @TempDir
    static Path folder;

    private static Stages stages;

    @BeforeAll
    static void aHome() throws IOException {
        stages = new Stages(folder);
    }

    @Test
    void extraction() throws Exception {
        kill("study run", stages.extraction());
    }

    @Test
    void merge() throws Exception {
        kill("extract merge", stages.merge());
    }

    @Test
    void snapshotBuild() throws Exception {
        kill("snapshot build", stages.snapshotBuild());
    }

    @Test
    void publish() throws Exception {
        kill("snapshot publish", stages.publish());
    }

    private static void kill(String name, Stage stage) throws Exception {
        Path whole = folder.resolve(name.replace(' ', '-') + "-whole");
        stage.prepare(whole);
        Set<String> untouched = Victim.listing(whole);
        Victim undisturbed = Victim.start(stages.home, stage.words(whole));
        undisturbed.awaitChange(whole, untouched);
        long changed = System.nanoTime();
        Duration all = undisturbed.ends();
        Duration writing = Duration.ofNanos(System.nanoTime() - changed);
        List<String> expected = stage.result(whole);
        assertThat(expected).isNotEmpty();

        Random random = new Random(Stress.SEED);
        Path out = folder.resolve(name.replace(' ', '-') + "-killed");
        int rounds = Stress.rounds(10);
        int ends = 0;
        for (int kills = 0; kills < rounds; ) {
            if (!Files.exists(out)) stage.prepare(out);
            Set<String> before = Victim.listing(out);
            Victim victim = Victim.start(stages.home, stage.words(out));
            boolean later = kills % 2 == 1;
            if (later) victim.awaitChange(out, before);
            if (victim.endsWithin(share(random.nextDouble(), later ? writing : all))) {
                ends++;
                assertThat(stage.result(out)).isEqualTo(expected);
                PathUtils.deleteDirectory(out);
            } else {
                kills++;
                if (Files.exists(out)) stage.afterStop(out);
            }
        }
        if (!Files.exists(out)) stage.prepare(out);
        Victim.start(stages.home, stage.words(out)).ends();
        assertThat(stage.result(out)).isEqualTo(expected);
        Stress.say(
                "%s: killed %d times, at random moments of %d ms and of the %d ms in which it writes, seed %d; came to its end %d"
                        + " times, always with the same %d rows",
                name, rounds, all.toMillis(), writing.toMillis(), Stress.SEED, ends + 1, expected.size());
    }

    private static Duration share(double share, Duration of) {
        return Duration.ofNanos((long) (share * of.toNanos()));
    }
}
