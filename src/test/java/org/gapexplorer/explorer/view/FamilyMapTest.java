package org.gapexplorer.explorer.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FamilyMapTest {
    @Test
    void areasAreInProportionToCoverage() {
        FamilyMap map = FamilyMap.of(
                List.of(place(0.1, 0.2, 0.5, "a"), place(0.5, 0.9, 2, "b"), place(0.9, 0.4, 0.5, "c")), "", List.of());
        List<Double> r = map.circles().stream().map(c -> Double.valueOf(c.r())).toList();
        assertThat(map.circles().getFirst().note()).isEqualTo("b");
        // half the coverage twice over, a quarter each: half the radius, to the rounding
        assertThat(r.get(1)).isBetween(0.49 * r.get(0), 0.51 * r.get(0)).isEqualTo(r.get(2));
    }

    @Test
    void theLargestAreNamedAndNoNameCoversAnother() {
        Random random = new Random(3);
        List<FamilyMap.Place> places = IntStream.range(0, 200)
                .mapToObj(i -> place(
                        random.nextDouble(), random.nextDouble(), Math.exp(random.nextGaussian()), "a family " + i))
                .toList();
        FamilyMap map = FamilyMap.of(places, "", List.of());
        assertThat(map.names()).hasSize(12);
        assertThat(map.fewNames()).hasSize(5);
        List<Rectangle2D> boxes = new ArrayList<>();
        for (FamilyMap.Name name : map.names()) {
            Rectangle2D box = box(name, 12);
            assertThat(boxes).noneMatch(box::intersects);
            assertThat(new Rectangle2D.Double(0, 0, 880, Double.parseDouble(map.height())).contains(box))
                    .isTrue();
            boxes.add(box);
        }
    }

    @Test
    void whatIsMissingIsSmallAndWhatLiesAtOnePointIsDrawn() {
        FamilyMap map = FamilyMap.of(List.of(place(0.5, 0.5, 0, "none")), "", List.of());
        assertThat(map.circles()).hasSize(1);
        assertThat(map.circles().getFirst().r()).isEqualTo("4.5");
        assertThat(map.toString()).doesNotContain("NaN", "Infinity");
    }

    @Test
    void classesHoldAboutEquallyManyAndEqualValuesStayTogether() {
        double[] values = new Random(1).doubles(100).toArray();
        Classes fifths = Classes.sequential(values);
        var counts = Arrays.stream(values).boxed().collect(Collectors.groupingBy(fifths::of, Collectors.counting()));
        assertThat(counts.values()).containsOnly(20L).hasSize(5);
        Classes same = Classes.sequential(new double[] {0, 0, 0, 0, 0, 0, 1});
        assertThat(same.of(0)).isEqualTo("s1");
        assertThat(same.of(1)).isEqualTo("s9");
    }

    @Test
    void theMiddleOfTheDivergingScaleIsNearestToZeroAndItsSidesKeepTheirSign() {
        double[] values = {-0.3, -0.2, -0.1, 0.001, 0.1, 0.2, 0.3, 0.4, 0.5, Double.NaN};
        Classes classes = Classes.diverging(values);
        assertThat(Arrays.stream(values).mapToObj(classes::of).toList())
                .startsWith("g0", "g1", "g2", "g3")
                .endsWith("g6", "none");
        assertThat(classes.legend(Numbers::signed))
                .extracting(Classes.Key::css)
                .startsWith("g0")
                .endsWith("g6");
        assertThat(Classes.diverging(new double[0]).legend(Numbers::signed)).isEmpty();
    }

    /** As the map's caption says. */
    @Test
    void ofGapsASeventhIsGreyAndTheOthersAreThirdsOfTheirSides() {
        double[] values =
                IntStream.range(1, 71).mapToDouble(i -> i <= 49 ? -i : i).toArray();
        Classes classes = Classes.diverging(values);
        // the ten nearest to zero, -1 to -10; thirds of the 39 below, thirds of the 21 above
        assertThat(Arrays.stream(values).boxed().collect(Collectors.groupingBy(classes::of, Collectors.counting())))
                .isEqualTo(Map.of("g0", 13L, "g1", 13L, "g2", 13L, "g3", 10L, "g4", 7L, "g5", 7L, "g6", 7L));
    }

    private static FamilyMap.Place place(double x, double y, double coverage, String name) {
        return new FamilyMap.Place(x, y, coverage, "g0", "/", name, name);
    }

    private static Rectangle2D box(FamilyMap.Name name, double size) {
        double length = name.text().length() * size * 0.5;
        double x = Double.parseDouble(name.x());
        double left = switch (name.css()) {
            case "start" -> x;
            case "end" -> x - length;
            default -> x - length / 2;
        };
        return new Rectangle2D.Double(left, Double.parseDouble(name.y()) - size * 0.8, length, size);
    }
}
