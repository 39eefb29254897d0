package org.gapexplorer.score;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gapexplorer.score.log.LogRow;
import org.gapexplorer.study.Problem;
import org.gapexplorer.study.SubjectModel.Match;

/**
 * Finds the items that a log's entries are about: by id, by hash, or by text.
 *
 * <p>An id that is but a number may count items in another order than the benchmark does (from 0 or 1, of another
 * split, shuffled). So it is believed where the entry's text is that item's and no other's. Where texts tell less (several
 * items ask the same; a question is but part of a prompt), numbers are believed if no entry of the log speaks against
 * them. Otherwise the study has to say {@code match: id}.
 */
final class Matching {
    private static final int MAX_NAMED = 5;

    private final ItemIndex index;
    private final Match wanted;
    private final List<Found> found = new ArrayList<>();
    private final List<String> strangers = new ArrayList<>();
    private final List<Tentative> tentative = new ArrayList<>();
    private String number;
    private int confirmed;
    private int contradicted;
    private int unknown;
    private int ambiguous;

    /** An entry and its item. */
    record Found(int item, Match by, String run, double score, String answer, double margin, String at) {}

    /** An entry with a number that its text does not settle. */
    private record Tentative(LogRow row, String run, int item, boolean agrees) {}

    /** @param wanted how to match; null: by whatever tells */
    Matching(ItemIndex index, Match wanted) {
        this.index = index;
        this.wanted = wanted;
    }

    /** @param run tells runs apart, across files */
    void add(LogRow row, String run) {
        List<String> texts = row.texts().stream()
                .map(ItemIndex::normal)
                .filter(text -> !text.isEmpty())
                .distinct()
                .toList();
        if ((wanted == null || wanted == Match.ID) && takeById(row, run, texts)) {
            return;
        }
        int item = wanted == null || wanted == Match.HASH ? index.byHash(row.hashes()) : ItemIndex.NONE;
        if (item >= 0) {
            take(row, run, item, Match.HASH);
            return;
        }
        item = wanted == null || wanted == Match.TEXT ? index.byText(texts, row.choices()) : ItemIndex.NONE;
        if (item >= 0) {
            take(row, run, item, Match.TEXT);
        } else {
            leave(row, item == ItemIndex.SEVERAL);
        }
    }

    private boolean takeById(LogRow row, String run, List<String> texts) {
        int told = wanted == Match.ID ? ItemIndex.NONE : index.byText(texts, row.choices());
        for (String id : row.ids()) {
            int item = index.byId(id);
            if (item < 0) {
                continue;
            }
            if (wanted == Match.ID || item == told || (told < 0 && !isNumber(id))) {
                confirmed++;
                take(row, run, item, Match.ID);
                return true;
            }
            if (told >= 0) {
                contradicted++;
                return false;
            }
            number = id;
            boolean agrees = index.agrees(item, texts, row.choices());
            tentative.add(new Tentative(withoutTexts(row), run, item, agrees));
            return true;
        }
        return false;
    }

    private static LogRow withoutTexts(LogRow row) {
        return new LogRow(
                row.ids(),
                row.hashes(),
                List.of(),
                List.of(),
                row.run(),
                row.score(),
                row.answer(),
                row.margin(),
                row.at());
    }

    /** After the last entry. */
    void settle() {
        boolean silent = tentative.stream().anyMatch(t -> !t.agrees);
        boolean believed = contradicted == 0 && (confirmed > 0 || !silent);
        for (Tentative t : tentative) {
            int hashed = index.byHash(t.row.hashes());
            if (hashed >= 0) {
                take(t.row, t.run, hashed, Match.HASH);
            } else if (believed && t.agrees) {
                take(t.row, t.run, t.item, Match.ID);
            } else {
                leave(t.row, t.agrees);
            }
        }
        tentative.clear();
    }

    private static boolean isNumber(String id) {
        return id.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private void take(LogRow row, String run, int item, Match by) {
        found.add(new Found(item, by, run, row.score(), row.answer(), row.margin(), row.at()));
    }

    private void leave(LogRow row, boolean several) {
        unknown++;
        ambiguous += several ? 1 : 0;
        if (strangers.size() < MAX_NAMED) {
            strangers.add(row.ids().isEmpty() ? row.at() : row.ids().getFirst());
        }
    }

    List<Found> found() {
        return found;
    }

    int unknown() {
        return unknown;
    }

    int ambiguous() {
        return ambiguous;
    }

    /** The first entries that match no item. */
    List<String> strangers() {
        return strangers;
    }

    int by(Match way) {
        return (int) found.stream().filter(f -> f.by == way).count();
    }

    /**
     * @param first id of the benchmark's first item
     * @param notes what is known to be wrong with the log
     */
    void requireSome(String where, String first, List<String> notes) {
        if (!found.isEmpty()) {
            return;
        }
        if (unknown == 0) {
            String why = notes.isEmpty() ? "" : " (" + String.join("; ", notes) + ")";
            throw new Problem(where, "the log holds no scores" + why, "check that this is the file that is meant");
        }
        if (number != null) {
            throw new Problem(
                    where,
                    "entries and items agree in nothing but numbers such as '" + number
                            + "', and these may count other items",
                    "add match: id if they are the same, or give the benchmark the question as the log has it");
        }
        throw new Problem(
                where,
                "not one id of the log is an item of the benchmark (log: '" + strangers.getFirst() + "', benchmark: '"
                        + first + "')" + (wanted == null ? ", nor does a hash or text match" : ""),
                "give the benchmark's items the log's ids, or their questions as the log has them");
    }

    /** Each item's runs, in order: one score a run. */
    Map<Integer, Map<String, Found>> byItem(String where, List<String> items, int[] duplicates) {
        var byItem = new LinkedHashMap<Integer, Map<String, Found>>();
        for (Found f : found) {
            Found before =
                    byItem.computeIfAbsent(f.item, i -> new LinkedHashMap<>()).putIfAbsent(f.run, f);
            if (before == null) {
                continue;
            }
            if (Double.compare(before.score, f.score) != 0) {
                throw new Problem(
                        where + ", " + f.at,
                        "item '" + items.get(f.item) + "' has a score of " + f.score + ", and one of " + before.score
                                + " in " + before.at,
                        "leave one out, or give repeated runs a file each");
            }
            duplicates[0]++;
        }
        return byItem;
    }
}
