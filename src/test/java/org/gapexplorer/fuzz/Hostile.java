package org.gapexplorer.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.gapexplorer.study.Problem;

/** Lets a reader loose on changed files and holds it to what every reader promises. */
public final class Hostile {
    private static final long SECONDS = 20;
    private static final long MOST_BYTES = 512L << 20;
    /** What code or SQL within an input would leave behind if it were executed. */
    private static final Path MARK = Path.of("/tmp/gapx-fuzz");

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    /** Seeds of a test that were read unchanged. */
    private static final Set<String> READ_AS_THEY_ARE = ConcurrentHashMap.newKeySet();

    private static final ExecutorService WORKER = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("hostile").factory());

    private Hostile() {}

    /** Reads one file or folder. */
    public interface Reader {
        Object read(Path path) throws Exception;
    }

    /** A folder of files, one of which is changed before each reading. */
    public record Seed(String name, List<String> files, List<byte[]> contents) {
        public static Seed of(Path path) {
            try (Stream<Path> all = Files.walk(path)) {
                List<Path> files = all.filter(Files::isRegularFile).sorted().toList();
                List<byte[]> contents = new ArrayList<>();
                for (Path file : files) {
                    contents.add(Files.readAllBytes(file));
                }
                Path base = Files.isDirectory(path) ? path : path.getParent();
                return new Seed(
                        path.getFileName().toString(),
                        files.stream().map(f -> base.relativize(f).toString()).toList(),
                        contents);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        public static Seed of(String name, String text) {
            return of(name, text.getBytes(StandardCharsets.UTF_8));
        }

        public static Seed of(String name, byte[] content) {
            return new Seed(name, List.of(name), List.of(content));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    public static byte[] gzip(byte[] bytes) {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** A folder for one case, in memory where the system has such a place. */
    public static Path folder() throws IOException {
        Path memory = Path.of("/dev/shm");
        return Files.createTempDirectory(
                Files.isDirectory(memory) ? memory : Path.of(System.getProperty("java.io.tmpdir")), "gapx");
    }

    public static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        }
    }

    /**
     * Writes a seed with one file changed and reads it; an unchanged one is a right file. The end is a result or a {@link Problem} of one line, within
     * {@value #SECONDS} s and 512 MB, and no file is written.
     */
    public static void reads(Seed seed, int which, List<Edit> edits, Reader reader) throws Exception {
        Path folder = folder();
        try {
            if (READ_AS_THEY_ARE.add(test() + " " + seed)) {
                reader.read(written(seed, folder.resolve("whole")));
            }
            int changed = which % seed.files.size();
            List<byte[]> contents = new ArrayList<>(seed.contents);
            contents.set(changed, Edit.within(edits, contents.get(changed)));
            Path input = written(new Seed(seed.name, seed.files, contents), folder.resolve("in"));
            long before = count(folder);
            endsWell(() -> reader.read(input));
            assertThat(count(folder)).describedAs("files written").isEqualTo(before);
        } finally {
            delete(folder);
        }
    }

    private static Path written(Seed seed, Path folder) throws IOException {
        for (int i = 0; i < seed.files.size(); i++) {
            Path file = folder.resolve(seed.files.get(i));
            Files.createDirectories(file.getParent());
            Files.write(file, seed.contents.get(i));
        }
        boolean one = seed.files.size() == 1 && seed.files.getFirst().equals(seed.name);
        return one ? folder.resolve(seed.name) : folder;
    }

    private static long count(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.count();
        }
    }

    /** What a case came to: heap in bytes, nanoseconds. */
    private record Ended(boolean problem, long heap, long nanos) {}

    /** The same promise for anything. */
    public static void endsWell(Callable<Object> reading) {
        long before = Resident.begin();
        var future = WORKER.submit(() -> ended(reading));
        try {
            Ended ended = future.get(SECONDS, TimeUnit.SECONDS);
            long resident = Math.max(0, Resident.peak() - before);
            Tally.of(test()).add(ended.problem, ended.nanos, ended.heap, resident);
            assertThat(ended.heap).describedAs("bytes of the heap").isLessThan(MOST_BYTES);
            assertThat(resident).describedAs("bytes of memory in all").isLessThan(MOST_BYTES);
            assertThat(Files.exists(MARK)).describedAs("left behind " + MARK).isFalse();
        } catch (TimeoutException e) {
            fail("still reading after " + SECONDS + " s");
        } catch (ExecutionException e) {
            throw new AssertionError(
                    "ended in " + e.getCause() + " at "
                            + Arrays.stream(e.getCause().getStackTrace())
                                    .limit(6)
                                    .toList(),
                    e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail("interrupted");
        }
    }

    private static Ended ended(Callable<Object> reading) throws Exception {
        long heap = THREADS.getCurrentThreadAllocatedBytes();
        long start = System.nanoTime();
        boolean problem = false;
        try {
            reading.call();
        } catch (Problem e) {
            problem = true;
            assertThat(e.getMessage()).isNotBlank();
        }
        return new Ended(problem, THREADS.getCurrentThreadAllocatedBytes() - heap, System.nanoTime() - start);
    }

    /** The test method that a case belongs to. */
    private static String test() {
        return StackWalker.getInstance()
                .walk(frames -> frames.takeWhile(f -> f.getClassName().startsWith("org.gapexplorer."))
                        .reduce((first, last) -> last)
                        .map(f -> f.getClassName().substring(f.getClassName().lastIndexOf('.') + 1) + "."
                                + f.getMethodName())
                        .orElse("?"));
    }
}
