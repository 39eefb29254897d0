package org.gapexplorer.explorer.view;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.gapexplorer.snapshot.BenchmarkView;
import org.gapexplorer.snapshot.ModelView;
import org.gapexplorer.snapshot.Snapshot;

/** Titles of a snapshot's benchmarks and models, by id; an id without one is its own title. */
public record Names(
        Map<String, String> benchmarks, Map<String, String> models, List<String> benchmarkIds, List<String> modelIds) {
    private static final int LONGEST = 60;

    public static Names of(Snapshot snapshot) {
        List<BenchmarkView> benchmarks = snapshot.benchmarks();
        List<ModelView> models = snapshot.models();
        return new Names(
                benchmarks.stream().collect(Collectors.toMap(BenchmarkView::id, b -> title(b.title(), b.id()))),
                models.stream().collect(Collectors.toMap(ModelView::id, m -> title(m.title(), m.id()))),
                benchmarks.stream().map(BenchmarkView::id).toList(),
                models.stream().map(ModelView::id).toList());
    }

    public String benchmark(String id) {
        return benchmarks.getOrDefault(id, id);
    }

    public String model(String id) {
        return models.getOrDefault(id, id);
    }

    private static String title(String title, String id) {
        return Text.bounded(title == null || title.isBlank() ? id : title, LONGEST);
    }
}
