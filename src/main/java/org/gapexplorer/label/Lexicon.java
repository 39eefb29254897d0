package org.gapexplorer.label;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers for words. A word is looked up without letter case and shown in the form met most often. */
final class Lexicon {
    /** A run of letters and digits, with an inner apostrophe; or one other sign. */
    private static final Pattern WORD =
            Pattern.compile("[\\p{L}\\p{M}\\p{N}]+(?:['’]\\p{L}{1,3}\\b)?|[^\\s\\p{Cntrl}]");

    private final Map<String, Integer> ids = new HashMap<>();
    private final List<String> words = new ArrayList<>();
    private final List<Map<String, Integer>> forms = new ArrayList<>();

    /** The words of a text as UTF-16 offsets: start0, end0, start1, end1, ... */
    static int[] spans(String text) {
        Matcher matcher = WORD.matcher(text);
        List<Integer> spans = new ArrayList<>();
        while (matcher.find()) {
            spans.add(matcher.start());
            spans.add(matcher.end());
        }
        return spans.stream().mapToInt(Integer::intValue).toArray();
    }

    /** The words of a text. */
    static List<String> words(String text) {
        return WORD.matcher(text).results().map(MatchResult::group).toList();
    }

    /** The number of a word, a new one for a new word. */
    int add(String form) {
        String word = form.toLowerCase(Locale.ROOT);
        int id = ids.computeIfAbsent(word, w -> {
            words.add(w);
            forms.add(new HashMap<>(2));
            return words.size() - 1;
        });
        forms.get(id).merge(form, 1, Integer::sum);
        return id;
    }

    /** The number of a word, or -1. */
    int id(String word) {
        return ids.getOrDefault(word.toLowerCase(Locale.ROOT), -1);
    }

    /** The word in lower case. */
    String word(int id) {
        return words.get(id);
    }

    /** The word as it is mostly written. */
    String shown(int id) {
        return forms.get(id).entrySet().stream()
                .max(Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .orElseThrow()
                .getKey();
    }

    int size() {
        return words.size();
    }

    /** Whether a word is made of letters and digits, not a sign. */
    static boolean isWord(String word) {
        return !word.isEmpty() && Character.isLetterOrDigit(word.codePointAt(0));
    }
}
