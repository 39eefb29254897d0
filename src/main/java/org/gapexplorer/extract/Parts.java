package org.gapexplorer.extract;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.gapexplorer.extract.PartReader.Row;
import org.gapexplorer.lens.Reading;
import org.gapexplorer.run.RunFolder;
import org.gapexplorer.study.Problem;
import org.gapexplorer.study.WholeFile;

/**
 * The saliency parts of one run on disk. {@code saliency/key} says what the parts beside it were made from; parts made
 * from anything else are deleted before work begins. One process at a time writes here.
 */
final class Parts {
    private static final String KEY_FILE = "key";

    private final RunFolder run;
    private final Plan plan;

    Parts(RunFolder run, Plan plan) {
        this.run = run;
        this.plan = plan;
    }

    /** The name of a part's file. */
    static String name(int part) {
        return String.format(Locale.ROOT, "part-%05d.parquet", part);
    }

    /** Makes the folder ready: keeps the finished parts of this plan, deletes everything else. */
    void prepare() {
        try {
            Files.createDirectories(run.saliency());
            boolean same = ours();
            for (Path file : files()) {
                if (!same || !expected(file)) {
                    Files.delete(file);
                }
            }
            if (!same) {
                WholeFile.write(keyFile(), plan.key());
            }
        } catch (IOException e) {
            throw unwritable(run.saliency(), e);
        }
    }

    static Problem unwritable(Path folder, IOException e) {
        return new Problem(
                folder.toString(),
                "cannot be written (" + Problem.reason(e) + ")",
                "free some space or choose a folder you may write to",
                e);
    }

    /** Whether what lies here was made from this plan. */
    boolean ours() throws IOException {
        return Files.exists(keyFile())
                && Arrays.equals(Files.readAllBytes(keyFile()), plan.key().getBytes(StandardCharsets.UTF_8));
    }

    private Path keyFile() {
        return run.saliency().resolve(KEY_FILE);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(run.saliency())) {
            return files.filter(file -> file.getFileName().toString().startsWith("part-"))
                    .toList();
        }
    }

    private boolean expected(Path file) {
        return IntStream.range(0, plan.size()).anyMatch(part -> path(part).equals(file));
    }

    boolean finished(int part) {
        return Files.exists(path(part));
    }

    private Path path(int part) {
        return run.saliency().resolve(name(part));
    }

    /** Takes a finished part over from elsewhere on the same file system; repeating it does no harm. */
    void take(Path file, int part) throws IOException {
        Files.move(file, path(part), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Writes one part, its prompts in the study's order, concepts ascending; it appears when it is complete. */
    void write(int part, List<Row> rows) {
        write(path(part), rows, plan.prompts());
    }

    /** The same to any file. */
    static void write(Path file, List<Row> rows, List<Prompt> prompts) {
        Iterator<RunFolder.Saliency> table = rows.stream()
                .sorted(Comparator.comparingInt(Row::prompt))
                .flatMap(row -> saliency(prompts.get(row.prompt()), row.reading()))
                .iterator();
        RunFolder.SALIENCY.write(file, table);
    }

    private static Stream<RunFolder.Saliency> saliency(Prompt prompt, Reading reading) {
        return IntStream.range(0, reading.concepts().length)
                .mapToObj(i -> new RunFolder.Saliency(
                        prompt.benchmark(),
                        prompt.item(),
                        reading.concepts()[i],
                        reading.saliency()[i],
                        reading.peak()[i],
                        reading.peakToken()[i]));
    }
}
