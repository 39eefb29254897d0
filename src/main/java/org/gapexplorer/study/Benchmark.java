package org.gapexplorer.study;

import java.util.List;
import java.util.Map;

/**
 * A benchmark is a query over fetched files.
 *
 * @param id short name
 * @param title name to show
 * @param scope what it means to test, in a sentence or two; empty where text to compare with or traffic has none
 * @param licence of its data
 * @param citation how to cite it; null for none
 * @param kind what it is in the study
 * @param visibility whether its text may be shown
 * @param chance expected score of guessing; null where there is none
 * @param canary words by which training data that holds it is known; pages with its items carry them; null for none
 * @param files name to sources; the SQL sees each name as a variable holding the fetched paths
 * @param sql yields item, question and, if known, choices, answer (index from 0) and category
 * @param template how the prompt is put together
 */
public record Benchmark(
        String id,
        String title,
        String scope,
        String licence,
        String citation,
        Kind kind,
        Visibility visibility,
        Double chance,
        String canary,
        Map<String, List<SourceRef>> files,
        String sql,
        PromptTemplate template) {

    /** suite: counted; reference: base rates to compare with; traffic: a team's own unscored prompts. */
    public enum Kind {
        SUITE,
        REFERENCE,
        TRAFFIC
    }

    /** ids-only: its text never stands on a page, in the API or in a snapshot. */
    public enum Visibility {
        PUBLIC,
        IDS_ONLY
    }
}
