package org.gapexplorer.explorer.visit;

import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import org.gapexplorer.explorer.view.Text;
import org.gapexplorer.snapshot.BenchmarkView;
import org.gapexplorer.snapshot.Snapshot;

/** Words by which training data that holds benchmarks' items is known: they go wherever items' text goes. */
public final class Canaries {
    /** A study's own are no longer. */
    private static final int LONGEST = 300;

    private Canaries() {}

    /** Of all benchmarks whose text is shown: a page of items may hold any of them. */
    static List<String> of(Snapshot snapshot) {
        return of(snapshot, b -> true);
    }

    /** Of these benchmarks, by id, as far as their text is shown. */
    public static List<String> of(Snapshot snapshot, Collection<String> benchmarks) {
        return of(snapshot, b -> benchmarks.contains(b.id()));
    }

    private static List<String> of(Snapshot snapshot, Predicate<BenchmarkView> wanted) {
        return snapshot.benchmarks().stream()
                .filter(BenchmarkView::textShown)
                .filter(wanted)
                .flatMap(b -> b.canary().stream())
                .map(canary -> Text.plain(canary, LONGEST))
                .distinct()
                .toList();
    }
}
