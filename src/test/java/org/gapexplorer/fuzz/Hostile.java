package org.gapexplorer.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.gapexplorer.study.Problem;

/** Lets a reader loose on changed files and holds it to what every reader promises. */
final class Hostile {
    private static final long SECONDS = 20;
    private static final long MOST_BYTES = 512L << 20;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final ExecutorService WORKER = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("hostile").factory());

    private Hostile() {}

    /** Reads one file or folder. */
    interface Reader {
        Object read(Path path) throws Exception;
    }

    /** A folder of files, one of which is changed before each reading. */
    record Seed(String name, List<String> files, List<byte[]> contents) {
        static Seed of(Path path) {
            try (Stream<Path> all = Files.walk(path)) {
                List<Path> files = all.filter(Files::isRegularFile).sorted().toList();
                List<byte[]> contents = new java.util.ArrayList<>();
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

        static Seed of(String name, String text) {
            return new Seed(name, List.of(name), List.of(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /**
     * Writes a seed with one file changed and reads it: the end is a result or a {@link Problem} of one line, within
     * {@value #SECONDS} s and 512 MB, and no file is written.
     */
    static void reads(Seed seed, int which, List<Edit> edits, Reader reader) throws IOException {
        Path base = Path.of("/dev/shm");
        Path folder = Files.createTempDirectory(
                Files.isDirectory(base) ? base : Path.of(System.getProperty("java.io.tmpdir")), "gapx");
        try {
            int changed = which % seed.files.size();
            for (int i = 0; i < seed.files.size(); i++) {
                Path file = folder.resolve("in").resolve(seed.files.get(i));
                Files.createDirectories(file.getParent());
                Files.write(file, i == changed ? Edit.within(edits, seed.contents.get(i)) : seed.contents.get(i));
            }
            Path input = seed.files.size() == 1 && seed.files.getFirst().equals(seed.name)
                    ? folder.resolve("in").resolve(seed.name)
                    : folder.resolve("in");
            long before = count(folder);
            endsWell(() -> reader.read(input));
            assertThat(count(folder)).describedAs("files written").isEqualTo(before);
        } finally {
            try (Stream<Path> all = Files.walk(folder)) {
                all.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        }
    }

    private static long count(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.count();
        }
    }

    /** The same promise for anything. */
    static void endsWell(java.util.concurrent.Callable<Object> reading) {
        var future = WORKER.submit(() -> {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            try {
                reading.call();
            } catch (Problem e) {
                assertThat(e.getMessage()).isNotBlank();
            }
            return THREADS.getCurrentThreadAllocatedBytes() - before;
        });
        try {
            assertThat(future.get(SECONDS, TimeUnit.SECONDS))
                    .describedAs("bytes")
                    .isLessThan(MOST_BYTES);
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
}
