package org.gapexplorer.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.commons.io.file.PathUtils;
import org.junit.jupiter.api.Tag;

/**
 * Each stage killed with {@code kill -9} at {@code -Dgapx.rounds} random moments and begun again until it comes to its end: the
 * result is that of a run that nobody disturbed, row for row. Every other moment is one after it began to write, for most of
 * a short command is its start.
 */
@Tag("long")
class KilledStagesIT extends EachStage {
    /** Starts of a command for which what is known of its duration is taken to hold. */
    private static final int PACE_HOLDS = 20;

    @Override
    void stress(String name, Stage stage) throws Exception {
        Path whole = folder(name, "whole");
        stage.prepare(whole);
        Victim.start(stages.home, stage.words(whole)).ends();
        List<String> expected = stage.result(whole);
        assertThat(expected).isNotEmpty();

        Random random = new Random(Stress.SEED);
        Path out = folder(name, "killed");
        int rounds = Stress.rounds(10);
        int ends = 0;
        int resumed = 0;
        Pace pace = null;
        for (int kills = 0, known = 0; kills < rounds; ) {
            // what a machine with other work does in a second is not what it will do in the next
            if (known++ % PACE_HOLDS == 0) pace = pace(stage, whole, expected);
            boolean anew = !Files.exists(out);
            if (anew) stage.prepare(out);
            Set<String> before = Victim.listing(out);
            Victim victim = Victim.start(stages.home, stage.words(out));
            boolean later = kills % 2 == 1;
            if (later) victim.awaitChange(out, before);
            if (victim.endsWithin(share(random.nextDouble(), later ? pace.writing : pace.all))) {
                ends++;
                if (!anew) resumed++;
                assertThat(stage.result(out)).isEqualTo(expected);
                PathUtils.deleteDirectory(out);
            } else {
                kills++;
                if (Files.exists(out)) stage.afterStop(out);
                if (kills % 10 == 0) Stress.say("%s: %d kills and %d ends so far", name, kills, ends);
            }
        }
        if (!Files.exists(out)) stage.prepare(out);
        Victim.start(stages.home, stage.words(out)).ends();
        assertThat(stage.result(out)).isEqualTo(expected);
        Stress.say(
                "%s: killed %d times, at random moments of about %d ms and of the %d ms in which it writes, seed %d; came to its end"
                        + " %d times, %d of them after a kill, always with the same %d rows",
                name,
                rounds,
                pace.all.toMillis(),
                pace.writing.toMillis(),
                Stress.SEED,
                ends + 1,
                resumed + 1,
                expected.size());
    }

    /** How long a command takes, and how long of it it writes. */
    private record Pace(Duration all, Duration writing) {}

    /** Of one that nobody disturbs. */
    private static Pace pace(Stage stage, Path whole, List<String> expected) throws Exception {
        PathUtils.deleteDirectory(whole);
        stage.prepare(whole);
        Set<String> untouched = Victim.listing(whole);
        Victim undisturbed = Victim.start(stages.home, stage.words(whole));
        undisturbed.awaitChange(whole, untouched);
        long changed = System.nanoTime();
        Duration all = undisturbed.ends();
        Duration writing = Duration.ofNanos(System.nanoTime() - changed);
        assertThat(stage.result(whole)).isEqualTo(expected);
        return new Pace(all, writing);
    }

    private static Duration share(double share, Duration of) {
        return Duration.ofNanos((long) (share * of.toNanos()));
    }
}
