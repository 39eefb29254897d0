package org.gapexplorer.score.log;

import java.util.List;

/**
 * What an entry of a log says: which item, in which run, how well.
 *
 * @param ids names the item may have, best first
 * @param hashes hashes of the item or its prompt, in hexadecimal
 * @param texts texts one of which may be the item's question
 * @param choices the item's choices, empty where the log has none
 * @param run tells repeated runs within one file apart; empty where a file holds one
 * @param score NaN where unscored
 * @param answer what the model answered, null if unknown
 * @param margin NaN if unknown
 * @param at where the entry stands, for a complaint
 */
public record LogRow(
        List<String> ids,
        List<String> hashes,
        List<String> texts,
        List<String> choices,
        String run,
        double score,
        String answer,
        double margin,
        String at) {
    private static final int MAX_ANSWER = 2_000;

    public LogRow {
        if (answer != null && answer.length() > MAX_ANSWER) {
            answer = answer.substring(0, MAX_ANSWER) + "…";
        }
    }

    /** An entry known by its ids and texts. */
    public static LogRow of(List<String> ids, List<String> texts, String run, double score, String answer, String at) {
        return new LogRow(ids, List.of(), texts, List.of(), run, score, answer, Double.NaN, at);
    }
}
