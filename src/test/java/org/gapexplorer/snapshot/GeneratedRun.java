package org.gapexplorer.snapshot;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.gapexplorer.run.Provenance;
import org.gapexplorer.run.RunFolder;

/**
 * A run folder of generated rows, for tests. The rows are kept, so that a test can hold an answer against a plain loop over
 * them. Figures are random but fit each other in kind: missing concepts have no value, N/A has no row.
 */
public final class GeneratedRun {
    private static final String[] NOUNS = {
        "money",
        "islands",
        "genes",
        "prices",
        "calendars",
        "running water",
        "negation",
        "kinship",
        "courtesy",
        "rivers",
        "primes",
        "palindromes",
        "currencies",
        "time zones",
        "musical notes",
        "the Riemann sum",
        "Zürich trams",
        "boats"
    };
    private static final String[] QUALIFIERS = {
        "units of", "names of", "questions about", "old words for", "dates and", "running", "counting", "declining"
    };

    public final List<RunFolder.BenchmarkFacts> benchmarks = new ArrayList<>();
    public final List<RunFolder.Item> items = new ArrayList<>();
    public final List<RunFolder.Saliency> saliency = new ArrayList<>();
    public final List<RunFolder.Score> scores = new ArrayList<>();
    public final List<RunFolder.ModelFacts> models = new ArrayList<>();
    public final List<RunFolder.Concept> concepts = new ArrayList<>();
    public final List<RunFolder.Coverage> coverage = new ArrayList<>();
    public final List<RunFolder.Performance> performance = new ArrayList<>();
    public final List<RunFolder.Overlap> overlap = new ArrayList<>();
    public final List<RunFolder.Example> examples = new ArrayList<>();

    private final Random random;
    private final int modelCount;

    /** @param firings concepts that fire on one datapoint, about */
    public GeneratedRun(long seed, int benchmarkCount, int itemsEach, int conceptCount, int modelCount, int firings) {
        random = new Random(seed);
        this.modelCount = modelCount;
        for (int b = 0; b < benchmarkCount; b++) {
            addBenchmark(b, itemsEach);
        }
        for (int c = 0; c < conceptCount; c++) {
            addConcept(c, conceptCount);
        }
        boolean[][] fires = new boolean[benchmarkCount][conceptCount];
        for (RunFolder.Item item : items) {
            addFirings(item, fires[Integer.parseInt(item.benchmark().substring(1))], firings);
        }
        for (int b = -1; b < benchmarkCount; b++) {
            addCoverage(b);
        }
        addPerformance(benchmarkCount);
        for (int i = 0; i < benchmarkCount; i++) {
            for (int j = i + 1; j < benchmarkCount; j++) {
                overlap.add(new RunFolder.Overlap("b" + i, "b" + j, jaccard(fires[i], fires[j]), Double.NaN));
            }
        }
    }

    /** Writes the folder; its title stands in run.json. */
    public Path write(Path folder, String title) {
        RunFolder run = new RunFolder(folder);
        RunFolder.BENCHMARKS.write(run.benchmarks(), benchmarks);
        RunFolder.DATAPOINTS.write(run.datapoints(), items);
        int half = saliency.size() / 2;
        RunFolder.SALIENCY.write(run.saliency().resolve("part-00000.parquet"), saliency.subList(0, half));
        RunFolder.SALIENCY.write(run.saliency().resolve("part-00001.parquet"), saliency.subList(half, saliency.size()));
        RunFolder.SCORES.write(run.scores(), scores);
        RunFolder.MODELS.write(run.models(), models);
        RunFolder.CONCEPTS.write(run.concepts(), concepts);
        RunFolder.COVERAGE.write(run.coverage(), coverage);
        RunFolder.PERFORMANCE.write(run.performance(), performance);
        RunFolder.OVERLAP.write(run.overlap(), overlap);
        RunFolder.EXAMPLES.write(run.examples(), examples);
        new Provenance(
                        Provenance.FORMAT,
                        "tiny",
                        title,
                        "Generated rows.",
                        "2026-01-31T12:00:00Z",
                        new Provenance.LensUsed(
                                "tiny", "Tiny lens", "CC0-1.0", "generated", "3", concepts.size(), 0, Map.of()),
                        0.2,
                        5,
                        3,
                        50,
                        Map.of("tokens", "item"),
                        Map.of("java", "21"),
                        Map.of("tokens", "1 token/s"))
                .write(run);
        return folder;
    }

    /** The concept with another label, or live otherwise. */
    public static RunFolder.Concept changed(
            RunFolder.Concept c, String label, double quality, String kind, boolean live) {
        return new RunFolder.Concept(
                c.concept(),
                label,
                c.labelSource(),
                quality,
                kind,
                c.density(),
                c.family(),
                c.x(),
                c.y(),
                c.similar(),
                c.similarCosine(),
                c.histogram(),
                c.histogramEdges(),
                live);
    }

    /** Makes a benchmark one of another kind. */
    public void setKind(String benchmark, String kind) {
        benchmarks.replaceAll(b -> !b.benchmark().equals(benchmark) ? b : changed(b, kind, b.n(), b.canary()));
    }

    /** A benchmark with another kind, number of items and canary. */
    public static RunFolder.BenchmarkFacts changed(RunFolder.BenchmarkFacts b, String kind, int n, String canary) {
        return new RunFolder.BenchmarkFacts(
                b.benchmark(),
                b.title(),
                b.scope(),
                b.licence(),
                b.citation(),
                kind,
                b.visibility(),
                b.chance(),
                n,
                b.missingLive(),
                b.missingAll(),
                b.missingRarefied(),
                b.rarefiedTo(),
                canary);
    }

    private void addBenchmark(int b, int n) {
        String id = "b" + b;
        // the last one may not show its text
        String visibility = b == 2 ? "ids-only" : "public";
        benchmarks.add(new RunFolder.BenchmarkFacts(
                id,
                "Benchmark " + b,
                "scope " + b,
                "CC0-1.0",
                "none",
                "suite",
                visibility,
                b == 1 ? Double.NaN : 0.25,
                n,
                0.1 * b / 10,
                0.2 * b / 10,
                0.15,
                10,
                null));
        for (int i = 0; i < n; i++) {
            String prompt = "secret" + b + " What does word " + i + " mean in set " + b + "?";
            items.add(new RunFolder.Item(
                    id,
                    "i/" + i,
                    i,
                    prompt,
                    prompt,
                    new int[] {0, prompt.length()},
                    List.of("one", "two"),
                    i % 2,
                    i % 3 == 0 ? "cat" : null,
                    9,
                    i % 7 == 0));
            for (int m = 0; m < modelCount; m++) {
                double score = random.nextInt(10) == 0 ? Double.NaN : random.nextInt(2);
                if (random.nextInt(20) > 0) {
                    scores.add(new RunFolder.Score(id, "i/" + i, "m" + m, score, "one", random.nextDouble() - 0.5));
                }
            }
        }
        for (int m = 0; m < modelCount; m++) {
            models.add(new RunFolder.ModelFacts("m" + m, "Model " + m, "MIT", id, n, 0.4 + 0.1 * m, 0.3, 0.8));
        }
    }

    private void addConcept(int c, int all) {
        String label = QUALIFIERS[random.nextInt(QUALIFIERS.length)] + " " + NOUNS[random.nextInt(NOUNS.length)];
        String kind = List.of("meaning", "syntax", "piece", "unclear").get(random.nextInt(4));
        boolean live = c % 50 != 49;
        concepts.add(new RunFolder.Concept(
                3 * c,
                label,
                "evidence",
                random.nextInt(5) == 0 ? Double.NaN : random.nextDouble(),
                live ? kind : "dead",
                random.nextDouble(),
                random.nextInt(8),
                random.nextDouble(),
                random.nextDouble(),
                new int[] {3 * ((c + 1) % all), 3 * ((c + 2) % all)},
                new double[] {0.9, 0.5},
                new int[] {5, 2},
                new double[] {0, 1, 2},
                live));
    }

    private void addFirings(RunFolder.Item item, boolean[] fires, int count) {
        int[] chosen = IntStream.generate(() -> (int) (concepts.size() * Math.pow(random.nextDouble(), 2)))
                .limit(count)
                .filter(c -> concepts.get(c).live())
                .distinct()
                .toArray();
        for (int c : chosen) {
            float s = (float) (0.01 + random.nextDouble());
            saliency.add(new RunFolder.Saliency(item.benchmark(), item.item(), 3 * c, s, 2 * s, random.nextInt(9)));
            fires[c] = true;
            if (random.nextInt(3) == 0) {
                examples.add(new RunFolder.Example(
                        item.benchmark(), item.item(), 3 * c, new int[] {0, 4, 8, 12}, new float[] {s, 2 * s}));
            }
        }
    }

    private void addCoverage(int b) {
        int[] support = new int[concepts.size()];
        double[] mass = new double[concepts.size()];
        saliency.stream().filter(s -> b < 0 || s.benchmark().equals("b" + b)).forEach(s -> {
            support[s.concept() / 3]++;
            mass[s.concept() / 3] += s.saliency();
        });
        double mean = Arrays.stream(mass).average().orElse(1);
        for (int c = 0; c < support.length; c++) {
            if (concepts.get(c).live()) {
                double chi = mass[c] / mean;
                String status = support[c] == 0 ? "missing" : chi < 0.2 ? "under" : chi > 5 ? "over" : "present";
                coverage.add(new RunFolder.Coverage(b < 0 ? "*" : "b" + b, 3 * c, mass[c], chi, support[c], status));
            }
        }
    }

    private void addPerformance(int benchmarkCount) {
        for (RunFolder.Coverage row : List.copyOf(coverage)) {
            for (int m = 0; m < modelCount; m++) {
                if (row.support() > 0 && random.nextInt(10) > 0) {
                    addPerformance("m" + m, row.benchmark(), row);
                    if (row.benchmark().equals("*")) {
                        addPerformance("m" + m, "**", row);
                    }
                }
            }
        }
    }

    private void addPerformance(String model, String benchmark, RunFolder.Coverage row) {
        double chi = random.nextInt(8) == 0 ? 0 : random.nextDouble();
        performance.add(new RunFolder.Performance(
                model,
                benchmark,
                row.concept(),
                chi,
                chi * 0.9,
                Math.min(1, chi + 0.1),
                0.5 * chi + 0.25,
                chi - 0.5,
                random.nextInt(4) == 0 ? Double.NaN : random.nextDouble(),
                row.support(),
                row.support() * 0.8));
    }

    private static double jaccard(boolean[] a, boolean[] b) {
        int both = 0;
        int either = 0;
        for (int i = 0; i < a.length; i++) {
            both += a[i] && b[i] ? 1 : 0;
            either += a[i] || b[i] ? 1 : 0;
        }
        return both / (double) either;
    }
}
