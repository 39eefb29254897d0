package org.gapexplorer.explorer.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.gapexplorer.explorer.view.HistogramChart.Outside;
import org.gapexplorer.snapshot.Histogram;
import org.junit.jupiter.api.Test;

class HistogramChartTest {
    @Test
    void theColumnThatStandsApartBearsItsNumber() {
        // the axis ends at 10 and is 128 high, from 22 to 150: five are half of it, and the number stands 4 above
        assertThat(chart(5).outside()).isEqualTo(new Outside("82.0", "5", false));
        assertThat(chart(10).outside()).isEqualTo(new Outside("18.0", "10", false));
    }

    @Test
    void aColumnBeyondTheAxisIsBroken() {
        assertThat(chart(11).outside()).isEqualTo(new Outside("18.0", "11", true));
        assertThat(chart(31_415).outside()).isEqualTo(new Outside("18.0", "31,415", true));
        assertThat(chart(31_415).bins().getFirst().height()).isEqualTo("128.0");
    }

    @Test
    void withoutAnythingMissingNothingStandsApart() {
        assertThat(chart(0).outside()).isNull();
    }

    private static HistogramChart chart(int missing) {
        Histogram h = new Histogram(List.of(0.0, 1.0, 2.0), List.of(10, 4), missing);
        HistogramChart chart = HistogramChart.of(h, "x", "things", "missing", Numbers::score, List.of());
        assertThat(chart.yTicks().getLast()).isEqualTo(new HistogramChart.Tick("22.0", "10"));
        return chart;
    }
}
