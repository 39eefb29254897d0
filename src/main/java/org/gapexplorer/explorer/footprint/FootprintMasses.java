package org.gapexplorer.explorer.footprint;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.gapexplorer.snapshot.BenchmarkView;
import org.gapexplorer.snapshot.ConceptQuery;
import org.gapexplorer.snapshot.Snapshot;

/** The mass of every concept in every benchmark, taken once from each snapshot: 8 bytes each. */
@Singleton
class FootprintMasses {
    private static final int SNAPSHOTS = 3;

    private final Cache<String, Map<String, double[]>> masses =
            Caffeine.newBuilder().maximumSize(SNAPSHOTS).build();

    /** By concept number, 0 where it is missing; not to be changed. */
    double[] of(Snapshot snapshot, String benchmark) {
        return masses.get(snapshot.version(), version -> read(snapshot)).get(benchmark);
    }

    private static Map<String, double[]> read(Snapshot snapshot) {
        Map<String, double[]> all = new HashMap<>();
        for (BenchmarkView b : snapshot.benchmarks()) {
            all.put(b.id(), new double[snapshot.study().lens().concepts()]);
        }
        snapshot.forEachConcept(
                ConceptQuery.all().build(),
                snapshot.study().counts().concepts(),
                row -> row.coverage().forEach((benchmark, coverage) -> {
                    double[] of = all.get(benchmark);
                    if (row.concept() >= of.length) {
                        of = Arrays.copyOf(of, 2 * row.concept() + 1);
                        all.put(benchmark, of);
                    }
                    of[row.concept()] = coverage.mass();
                }));
        return all;
    }
}
