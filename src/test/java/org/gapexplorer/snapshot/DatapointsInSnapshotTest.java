package org.gapexplorer.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.gapexplorer.run.RunFolder;
import org.junit.jupiter.api.Test;

/** Queries for datapoints and examples, against a plain loop over the rows the snapshot was built from. */
class DatapointsInSnapshotTest extends GeneratedSnapshot {
    @Test
    void datapointsComeByConceptBenchmarkAndWhoWasRight() {
        for (int c : List.of(0, 3, 30, 150)) {
            for (String benchmark : new String[] {null, "b0", "b2"}) {
                DatapointQuery query = DatapointQuery.ALL
                        .concept(c)
                        .benchmark(benchmark)
                        .rightBy(Set.of("m0"))
                        .wrongBy(Set.of("m1"))
                        .limit(500);
                List<String> expected = run.saliency.stream()
                        .filter(s -> s.concept() == c)
                        .filter(s -> benchmark == null || s.benchmark().equals(benchmark))
                        .filter(s -> score(s.benchmark(), s.item(), "m0") == 1)
                        .filter(s -> score(s.benchmark(), s.item(), "m1") == 0)
                        .sorted(Comparator.comparingDouble(s -> -s.saliency()))
                        .map(s -> s.benchmark() + s.item())
                        .toList();
                Page<DatapointRow> page = snapshot.datapoints(query);
                assertThat(page.rows())
                        .extracting(r -> r.benchmark() + r.item())
                        .isEqualTo(expected);
                assertThat(page.total()).isEqualTo(new Total(expected.size(), true));
            }
        }
    }

    @Test
    void theNearestByConceptsAreThoseOfAPlainLoopOverAllPairs() {
        Map<String, Map<Integer, Double>> profiles = new HashMap<>();
        Map<Integer, Integer> firing = new HashMap<>();
        run.saliency.forEach(s -> {
            profiles.computeIfAbsent(s.benchmark() + s.item(), k -> new HashMap<>())
                    .put(s.concept(), (double) s.saliency());
            firing.merge(s.concept(), 1, Integer::sum);
        });
        int n = run.items.size();
        profiles.values().forEach(p -> p.replaceAll((c, s) -> s * Math.log((double) n / firing.get(c))));
        Map<Integer, Double> text = new TreeMap<>(Map.of(0, 0.4, 3, 0.1, 30, 0.9, 150, 0.2, 153, 0.0001));
        text.replaceAll((c, s) -> s * Math.log((double) n / firing.getOrDefault(c, n)));
        Map<String, Double> cosines = new HashMap<>();
        profiles.forEach((key, profile) -> {
            double product = text.entrySet().stream()
                    .mapToDouble(e -> e.getValue() * profile.getOrDefault(e.getKey(), 0.0))
                    .sum();
            if (product > 0) {
                cosines.put(key, product / length(profile) / length(text));
            }
        });
        List<Double> expected = cosines.values().stream()
                .sorted(Comparator.reverseOrder())
                .limit(6)
                .toList();
        List<Alike> found =
                snapshot.alike(new int[] {0, 3, 30, 150, 153}, new float[] {0.4f, 0.1f, 0.9f, 0.2f, 0.0001f}, 6);
        assertThat(found).hasSize(6);
        for (int i = 0; i < found.size(); i++) {
            assertThat(found.get(i).cosine()).isCloseTo(expected.get(i), within(1e-6));
            DatapointRow row = found.get(i).datapoint();
            assertThat(cosines.get(row.benchmark() + row.item())).isCloseTo(expected.get(i), within(1e-6));
        }
    }

    private static double length(Map<Integer, Double> profile) {
        return Math.sqrt(profile.values().stream().mapToDouble(v -> v * v).sum());
    }

    @Test
    void datapointsAreOrderedBestAndWorstWithUnscoredLast() {
        for (var order : List.of(DatapointQuery.Order.BEST, DatapointQuery.Order.WORST)) {
            int sign = order == DatapointQuery.Order.BEST ? -1 : 1;
            List<Double> scores =
                    snapshot
                            .datapoints(DatapointQuery.ALL
                                    .benchmark("b3")
                                    .order(order)
                                    .model("m2")
                                    .limit(500))
                            .rows()
                            .stream()
                            .map(r -> sign * score(r.benchmark(), r.item(), "m2"))
                            .toList();
            assertThat(scores).hasSize(60).isSorted();
        }
    }

    @Test
    void aDatapointTellsItsConceptsAnswersAndNeighbours() {
        DatapointView view = snapshot.datapoint("b1", "i/5").orElseThrow();
        assertThat(view.prompt()).contains("secret1 What does word 5 mean in set 1?");
        assertThat(view.choices()).containsExactly("one", "two");
        assertThat(view.answer()).hasValue(1);
        assertThat(view.category()).isEmpty();
        assertThat(view.previous()).contains("i/4");
        assertThat(view.next()).contains("i/6");
        List<RunFolder.Saliency> expected = run.saliency.stream()
                .filter(s -> s.benchmark().equals("b1") && s.item().equals("i/5"))
                .sorted(Comparator.comparingDouble(s -> -s.saliency()))
                .toList();
        assertThat(view.firing()).isEqualTo(expected.size());
        for (int i = 0; i < expected.size(); i++) {
            DatapointView.Firing firing = view.concepts().get(i);
            assertThat(firing.concept()).isEqualTo(expected.get(i).concept());
            assertThat(firing.saliency()).isEqualTo(expected.get(i).saliency());
            assertThat(firing.peakToken()).isEqualTo(expected.get(i).peakToken());
            assertThat(firing.label()).isEqualTo(concept(firing.concept()).label());
        }
        for (Answer answer : view.answers()) {
            assertThat(answer.score()).isEqualTo(Columns.optional(score("b1", "i/5", answer.model())));
        }
        assertThat(snapshot.datapoint("b0", "i/0").orElseThrow().previous()).isEmpty();
        assertThat(snapshot.datapoint("b0", "i/59").orElseThrow().next()).isEmpty();
        assertThat(snapshot.datapoint("b0", "nothing")).isEmpty();
        assertThat(snapshot.datapoint("nothing", "i/0")).isEmpty();
    }

    @Test
    void examplesComeShadedBySaliencyAndOnlyFromBenchmarksThatMayShowText() {
        List<DatapointRow> shaded = snapshot
                .datapoints(DatapointQuery.ALL.concept(0).limit(500))
                .rows()
                .stream()
                .filter(row -> !row.shades().isEmpty())
                .toList();
        List<String> expected = run.saliency.stream()
                .filter(s -> s.concept() == 0 && !s.benchmark().equals("b2"))
                .filter(s -> run.examples.stream()
                        .anyMatch(e -> e.concept() == 0
                                && e.benchmark().equals(s.benchmark())
                                && e.item().equals(s.item())))
                .sorted(Comparator.comparingDouble(s -> -s.saliency()))
                .map(s -> s.benchmark() + s.item())
                .toList();
        assertThat(shaded)
                .isNotEmpty()
                .extracting(row -> row.benchmark() + row.item())
                .isEqualTo(expected);
        double s = shaded.getFirst().saliency().orElseThrow();
        assertThat(shaded.getFirst().shades()).containsExactly(new Shade(0, 4, s), new Shade(8, 12, 2 * s));
    }

    @Test
    void aBenchmarkOfIdsOnlyLeavesNoTextInTheSnapshot() throws Exception {
        DatapointView view = snapshot.datapoint("b2", "i/3").orElseThrow();
        assertThat(view.prompt()).isEmpty();
        assertThat(view.choices()).isEmpty();
        assertThat(view.answer()).isEmpty();
        assertThat(view.answers()).isNotEmpty().allMatch(a -> a.answer().isEmpty());
        assertThat(view.concepts()).isNotEmpty().allMatch(c -> c.spans().isEmpty());
        assertThat(snapshot.datapoints(DatapointQuery.ALL.benchmark("b2").limit(500))
                        .rows())
                .allMatch(r -> r.prompt().isEmpty() && r.category().isEmpty());
        try (Stream<Path> files = Files.walk(folder.resolve("snapshots"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .doesNotContain("secret2");
            }
        }
    }
}
