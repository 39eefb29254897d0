package org.gapexplorer.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.commons.io.file.PathUtils;

/** A command of {@code gapx} in a process of its own, which may be killed. */
final class Victim {
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Process process;
    private final Path output;
    /** What it unpacks: of a killed one nobody else would ever remove it. */
    private final Path scratch;

    private final long begun = System.nanoTime();

    private Victim(Process process, Path output, Path scratch) {
        this.process = process;
        this.output = output;
        this.scratch = scratch;
    }

    /** @param home made by ServedProcess.makeHome */
    static Victim start(Path home, List<String> words) throws IOException {
        List<String> command = new ArrayList<>(List.of(home.resolve("gapx").toString()));
        command.addAll(words);
        Path output = Files.createTempFile(home, "victim-", ".log");
        Path scratch = Files.createTempDirectory(home, "victim-");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        // the first of a command to end leaves its classes for the others, most of whose time would go into loading
        // them
        Path classes = home.resolve(words.get(0) + "-" + words.get(1).replaceAll("\\W.*", "") + ".jsa");
        builder.environment()
                .put(
                        "GAPX_JAVA_ARGS",
                        "-XX:TieredStopAtLevel=1 -Xlog:disable -XX:+AutoCreateSharedArchive -XX:SharedArchiveFile="
                                + classes + " -XX:-UsePerfData -Djava.io.tmpdir=" + scratch);
        return new Victim(builder.start(), output, scratch);
    }

    /** Whether it ended, well, before it was killed; a failure of its own is none of what may happen. */
    boolean endsWithin(Duration time) throws IOException, InterruptedException {
        boolean ended = over(time);
        if (ended) assertThat(process.exitValue()).as(said()).isZero();
        return ended;
    }

    /** Whether it ended by itself; else it is killed. */
    private boolean over(Duration time) throws IOException, InterruptedException {
        boolean ended = process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS);
        process.destroyForcibly().waitFor();
        // asked more than once
        if (Files.exists(scratch)) PathUtils.deleteDirectory(scratch);
        return ended;
    }

    /** How long it took to its end. */
    Duration ends() throws IOException, InterruptedException {
        assertThat(endsWithin(PATIENCE)).isTrue();
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /** Waits for its end. */
    int exitCode() throws IOException, InterruptedException {
        assertThat(over(PATIENCE)).as(said()).isTrue();
        return process.exitValue();
    }

    /** Waits until it changes something below this folder, locks aside, or ends. */
    void awaitChange(Path folder, Set<String> before) throws InterruptedException {
        while (process.isAlive() && listing(folder).equals(before)) TimeUnit.MILLISECONDS.sleep(4);
    }

    /** What lies below a folder, as far as a look from outside tells. */
    static Set<String> listing(Path folder) {
        Set<String> entries = new TreeSet<>();
        if (!Files.exists(folder)) return entries;
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                if (path.endsWith(".lock")) continue;
                BasicFileAttributes facts = Files.readAttributes(path, BasicFileAttributes.class);
                entries.add(path + (facts.isDirectory() ? "" : " " + facts.size() + " " + facts.lastModifiedTime()));
            }
        } catch (IOException | UncheckedIOException e) {
            entries.add("something went away while it was looked at");
        }
        return entries;
    }

    /** All that it has printed. */
    String said() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
