package org.gapexplorer.explorer.footprint;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.gapexplorer.explorer.view.Links;
import org.gapexplorer.explorer.view.Names;
import org.gapexplorer.method.FootprintChange;
import org.gapexplorer.method.Proportions;
import org.gapexplorer.snapshot.LabelKind;
import org.junit.jupiter.api.Test;

class FootprintViewTest {
    @Test
    void whatTheTableOfChangesLeavesOutIsCountedWhole() {
        // 260 changed, of which the 200 that changed most are at hand, one in four of them without a meaning
        List<FootprintDifference.Change> atHand = IntStream.range(0, FootprintDifference.LISTED)
                .mapToObj(c -> new FootprintDifference.Change(
                        "label " + c,
                        c % 4 == 0 ? LabelKind.UNCLEAR : LabelKind.MEANING,
                        new FootprintChange(c, 0, 40, Proportions.of(0, 50, 40, 50), 0.001)))
                .toList();
        FootprintReport report = new FootprintReport(50, 0, 300, 10, 0.5, 0, 0.4, List.of(), List.of(), List.of());
        FootprintDifference difference = new FootprintDifference(
                "2222222222", "March", Instant.EPOCH, "20260101-000000-0123abcd", report, 300, 260, atHand);
        FootprintView.Change change = FootprintView.of(
                        report,
                        difference,
                        "20260101-000000-0123abcd",
                        List.of(),
                        new Names(Map.of(), Map.of(), List.of(), List.of()),
                        new Links("", ""))
                .change();
        assertThat(change.concepts().rows()).hasSize(25);
        assertThat(change.told()).contains("260 concepts");
        assertThat(change.others()).isEqualTo(260 - 25);
    }
}
