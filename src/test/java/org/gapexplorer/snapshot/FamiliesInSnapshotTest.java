package org.gapexplorer.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.gapexplorer.run.RunFolder;
import org.gapexplorer.study.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Families, against plain loops over the rows the snapshot was built from. */
class FamiliesInSnapshotTest extends GeneratedSnapshot {
    private List<RunFolder.Concept> members(int family) {
        return run.concepts.stream()
                .filter(c -> c.live() && c.family() == family)
                .toList();
    }

    @Test
    void everyLiveConceptIsInOneFamily() {
        assertThat(snapshot.families())
                .extracting(FamilyView::family)
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(snapshot.families().stream().mapToInt(FamilyView::concepts).sum())
                .isEqualTo((int)
                        run.concepts.stream().filter(RunFolder.Concept::live).count());
    }

    @Test
    void coverageIsTheMeanAndMissingTheShareOfItsLiveConcepts() {
        for (FamilyView family : snapshot.families()) {
            List<RunFolder.Concept> members = members(family.family());
            for (String b : List.of("*", "b0", "b1", "b2", "b3")) {
                double sum = 0;
                int missing = 0;
                for (RunFolder.Concept c : members) {
                    sum += orZero(coverage(b, c.concept(), RunFolder.Coverage::chi));
                    missing += coverage(b, c.concept(), r -> r.support()) > 0 ? 0 : 1;
                }
                assertThat(family.held(b).chi()).isCloseTo(sum / members.size(), within(1e-9));
                assertThat(family.held(b).missing()).isCloseTo(missing / (double) members.size(), within(1e-12));
            }
        }
    }

    @Test
    void scoreAndGapWeighEveryConceptByItsSupport() {
        for (FamilyView family : snapshot.families()) {
            for (String model : List.of("m0", "m1", "m2")) {
                for (String b : List.of("*", "b0", "b3")) {
                    double score = 0;
                    double gap = 0;
                    double weight = 0;
                    int defined = 0;
                    for (RunFolder.Concept c : members(family.family())) {
                        double support = value(model, b, c.concept(), p -> p.support());
                        if (support > 0) {
                            score += support * value(model, b, c.concept(), p -> p.chi());
                            gap += support * value(model, b, c.concept(), p -> p.gap());
                            weight += support;
                            defined++;
                        }
                    }
                    FamilyView.Standing standing =
                            family.standing(model, b.equals("*") ? null : b).orElseThrow();
                    assertThat(standing.score()).isCloseTo(score / weight, within(1e-9));
                    assertThat(standing.gap().orElseThrow()).isCloseTo(gap / weight, within(1e-9));
                    assertThat(standing.concepts()).isEqualTo(defined);
                    assertThat(standing.support()).isEqualTo((long) weight);
                }
            }
        }
    }

    @Test
    void aFamilyLiesAtItsConceptsCentreAndGoesByItsBestToldMeaning() {
        for (FamilyView family : snapshot.families()) {
            List<RunFolder.Concept> members = members(family.family());
            assertThat(family.x().orElseThrow())
                    .isCloseTo(
                            members.stream()
                                    .mapToDouble(RunFolder.Concept::x)
                                    .average()
                                    .orElse(0),
                            within(1e-12));
            RunFolder.Concept told = members.stream()
                    .filter(c -> c.labelKind().equals("meaning") && !Double.isNaN(c.labelQuality()))
                    .max(Comparator.comparingDouble(RunFolder.Concept::labelQuality))
                    .orElseThrow();
            assertThat(family.name()).isEqualTo(told.label());
        }
    }

    @Test
    void furtherWordsAreSharedByTheFamilyAndRareElsewhere() {
        List<RunFolder.Concept> concepts = Stream.of(
                        concept(0, "gold coins", "meaning", 0.9, 0, true),
                        concept(1, "near silver, ducats", "meaning", 0.5, 0, true),
                        concept(2, "near ducats and guilders", "meaning", 0.4, 0, true),
                        concept(3, "florins", "syntax", 0.99, 0, true),
                        concept(4, "dead ducats", "dead", 1, 0, false),
                        concept(5, "near water", "meaning", 0.1, 1, true),
                        concept(6, "near fire", "meaning", 0.2, 1, true),
                        concept(7, null, "unclear", Double.NaN, 2, true))
                .toList();
        List<FamilyFacts> families = FamilyNames.of(concepts);
        assertThat(families).extracting(FamilyFacts::name).containsExactly("gold coins", "near fire", "Family 2");
        // "near" stands in four of the five labels with a meaning: too common to tell the family
        assertThat(families.get(0).words()).containsExactly("ducats");
        assertThat(families.get(1).words()).isEmpty();
        assertThat(families.get(2).x()).isNaN();
    }

    @Test
    void aSnapshotWhoseFamiliesAreGoneIsRefusedByName(@TempDir Path folder) throws IOException {
        Path copy = folder.resolve(snapshot.version());
        Path source = this.folder.resolve("snapshots").resolve(snapshot.version());
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(source.relativize(file).toString()));
            }
        }
        Files.delete(copy.resolve(SnapshotFiles.FAMILIES));
        EditedManifest.forget(copy, SnapshotFiles.FAMILIES);
        assertThatThrownBy(() -> Snapshots.open(copy))
                .isInstanceOf(Problem.class)
                .hasMessageContaining(SnapshotFiles.FAMILIES)
                .hasMessageContaining("build the snapshot again");
    }

    private static RunFolder.Concept concept(
            int id, String label, String kind, double quality, int family, boolean live) {
        double place = label == null ? Double.NaN : 0.5;
        return new RunFolder.Concept(
                id, label, "evidence", quality, kind, 0.1, family, place, place, null, null, null, null, live);
    }
}
