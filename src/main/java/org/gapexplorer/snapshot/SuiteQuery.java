package org.gapexplorer.snapshot;

import java.util.List;
import java.util.Set;

/**
 * Benchmarks put together to a suite.
 *
 * @param benchmarks the chosen ones; unknown ids are left out, and so are reference texts and own prompts
 * @param kinds only concepts with a label of these; empty for all
 * @param least items below which a covered concept is thin, at least 1
 * @param thin whether the concepts to list are the thin ones; otherwise the missing ones
 * @param offset rows to leave out, 0 to 10,000
 * @param limit rows to give, 1 to 500
 */
public record SuiteQuery(
        List<String> benchmarks, Set<LabelKind> kinds, int least, boolean thin, int offset, int limit) {
    public SuiteQuery {
        benchmarks = benchmarks.stream().distinct().toList();
        kinds = Set.copyOf(kinds);
        least = Math.max(1, least);
        offset = Math.clamp(offset, 0, ConceptQuery.MAX_OFFSET);
        limit = Math.clamp(limit, 1, ConceptQuery.MAX_LIMIT);
    }
}
