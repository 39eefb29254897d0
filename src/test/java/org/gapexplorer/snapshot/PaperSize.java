package org.gapexplorer.snapshot;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.gapexplorer.run.RunFolder;
import org.gapexplorer.wordnet.Synset;
import org.gapexplorer.wordnet.WordNet;

/**
 * Builds a snapshot of the size of the paper's studies, to measure the explorer on: 65,536 concepts, 10 benchmarks of 2,500
 * items, 5 models, 400 concepts an item. Rows are generated, labels are made of WordNet's words. Not a test: run its main with
 * the test class path and a folder; {@code docs/performance.md} has the command.
 */
final class PaperSize {
    private static final int CONCEPTS = 65_536;
    private static final int BENCHMARKS = 10;
    private static final int ITEMS = 2_500;
    private static final int MODELS = 5;
    private static final int FIRINGS = 400;
    private static final int FAMILIES = 250;
    private static final int BINS = 20;
    private static final int SIMILAR = 10;
    private static final List<String> SHAPES =
            List.of("words for %s", "%s and %s", "questions about %s", "%s, as in %s", "names of %s", "%s");

    private PaperSize() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        Files.createDirectories(folder);
        GeneratedRun run = new GeneratedRun(3, BENCHMARKS, ITEMS, CONCEPTS, MODELS, FIRINGS);
        describe(run.concepts);
        Path tables = run.write(folder.resolve("run"), "A study of the paper's size");
        System.out.println(SnapshotBuilder.build(
                tables,
                folder.resolve("snapshots"),
                (what, done, total, unit) -> System.err.printf("%s %,d of %,d %s%n", what, done, total, unit)));
    }

    private static void describe(List<RunFolder.Concept> concepts) {
        Random random = new Random(5);
        List<String> words;
        try (WordNet wordNet = WordNet.open()) {
            words = wordNet.synsets()
                    .map(Synset::lemmas)
                    .map(lemmas -> lemmas.getFirst().text())
                    .distinct()
                    .toList();
        }
        concepts.replaceAll(c -> described(c, label(words, random), random));
    }

    private static String label(List<String> words, Random random) {
        String shape = SHAPES.get(random.nextInt(SHAPES.size()));
        return shape.formatted(words.get(random.nextInt(words.size())), words.get(random.nextInt(words.size())));
    }

    /** In a family, near its place on the map, with a histogram of as many bins as a real run's. */
    private static RunFolder.Concept described(RunFolder.Concept c, String label, Random random) {
        int family = random.nextInt(FAMILIES);
        return new RunFolder.Concept(
                c.concept(),
                label,
                c.labelSource(),
                c.labelQuality(),
                c.labelKind(),
                c.density(),
                family,
                Math.cos(family) * Math.sqrt(family) / 16 + 0.02 * random.nextGaussian(),
                Math.sin(family) * Math.sqrt(family) / 16 + 0.02 * random.nextGaussian(),
                random.ints(SIMILAR, 0, CONCEPTS).map(i -> 3 * i).toArray(),
                DoubleStream.iterate(0.9, cosine -> 0.95 * cosine)
                        .limit(SIMILAR)
                        .toArray(),
                random.ints(BINS, 0, 1_000).toArray(),
                DoubleStream.iterate(0, edge -> edge + 0.5).limit(BINS + 1).toArray(),
                c.live());
    }
}
