package org.gapexplorer.explorer.footprint;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.gapexplorer.method.Correlation;
import org.gapexplorer.method.WeightedMean;
import org.gapexplorer.run.RunFolder;

/**
 * Measures how well a footprint's expected score tracks the actual one, each benchmark's items serving as prompts. Not a test:
 * run its main with the test class path and a run folder,
 *
 * <pre>  java -cp 'target/classes:target/test-classes:target/quarkus-app/lib/main/*:target/quarkus-app/lib/boot/*' org.gapexplorer.explorer.footprint.ExpectedScoreTracking RUN  </pre>
 *
 * Three ways: the even items of every benchmark known and the odd ones of one as prompts; all other benchmarks known and the
 * whole one as prompts; and the overall concept scores of the run, the benchmark's own items included.
 */
final class ExpectedScoreTracking {
    private static final int SIMILAR = FootprintReader.SIMILAR;

    /** @param saliency of every concept of the dictionary */
    private record Item(String benchmark, int place, float[] saliency, Map<String, Double> scores) {}

    private ExpectedScoreTracking() {}

    public static void main(String[] arguments) {
        RunFolder run = new RunFolder(Path.of(arguments[0]));
        int concepts = 1
                + RunFolder.CONCEPTS.read(run.concepts()).stream()
                        .mapToInt(RunFolder.Concept::concept)
                        .max()
                        .orElseThrow();
        Map<String, Item> byId = new LinkedHashMap<>();
        Map<String, Integer> counts = new HashMap<>();
        RunFolder.DATAPOINTS.forEach(
                run.datapoints(),
                i -> byId.put(
                        i.benchmark() + "\0" + i.item(),
                        new Item(
                                i.benchmark(),
                                counts.merge(i.benchmark(), 1, Integer::sum),
                                new float[concepts],
                                new HashMap<>())));
        RunFolder.SALIENCY.forEach(
                run.saliencyParts(),
                s -> byId.get(s.benchmark() + "\0" + s.item()).saliency()[s.concept()] = s.saliency());
        RunFolder.SCORES.forEach(
                run.scores(),
                s -> byId.get(s.benchmark() + "\0" + s.item()).scores().put(s.model(), s.score()));
        Map<String, Map<Integer, Double>> chi = new LinkedHashMap<>();
        RunFolder.PERFORMANCE.forEach(run.performance(), p -> {
            if (p.benchmark().equals(RunFolder.ALL)) {
                chi.computeIfAbsent(p.model(), m -> new HashMap<>()).put(p.concept(), p.chi());
            }
        });
        List<Item> items = List.copyOf(byId.values());
        List<String> benchmarks = items.stream().map(Item::benchmark).distinct().toList();
        List<String> models = List.copyOf(chi.keySet());
        track(
                "halves",
                items,
                benchmarks,
                models,
                b -> i -> items.get(i).place() % 2 == 0,
                b -> i -> of(items, i, b) && items.get(i).place() % 2 == 1);
        track("others", items, benchmarks, models, b -> i -> !of(items, i, b), b -> i -> of(items, i, b));
        for (String model : models) {
            double[] expected = benchmarks.stream()
                    .mapToDouble(b -> items.stream()
                            .filter(i -> i.benchmark().equals(b))
                            .mapToDouble(i -> atConcepts(i, chi.get(model)))
                            .average()
                            .orElseThrow())
                    .toArray();
            tell("concepts", model, expected, actual(items, benchmarks, model, b -> i -> of(items, i, b)));
        }
    }

    private interface Choice {
        IntPredicate in(String benchmark);
    }

    private static boolean of(List<Item> items, int i, String benchmark) {
        return items.get(i).benchmark().equals(benchmark);
    }

    private static void track(
            String what, List<Item> items, List<String> benchmarks, List<String> models, Choice known, Choice prompts) {
        double[][] expected = new double[models.size()][benchmarks.size()];
        for (int b = 0; b < benchmarks.size(); b++) {
            int[] from = IntStream.range(0, items.size())
                    .filter(known.in(benchmarks.get(b)))
                    .toArray();
            double[] rarity = rarity(items, from);
            double[] lengths = Arrays.stream(from)
                    .mapToDouble(i -> product(items.get(i), items.get(i), rarity))
                    .map(Math::sqrt)
                    .toArray();
            int[] asked = IntStream.range(0, items.size())
                    .filter(prompts.in(benchmarks.get(b)))
                    .toArray();
            List<double[]> values = Arrays.stream(asked)
                    .parallel()
                    .mapToObj(x -> similar(items, x, from, lengths, rarity, models))
                    .toList();
            for (int m = 0; m < models.size(); m++) {
                int model = m;
                expected[m][b] =
                        values.stream().mapToDouble(v -> v[model]).average().orElseThrow();
            }
        }
        for (int m = 0; m < models.size(); m++) {
            tell(what, models.get(m), expected[m], actual(items, benchmarks, models.get(m), prompts));
        }
    }

    private static double[] similar(
            List<Item> items, int x, int[] from, double[] lengths, double[] rarity, List<String> models) {
        double[] cosines = new double[from.length];
        double length = Math.sqrt(product(items.get(x), items.get(x), rarity));
        Arrays.setAll(cosines, i -> product(items.get(x), items.get(from[i]), rarity) / length / lengths[i]);
        List<Integer> nearest =
                new ArrayList<>(IntStream.range(0, from.length).boxed().toList());
        nearest.sort(Comparator.comparingDouble(i -> -cosines[i]));
        double[] values = new double[models.size()];
        for (int m = 0; m < values.length; m++) {
            WeightedMean mean = new WeightedMean();
            for (int i : nearest.subList(0, SIMILAR)) {
                mean.add(items.get(from[i]).scores().getOrDefault(models.get(m), Double.NaN), cosines[i]);
            }
            values[m] = mean.value();
        }
        return values;
    }

    /** ln(N / n) squared, by concept; 0 for one that fires on none. */
    private static double[] rarity(List<Item> items, int[] from) {
        double[] rarity = new double[items.getFirst().saliency().length];
        for (int c = 0; c < rarity.length; c++) {
            int n = 0;
            for (int i : from) n += items.get(i).saliency()[c] > 0 ? 1 : 0;
            rarity[c] = n == 0 ? 0 : Math.pow(Math.log((double) from.length / n), 2);
        }
        return rarity;
    }

    private static double product(Item a, Item b, double[] rarity) {
        double sum = 0;
        for (int c = 0; c < rarity.length; c++) {
            sum += rarity[c] * a.saliency()[c] * b.saliency()[c];
        }
        return sum;
    }

    private static double atConcepts(Item item, Map<Integer, Double> chi) {
        WeightedMean mean = new WeightedMean();
        chi.forEach((c, value) -> mean.add(value, item.saliency()[c]));
        return mean.value();
    }

    private static double[] actual(List<Item> items, List<String> benchmarks, String model, Choice prompts) {
        return benchmarks.stream()
                .mapToDouble(b -> IntStream.range(0, items.size())
                        .filter(prompts.in(b))
                        .mapToDouble(i -> items.get(i).scores().getOrDefault(model, Double.NaN))
                        .filter(y -> !Double.isNaN(y))
                        .average()
                        .orElseThrow())
                .toArray();
    }

    private static void tell(String what, String model, double[] expected, double[] actual) {
        double error = IntStream.range(0, actual.length)
                .mapToDouble(b -> Math.abs(expected[b] - actual[b]))
                .average()
                .orElseThrow();
        double plain = Arrays.stream(actual)
                .map(y -> Math.abs(y - (Arrays.stream(actual).sum() - y) / (actual.length - 1)))
                .average()
                .orElseThrow();
        System.out.printf(
                "%-9s %-20s r %5.2f  mean error %.3f (mean of the others %.3f)  expected %.2f to %.2f, actual %.2f to %.2f%n",
                what,
                model,
                Correlation.pearson(expected, actual).value(),
                error,
                plain,
                Arrays.stream(expected).min().orElseThrow(),
                Arrays.stream(expected).max().orElseThrow(),
                Arrays.stream(actual).min().orElseThrow(),
                Arrays.stream(actual).max().orElseThrow());
    }
}
