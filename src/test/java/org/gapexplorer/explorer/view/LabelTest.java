package org.gapexplorer.explorer.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalDouble;
import org.gapexplorer.snapshot.LabelKind;
import org.gapexplorer.snapshot.Span;
import org.junit.jupiter.api.Test;

class LabelTest {
    /** It may well fire in the study, and its row then says on how many items. */
    @Test
    void aConceptWithoutEvidenceIsNotSaidNeverToFire() {
        Label label = Label.concept(
                37, "never fires", List.of(new Span(0, 5)), LabelKind.DEAD, OptionalDouble.empty(), "/concepts/37");
        assertThat(label.parts())
                .singleElement()
                .satisfies(p -> assertThat(p.text()).isEqualTo("Concept 37"));
        assertThat(label.small()).isEqualTo("#37 · silent in the labels’ texts");
        assertThat(label.unsure()).isTrue();
    }
}
