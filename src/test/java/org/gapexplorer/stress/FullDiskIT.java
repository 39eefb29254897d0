package org.gapexplorer.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.io.file.PathUtils;
import org.gapexplorer.cli.SmallDisk;
import org.junit.jupiter.api.Tag;

/**
 * Each stage on {@code -Dgapx.rounds} disks that are too small by a random amount, and on one that nobody may write: one line says
 * so, what was there is there, and with space the same command goes on to the result of a run that never lacked any.
 */
@Tag("long")
class FullDiskIT extends EachStage {
    private static final int PROBLEM = 1;
    private static final long KIB = 1024;
    private static final String PLENTY = "1g";

    @Override
    void stress(String name, Stage stage) throws Exception {
        Path whole = folder(name, "whole");
        stage.prepare(whole);
        long before = Files.exists(whole) ? PathUtils.sizeOfDirectory(whole) : 0;
        Victim.start(stages.home, stage.words(whole)).ends();
        long grown = Math.max(64 * KIB, PathUtils.sizeOfDirectory(whole) - before);
        List<String> expected = stage.result(whole);
        assertThat(expected).isNotEmpty();

        Random random = new Random(Stress.SEED);
        List<String> told = new ArrayList<>();
        int enough = 0;
        for (int round = 0; round < Stress.rounds(5); round++) {
            Path mount = folder(name, "disk-" + round);
            try (SmallDisk disk = SmallDisk.mount(mount, PLENTY)) {
                Path out = disk.folder().resolve("out");
                stage.prepare(out);
                // small ones more often, for most files are small
                long free = (long) (grown * Math.pow(random.nextDouble(), 3));
                disk.resize((disk.used() + free) / KIB + 1 + "k");
                String said = stopped(stage, out, "No space left on device");
                if (said == null) enough++;
                else told.add(said);
                disk.resize(PLENTY);
                finish(stage, out, expected);
            }
        }
        refusedWhereNobodyWrites(name, stage, expected);
        Stress.say(
                "%s: %d disks too small and %d large enough, seed %d; told: %s",
                name, told.size(), enough, Stress.SEED, told.stream().distinct().toList());
        assertThat(told).isNotEmpty();
    }

    private static void refusedWhereNobodyWrites(String name, Stage stage, List<String> expected) throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder(name, "read-only"), PLENTY)) {
            Path out = disk.folder().resolve("out");
            stage.prepare(out);
            Set<String> there = Victim.listing(disk.folder());
            disk.readOnly();
            Stress.say("%s: read-only: %s", name, stopped(stage, out, "Read-only file system"));
            assertThat(Victim.listing(disk.folder())).isEqualTo(there);
            disk.writable();
            finish(stage, out, expected);
        }
    }

    /**
     * Runs the command on a disk that may be too small.
     *
     * @return what it said, the place written as OUT; null where it came to its end
     */
    private static String stopped(Stage stage, Path out, String why) throws Exception {
        Victim victim = Victim.start(stages.home, stage.words(out));
        if (victim.exitCode() == 0) return null;
        assertThat(victim.exitCode()).as(victim.said()).isEqualTo(PROBLEM);
        List<String> complaints =
                victim.said().lines().filter(l -> l.startsWith("gapx: ")).toList();
        assertThat(complaints).as(victim.said()).hasSize(1);
        String complaint = complaints.getFirst();
        assertThat(victim.said().strip()).endsWith(complaint);
        assertThat(complaint).startsWith("gapx: " + out).contains(why, "; ", "a folder you may write to");
        assertThat(victim.said()).doesNotContain("Exception", "\tat ");
        if (Files.exists(out)) {
            stage.afterStop(out);
            assertThat(halfWritten(out)).isEmpty();
        }
        return complaint.replace(out.toString(), "OUT");
    }

    private static void finish(Stage stage, Path out, List<String> expected) throws Exception {
        Victim.start(stages.home, stage.words(out)).ends();
        assertThat(stage.result(out)).isEqualTo(expected);
        assertThat(halfWritten(out)).isEmpty();
    }

    /** What a publisher has copied stays, hidden, for it goes on from there. */
    private static List<Path> halfWritten(Path out) throws IOException {
        try (Stream<Path> all = Files.walk(out)) {
            return all.filter(
                            file -> file.getFileName().toString().matches(".*\\.(part|partial|new|tmp)|\\.building-.*"))
                    .toList();
        }
    }
}
