package org.gapexplorer.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimeLimitTest extends GeneratedSnapshot {
    private static final Duration NONE = Duration.ofNanos(1);
    private static final Duration ENOUGH = Duration.ofMinutes(1);

    private static final ConceptQuery WORDS = ConceptQuery.all().text("money").build();

    private static List<Integer> ids(ConceptPage found) {
        return found.page().rows().stream().map(ConceptRow::concept).toList();
    }

    @Test
    void aSearchThatTakesTooLongIsEndedAndTheNextIsWhole() {
        List<Integer> whole = ids(snapshot.concepts(WORDS));
        assertThat(whole).isNotEmpty();
        assertThatThrownBy(() -> TimeLimit.within(NONE, () -> snapshot.concepts(WORDS)))
                .isInstanceOf(TimeLimit.Over.class);
        assertThat(ids(snapshot.concepts(WORDS))).isEqualTo(whole);
        assertThat(ids(TimeLimit.within(ENOUGH, () -> snapshot.concepts(WORDS))))
                .isEqualTo(whole);
    }

    @Test
    void anOrderThatWasNotFinishedIsNotKept() {
        ConceptQuery sorted = ConceptQuery.all()
                .sortedBy(SortKey.coverage(SortKey.Column.COVERAGE, "b1"), true)
                .limit(ConceptQuery.MAX_LIMIT)
                .build();
        assertThatThrownBy(() -> TimeLimit.within(NONE, () -> snapshot.concepts(sorted)))
                .isInstanceOf(TimeLimit.Over.class);
        assertThat(snapshot.concepts(sorted).page().rows()).hasSize(run.concepts.size());
    }

    @Test
    void aLimitWithinALimitDoesNotProlongIt() {
        assertThatThrownBy(() -> TimeLimit.within(NONE, () -> TimeLimit.within(ENOUGH, () -> snapshot.concepts(WORDS))))
                .isInstanceOf(TimeLimit.Over.class);
    }

    @Test
    void everySearchIsWatched() {
        int[] searches = {0};
        SearchWatch counting = new SearchWatch() {
            @Override
            public <T> T around(java.util.function.Supplier<T> search) {
                searches[0]++;
                return search.get();
            }
        };
        Snapshot watched = snapshot.watchedBy(counting);
        watched.concepts(WORDS);
        watched.suggest("money", 5);
        watched.compare(
                List.of("b0", "b1"), Comparison.Show.ALL, ConceptQuery.all().build());
        assertThat(searches[0]).isEqualTo(3);
        snapshot.watchedBy(SearchWatch.NONE);
    }
}
