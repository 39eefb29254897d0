package org.gapexplorer.score;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.gapexplorer.run.Datasets.Datapoint;
import org.gapexplorer.study.Sha256;

/** Finds a benchmark's items by what a log may know of them. */
final class ItemIndex {
    private static final Pattern SPACE = Pattern.compile("[\\s\\p{Z}\\u0085\\uFEFF]+");

    /** No item. */
    static final int NONE = -1;
    /** More than one item. */
    static final int SEVERAL = -2;

    private final List<Datapoint> items;
    private final List<String> questions = new ArrayList<>();
    private final Map<String, Integer> byId = new HashMap<>();
    private final Map<String, Integer> byHash = new HashMap<>();
    private final Map<String, List<Integer>> byText = new HashMap<>();

    ItemIndex(List<Datapoint> items) {
        this.items = items;
        for (int i = 0; i < items.size(); i++) {
            Datapoint item = items.get(i);
            String question = normal(item.question());
            questions.add(question);
            byId.put(item.item(), i);
            byText.computeIfAbsent(question, q -> new ArrayList<>()).add(i);
            byHash.merge(sha256(item.question()), i, (first, second) -> SEVERAL);
        }
    }

    /** Texts are equal when they are so in Unicode's composed form with all white space as single spaces. */
    static String normal(String text) {
        return SPACE.matcher(Normalizer.normalize(text, Normalizer.Form.NFC))
                .replaceAll(" ")
                .strip();
    }

    private static String sha256(String text) {
        return Sha256.hex(Sha256.digest().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    int byId(String id) {
        return byId.getOrDefault(id, NONE);
    }

    /** The item whose id is the hash, or whose question has it. */
    int byHash(List<String> hashes) {
        for (String hash : hashes) {
            int found = byId.getOrDefault(hash, byHash.getOrDefault(hash, NONE));
            if (found >= 0) {
                return found;
            }
        }
        return NONE;
    }

    /**
     * The item whose question is one of the texts; where several items ask the same, the one with these choices.
     *
     * @param texts normalised
     */
    int byText(List<String> texts, List<String> choices) {
        int found = NONE;
        for (String text : texts) {
            for (int item : byText.getOrDefault(text, List.of())) {
                if (item != found && !contradicts(item, choices)) {
                    found = found == NONE ? item : SEVERAL;
                }
            }
        }
        return found;
    }

    /** Whether an item's question stands in one of the texts, and its choices are these where both are known. */
    boolean agrees(int item, List<String> texts, List<String> choices) {
        String question = questions.get(item);
        return !contradicts(item, choices) && texts.stream().anyMatch(text -> text.contains(question));
    }

    private boolean contradicts(int item, List<String> choices) {
        List<String> own = items.get(item).choices();
        return own != null
                && !choices.isEmpty()
                && !own.stream()
                        .map(ItemIndex::normal)
                        .toList()
                        .equals(choices.stream().map(ItemIndex::normal).toList());
    }
}
