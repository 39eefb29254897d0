package org.gapexplorer.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.gapexplorer.study.Problem;

/** Lets a reader loose on changed files and holds it to what every reader promises. */
public final class Hostile {
    private static final long MOST_BYTES = 512L << 20;
    /** What code or SQL within an input would leave behind if it were executed. */
    private static final Path MARK = Path.of("/tmp/gapx-fuzz");

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final Map<String, Place> PLACES = new HashMap<>();

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
     * Writes a seed with one file changed and reads it; an unchanged one is a right file, in which the reader finds
     * something: where it counts or collects, not nothing. The end is a result or a
     * {@link Problem} of one line, within {@link Watchdog#SECONDS} s and 512 MB, and no file is written.
     */
    public static void reads(Seed seed, int which, List<Edit> edits, Reader reader) throws Exception {
        String name = test() + " " + seed;
        Place place = PLACES.get(name);
        if (place == null) {
            place = new Place(seed);
            PLACES.put(name, place);
            requireSomething(reader.read(place.input), name);
        }
        int changed = which % seed.files.size();
        Path input = place.with(changed, Edit.within(edits, seed.contents.get(changed)));
        endsWell(() -> reader.read(input), seed, changed, edits);
        place.requireNothingElse();
    }

    private static void requireSomething(Object read, String name) {
        boolean nothing = read instanceof Integer count && count == 0
                || read instanceof Collection<?> some && some.isEmpty()
                || read instanceof Map<?, ?> map && map.isEmpty();
        assertThat(nothing).describedAs("nothing is read from " + name).isFalse();
    }

    /** Where a seed's files stand, from one case to the next. */
    private static final class Place {
        private final Seed seed;
        private final Path folder;
        private final Path input;
        private final long files;
        private int last;

        Place(Seed seed) throws IOException {
            this.seed = seed;
            folder = folder();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> deleteQuietly(folder)));
            for (int i = 0; i < seed.files.size(); i++) {
                Files.createDirectories(file(i).getParent());
                Files.write(file(i), seed.contents.get(i));
            }
            boolean one = seed.files.size() == 1 && seed.files.getFirst().equals(seed.name);
            input = one ? file(0) : folder.resolve("in");
            files = count();
        }

        private Path file(int which) {
            return folder.resolve("in").resolve(seed.files.get(which));
        }

        /** The input with this file changed and no other. */
        Path with(int which, byte[] content) throws IOException {
            if (last != which) {
                replace(last, seed.contents.get(last));
                last = which;
            }
            replace(which, content);
            return input;
        }

        /** By a new file, as the one before may still be mapped. */
        private void replace(int which, byte[] content) throws IOException {
            Files.delete(file(which));
            Files.write(file(which), content);
        }

        void requireNothingElse() throws IOException {
            assertThat(count()).describedAs("files written").isEqualTo(files);
        }

        private long count() throws IOException {
            try (Stream<Path> all = Files.walk(folder)) {
                return all.count();
            }
        }
    }

    private static void deleteQuietly(Path folder) {
        try {
            delete(folder);
        } catch (IOException e) {
            // in memory, or in the folder for what may be deleted
        }
    }

    /**
     * The same promise for anything.
     *
     * @param what is read, for a complaint
     */
    public static void endsWell(Callable<Object> reading, Object... what) throws Exception {
        Resident.watch();
        long heap = THREADS.getCurrentThreadAllocatedBytes();
        long start = THREADS.getCurrentThreadCpuTime();
        boolean problem = false;
        Watchdog.begin(what);
        try {
            reading.call();
        } catch (Problem e) {
            problem = true;
            assertThat(e.getMessage()).isNotBlank();
        } finally {
            Watchdog.end();
        }
        long nanos = THREADS.getCurrentThreadCpuTime() - start;
        long bytes = THREADS.getCurrentThreadAllocatedBytes() - heap;
        Tally.of(test()).add(problem, nanos, bytes);
        assertThat(bytes).describedAs("bytes of the heap").isLessThan(MOST_BYTES);
        assertThat(Resident.grown()).describedAs("bytes of memory in all").isLessThan(MOST_BYTES);
        assertThat(Files.exists(MARK)).describedAs("left behind " + MARK).isFalse();
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
