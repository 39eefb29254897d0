package org.gapexplorer.explorer.concept;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.gapexplorer.explorer.problem.BadParameter;
import org.gapexplorer.explorer.view.Names;
import org.gapexplorer.explorer.visit.Params;
import org.gapexplorer.snapshot.SortKey;
import org.gapexplorer.snapshot.SortKey.Column;

/**
 * The order of a concept list as it stands in addresses.
 *
 * @param word the value of {@code sort}: a column's word, or one of the prefixes below and the id of a benchmark or model
 */
record ConceptSort(String word, SortKey key, boolean descending) {
    /** Before a benchmark's id: its coverage. */
    static final String COVERAGE_IN = "coverage:";
    /** Before a benchmark's id: the shown model's score on it. */
    static final String SCORE_ON = "score:";
    /** Before a model's id: its score on what is shown. */
    static final String SCORE_OF = "model:";

    private static final Map<Column, Boolean> HIGHEST_FIRST = new EnumMap<>(Column.class);

    static {
        for (Column column : Column.values()) {
            HIGHEST_FIRST.put(
                    column,
                    switch (column) {
                        case ID, LABEL, FAMILY, GAP, Q -> false;
                        default -> true;
                    });
        }
    }

    /**
     * @param benchmark that is shown; null for the suite
     * @param model whose numbers are shown; null for none
     * @param usual the column that sorts where none is asked for
     */
    static ConceptSort of(Params params, Names names, String benchmark, String model, Column usual) {
        String asked = params.text("sort");
        SortKey key = key(asked, names, benchmark, model);
        if (key == null) {
            Column column = params.one("sort", SortKey.COLUMNS_OF_LISTS, Params::word);
            if (column == null) column = usual;
            if (column.ofModel() && model == null) {
                throw new BadParameter("sort", "this study has no model to sort by");
            }
            asked = Params.word(column);
            key = new SortKey(column, benchmark, column.ofModel() ? model : null);
        }
        String order = params.one("order", List.of("asc", "desc"), o -> o);
        return new ConceptSort(asked, key, order == null ? HIGHEST_FIRST.get(key.column()) : order.equals("desc"));
    }

    /** The column of a benchmark or model named in the word; null where it names none. */
    private static SortKey key(String word, Names names, String benchmark, String model) {
        if (word.startsWith(COVERAGE_IN)) {
            return SortKey.coverage(Column.COVERAGE, known(word, COVERAGE_IN, names.benchmarkIds()));
        }
        if (word.startsWith(SCORE_ON) && model != null) {
            return SortKey.performance(Column.SCORE, model, known(word, SCORE_ON, names.benchmarkIds()));
        }
        if (word.startsWith(SCORE_OF)) {
            return SortKey.performance(Column.SCORE, known(word, SCORE_OF, names.modelIds()), benchmark);
        }
        return null;
    }

    private static String known(String word, String prefix, List<String> ids) {
        return Params.find("sort", word.substring(prefix.length()), ids, id -> id);
    }
}
