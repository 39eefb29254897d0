package org.gapexplorer.snapshot;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A benchmark's scope in parts. A scope lists several things ("length, mass, volume"); the meaning of the whole lies
 * between them and near none, so labels are compared with each part, and with the title.
 */
public final class ScopePhrases {
    private static final int MOST = 60;
    private static final int LONGEST = 200;
    private static final Pattern BETWEEN = Pattern.compile(
            "[,.;:()!?]+|\\b(?:and|or|whether|among|about|at|of|in|from|with|which|that)\\b", Pattern.CASE_INSENSITIVE);

    private ScopePhrases() {}

    /** The title, and the parts of the scope with three letters or more, each once. */
    public static List<String> of(String title, String scope) {
        Set<String> phrases = new LinkedHashSet<>();
        add(phrases, title);
        for (String part : BETWEEN.split(scope)) {
            add(phrases, part);
        }
        return phrases.stream().limit(MOST).toList();
    }

    private static void add(Set<String> phrases, String part) {
        String phrase = part.replaceAll("[\\s\\p{Cntrl}\\p{Cf}]+", " ").strip();
        if (phrase.length() <= LONGEST
                && phrase.chars().filter(Character::isLetter).count() >= 3) {
            phrases.add(phrase);
        }
    }
}
