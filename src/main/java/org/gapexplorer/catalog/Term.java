package org.gapexplorer.catalog;

import java.time.Period;
import java.util.Arrays;
import java.util.Optional;

/** How long a saved view is kept. There is no "for ever": nobody would ever clear it up. */
public enum Term {
    MONTH("30d", "30 days", Period.ofDays(30)),
    YEAR("1y", "1 year", Period.ofYears(1)),
    YEARS("5y", "5 years", Period.ofYears(5));

    /** What stands in a form. */
    public final String word;
    /** What people read. */
    public final String title;

    final Period length;

    Term(String word, String title, Period length) {
        this.word = word;
        this.title = title;
        this.length = length;
    }

    /** The term of that word; a year where there is none. */
    public static Optional<Term> of(String word) {
        if (word == null || word.isBlank()) return Optional.of(YEAR);
        return Arrays.stream(values()).filter(t -> t.word.equals(word)).findFirst();
    }
}
