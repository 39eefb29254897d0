package org.gapexplorer.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gapexplorer.study.Problem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a query does to the process that runs it, and that process to the one that asked. */
@EnabledOnOs(OS.LINUX)
class SandboxTest {
    private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));
    private static final String ENDLESS =
            "SELECT 1 AS item, levenshtein(repeat('x', 1000000), repeat('y', 1000000)) AS question";

    private List<Path> before;
    /** What other tests in this process began: databases, browsers. */
    private Set<ProcessHandle> others;

    private static List<Path> folders() throws IOException {
        try (Stream<Path> all = Files.list(TEMPORARY)) {
            return all.filter(f -> f.getFileName().toString().startsWith("gapx-sql"))
                    .toList();
        }
    }

    @BeforeEach
    void lookAround() throws IOException {
        before = folders();
        others = ProcessHandle.current().children().collect(Collectors.toSet());
    }

    private Stream<ProcessHandle> begun() {
        return ProcessHandle.current().children().filter(child -> !others.contains(child));
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        assertThat(begun()).isEmpty();
        assertThat(folders()).isSubsetOf(before);
    }

    /** The most memory that a process started meanwhile has held, in MB. */
    private final class Peak implements AutoCloseable {
        private final AtomicLong most = new AtomicLong();
        private final Thread watch = Thread.ofPlatform().daemon().start(this::watch);
        private volatile boolean done;

        private void watch() {
            while (!done) {
                begun().filter(Peak::runsIt).forEach(child -> {
                    try (Stream<String> status = Files.lines(Path.of("/proc/" + child.pid() + "/status"))) {
                        status.filter(line -> line.startsWith("VmHWM:"))
                                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
                                .forEach(now -> most.accumulateAndGet(now, Math::max));
                    } catch (IOException | UncheckedIOException e) {
                        // it ended
                    }
                });
            }
        }

        /** Whether it runs its own programme; before, its memory is that of the process that begins it. */
        private static boolean runsIt(ProcessHandle child) {
            try {
                return Files.readString(Path.of("/proc/" + child.pid() + "/cmdline"))
                        .contains(SandboxProcess.class.getName());
            } catch (IOException e) {
                return false;
            }
        }

        @Override
        public void close() throws InterruptedException {
            done = true;
            watch.join();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT repeat('x', 4000000000) AS item, 'q' AS question",
                "SELECT 1 AS item, lpad('x', 2000000000, 'y') AS question",
                "SELECT 1 AS item, string_agg(repeat('x', 1000000), '') AS question FROM range(3000)",
                "SELECT 1 AS item, 'q' AS question, range(400000000) AS choices",
                "SELECT 1 AS item, list(repeat(i::VARCHAR, 100000)) AS question FROM range(100000) t(i)",
                "SELECT 1 AS item, regexp_replace(repeat('x', 30000), 'x', repeat('y', 100000), 'g') AS question",
                "WITH RECURSIVE t(s) AS (SELECT 'xxxxxxxx' UNION ALL SELECT s || s FROM t) SELECT s AS item FROM t",
            })
    void whatMakesOneHugeValueEndsInAProblemWithinTheBound(String sql) throws Exception {
        try (Peak peak = new Peak()) {
            assertThatThrownBy(() -> Datasets.datapoints("b", sql, Map.of()))
                    .isInstanceOf(Problem.class)
                    .hasMessageStartingWith("b: the sql ");
            // the rows that were read may take 192 more of the 512
            assertThat(peak.most.get()).isBetween(50L, 320L);
        }
    }

    @Test
    void whatCannotBeInterruptedEndsInTime() {
        var sandbox = new Sandbox("b", Map.of(), Duration.ofSeconds(3), 100);
        long start = System.nanoTime();
        assertThatThrownBy(() -> sandbox.select(ENDLESS, r -> r))
                .isInstanceOf(Problem.class)
                .hasMessage("b: the sql ran longer than 3 s; make it do less");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SEGV", "KILL"})
    void aProcessThatCrashesIsAProblem(String signal) throws Exception {
        Path core = Path.of("core");
        CompletableFuture<Void> query = CompletableFuture.runAsync(() -> Datasets.datapoints("b", ENDLESS, Map.of()));
        signal(signal, running());
        assertThatThrownBy(() -> query.get(20, TimeUnit.SECONDS))
                .cause()
                .isInstanceOf(Problem.class)
                .hasMessageContaining("b: the sql broke the process that ran it (exit status 1");
        assertThat(core).doesNotExist();
        await("children gone", () -> begun().findAny().isEmpty());
    }

    @Test
    void whoeverWaitsMayBeInterrupted() throws Exception {
        var told = new CompletableFuture<Throwable>();
        Thread waiting = Thread.ofPlatform().start(() -> {
            try {
                Datasets.datapoints("b", ENDLESS, Map.of());
            } catch (Problem e) {
                told.complete(e);
            }
        });
        running();
        waiting.interrupt();
        assertThat(told.get(20, TimeUnit.SECONDS)).hasMessageStartingWith("b: the sql was interrupted");
        waiting.join();
    }

    /** Asks for something endless. */
    static final class Asking {
        public static void main(String[] args) {
            Datasets.datapoints("b", ENDLESS, Map.of());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"KILL", "TERM"})
    void itEndsWithTheProcessThatAsked(String signal) throws Exception {
        Process asking = asking();
        ProcessHandle query = query(asking);
        Path folder = folder(query);
        signal(signal, asking.toHandle());
        await("its end", () -> !query.isAlive());
        asking.waitFor();
        assertThat(folder).doesNotExist();
    }

    /** A terminal's Ctrl-C goes to both processes, and whoever asked may end first; here it is stopped and does nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void interruptedItTidiesUpByItself(String signal) throws Exception {
        assumeThat(ignored(signal))
                .as("what a background job's processes ignore")
                .isFalse();
        Process asking = asking();
        ProcessHandle query = query(asking);
        Path folder = folder(query);
        assertThat(folder).isDirectory();
        try {
            signal("STOP", asking.toHandle());
            signal(signal, query);
            await("a tidy folder", () -> !Files.exists(folder));
        } finally {
            signal("KILL", asking.toHandle());
            asking.waitFor();
        }
    }

    /** Whether this process was begun with a signal ignored, and so whatever it begins. */
    private static boolean ignored(String signal) throws IOException {
        String mask = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .findFirst()
                .orElseThrow()
                .substring("SigIgn:".length())
                .strip();
        int number = signal.equals("INT") ? 2 : 15;
        return (Long.parseUnsignedLong(mask, 16) >> (number - 1) & 1) == 1;
    }

    private static Process asking() throws IOException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath,
                        Asking.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static ProcessHandle query(Process asking) {
        await("a query", () -> asking.descendants().anyMatch(SandboxTest::computes));
        return asking.descendants().filter(SandboxTest::computes).findAny().orElseThrow();
    }

    /** Where a process keeps what it unpacks. */
    private static Path folder(ProcessHandle process) {
        String option = "-Djava.io.tmpdir=";
        return Stream.of(process.info().arguments().orElseThrow())
                .filter(argument -> argument.startsWith(option))
                .map(argument -> Path.of(argument.substring(option.length())))
                .findFirst()
                .orElseThrow();
    }

    /** The process that runs a query, once that keeps the processor busy. */
    private ProcessHandle running() {
        await("a query", () -> begun().anyMatch(SandboxTest::computes));
        return begun().findAny().orElseThrow();
    }

    /** Whether the thread that runs the SQL has had the processor for more than opening a database takes. */
    private static boolean computes(ProcessHandle process) {
        try (Stream<Path> threads = Files.list(Path.of("/proc/" + process.pid() + "/task"))) {
            return threads.anyMatch(thread -> {
                try {
                    String stat = Files.readString(thread.resolve("stat"));
                    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
                    // user time, in hundredths of a second
                    return stat.contains("(sql)") && Integer.parseInt(fields[11]) > 100;
                } catch (IOException ended) {
                    return false;
                }
            });
        } catch (IOException ended) {
            return false;
        }
    }

    private static void signal(String signal, ProcessHandle process) throws Exception {
        new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
                .start()
                .waitFor();
    }

    private static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).describedAs(what).isLessThan(end);
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
