package org.gapexplorer.snapshot;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.lucene.document.IntPoint;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.StringHelper;

/**
 * What somebody typed into the search box. Words match as written, by stem, as a beginning, and misspelt; "quoted words"
 * only side by side; {@code -word} must not stand in the label; a number (with or without c before it) is an id. Anything
 * can be typed: other characters separate words, and only the first {@value MAX_WORDS} words count.
 */
final class TextQuery {
    private static final int MAX_LENGTH = 400;
    private static final int MAX_WORDS = 12;
    private static final int ID_BOOST = 1_000;
    private static final Pattern PART = Pattern.compile("(-)?\"([^\"]*)\"?|(\\S+)");
    private static final Pattern CONCEPT_ID = Pattern.compile("[cC]?#?(\\d{1,9})");

    /** Nothing was typed. */
    static final TextQuery NOTHING = new TextQuery("", null);

    private final String text;
    private final List<Wanted> wanted = new ArrayList<>();
    private final List<Wanted> unwanted = new ArrayList<>();
    private final OptionalInt id;
    private final Misspelt misspelt;

    /**
     * Words to stand side by side, or one word.
     *
     * @param near null where none counts as near
     */
    private record Wanted(List<String> words, List<String> stems, boolean quoted, Misspelt.Near near) {
        boolean phrase() {
            return quoted || words.size() > 1;
        }
    }

    TextQuery(String typed, Misspelt misspelt) {
        this.misspelt = misspelt;
        text = typed.codePointCount(0, typed.length()) <= MAX_LENGTH
                ? typed
                : typed.substring(0, typed.offsetByCodePoints(0, MAX_LENGTH));
        Matcher number = CONCEPT_ID.matcher(text.strip());
        id = number.matches() ? OptionalInt.of(Integer.parseInt(number.group(1))) : OptionalInt.empty();
        Matcher part = PART.matcher(text);
        while (part.find() && wanted.size() + unwanted.size() < MAX_WORDS) {
            String word = part.group(3);
            if (word == null) {
                add(part.group(2), true, part.group(1) != null);
            } else {
                boolean not = refuses(word);
                add(not ? word.substring(1) : word, false, not);
            }
        }
    }

    /** What is typed but for what it refuses: a vector of words and refused words would lie near both. */
    static String withoutRefused(String typed) {
        return PART.matcher(typed)
                .results()
                .filter(part -> part.group(1) == null && (part.group(3) == null || !refuses(part.group(3))))
                .map(part -> part.group(3) == null ? part.group(2) : part.group(3))
                .collect(Collectors.joining(" "))
                .strip();
    }

    private static boolean refuses(String word) {
        return word.length() > 1 && word.charAt(0) == '-';
    }

    boolean isEmpty() {
        return wanted.isEmpty() && unwanted.isEmpty() && id.isEmpty();
    }

    /** Whether labels may match without these very words: not where an id is asked for, or only words side by side. */
    boolean isLoose() {
        return id.isEmpty() && wanted.stream().anyMatch(w -> !w.quoted);
    }

    /** What must hold of a label that matches by its meaning: phrases in quotes stand in it, refused words do not. */
    Query demands() {
        if (unwanted.isEmpty() && wanted.stream().noneMatch(w -> w.quoted)) {
            return MatchAllDocsQuery.INSTANCE;
        }
        BooleanQuery.Builder demands = new BooleanQuery.Builder().add(MatchAllDocsQuery.INSTANCE, Occur.FILTER);
        wanted.stream().filter(w -> w.quoted).forEach(w -> demands.add(query(w), Occur.FILTER));
        unwanted.forEach(w -> demands.add(phrase(Fields.STEMS, w.stems), Occur.MUST_NOT));
        return demands.build();
    }

    /** Another word for one; nothing where it stays. */
    interface Respelling {
        Optional<String> of(String word) throws IOException;
    }

    /** What was typed, with other words in place of those that are no part of a phrase and not refused; nothing if none is. */
    Optional<String> respelt(Respelling respelling) throws IOException {
        StringBuilder respelt = new StringBuilder();
        int copied = 0;
        Matcher part = PART.matcher(text);
        for (int n = 0; n < MAX_WORDS && part.find(); ) {
            List<LabelText.Word> words = LabelText.words(LabelText.WORDS, part.group());
            if (!words.isEmpty()) n++;
            if (part.group(3) == null || refuses(part.group()) || words.size() != 1) continue;
            LabelText.Word word = words.getFirst();
            Optional<String> other = respelling.of(word.text());
            if (other.isEmpty()) continue;
            respelt.append(text, copied, part.start() + word.start()).append(other.get());
            copied = part.start() + word.end();
        }
        if (copied == 0) return Optional.empty();
        return Optional.of(respelt.append(text, copied, text.length()).toString());
    }

    /** Whether some label has a word that begins so, or that has the same stem. */
    static boolean known(LeafReader reader, String word) throws IOException {
        String stem = LabelText.words(LabelText.STEMS, word).getFirst().text();
        if (reader.docFreq(new Term(Fields.STEMS, stem)) > 0) {
            return true;
        }
        Terms terms = reader.terms(Fields.WORDS);
        TermsEnum words = terms == null ? TermsEnum.EMPTY : terms.iterator();
        BytesRef start = new BytesRef(word);
        return words.seekCeil(start) != TermsEnum.SeekStatus.END && StringHelper.startsWith(words.term(), start);
    }

    /** Every wanted word must match. */
    Query query() {
        BooleanQuery.Builder words = new BooleanQuery.Builder();
        wanted.forEach(w -> words.add(query(w), Occur.MUST));
        unwanted.forEach(w -> words.add(phrase(Fields.STEMS, w.stems), Occur.MUST_NOT));
        if (wanted.isEmpty()) {
            words.add(MatchAllDocsQuery.INSTANCE, Occur.MUST);
        }
        if (id.isEmpty()) {
            return words.build();
        }
        Query byId = new BoostQuery(new ConstantScoreQuery(IntPoint.newExactQuery(Fields.ID, id.getAsInt())), ID_BOOST);
        return new BooleanQuery.Builder()
                .add(byId, Occur.SHOULD)
                .add(words.build(), Occur.SHOULD)
                .build();
    }

    /** Where the wanted words stand in a label, in order and without overlap. */
    List<Span> highlights(String label) {
        if (wanted.isEmpty()) {
            return List.of();
        }
        List<LabelText.Word> words = LabelText.words(LabelText.WORDS, label);
        List<LabelText.Word> stems = LabelText.words(LabelText.STEMS, label);
        boolean[] hit = new boolean[words.size()];
        for (Wanted w : wanted) {
            for (int i = 0; i + w.words.size() <= words.size(); i++) {
                if (w.phrase()
                        ? phraseAt(w, stems, i)
                        : matches(w, words.get(i).text(), stems.get(i).text())) {
                    Arrays.fill(hit, i, i + w.words.size(), true);
                }
            }
        }
        List<Span> spans = new ArrayList<>();
        for (int i = 0; i < hit.length; i++) {
            if (hit[i]) {
                spans.add(new Span(words.get(i).start(), words.get(i).end()));
            }
        }
        return spans;
    }

    private void add(String text, boolean quoted, boolean not) {
        List<String> words = LabelText.words(LabelText.WORDS, text).stream()
                .map(LabelText.Word::text)
                .limit(MAX_WORDS)
                .toList();
        List<String> stems = LabelText.words(LabelText.STEMS, text).stream()
                .map(LabelText.Word::text)
                .limit(MAX_WORDS)
                .toList();
        if (words.isEmpty()) {
            return;
        }
        boolean single = words.size() == 1 && !quoted && !not;
        (not ? unwanted : wanted).add(new Wanted(words, stems, quoted, single ? misspelt.of(words.getFirst()) : null));
    }

    private static Query query(Wanted w) {
        if (w.phrase()) {
            return phrase(Fields.STEMS, w.stems);
        }
        String word = w.words.getFirst();
        List<Query> ways = new ArrayList<>();
        ways.add(new BoostQuery(new TermQuery(new Term(Fields.WORDS, word)), 4));
        ways.add(new BoostQuery(new TermQuery(new Term(Fields.HEAD, word)), 4));
        ways.add(new BoostQuery(new TermQuery(new Term(Fields.STEMS, w.stems.getFirst())), 2));
        ways.add(new PrefixQuery(new Term(Fields.WORDS, word)));
        ways.add(new PrefixQuery(new Term(Fields.HEAD, word)));
        if (w.near != null) {
            ways.add(new BoostQuery(w.near.words(), 0.25f));
            ways.add(new BoostQuery(w.near.heads(), 0.25f));
        }
        // a word that a label begins with counts for more than one among its examples
        return new DisjunctionMaxQuery(ways, 0.5f);
    }

    private static Query phrase(String field, List<String> words) {
        return words.size() == 1
                ? new TermQuery(new Term(field, words.getFirst()))
                : new PhraseQuery(field, words.toArray(String[]::new));
    }

    private static boolean phraseAt(Wanted w, List<LabelText.Word> stems, int at) {
        for (int i = 0; i < w.stems.size(); i++) {
            if (!w.stems.get(i).equals(stems.get(at + i).text())) {
                return false;
            }
        }
        return true;
    }

    private static boolean matches(Wanted w, String word, String stem) {
        if (word.startsWith(w.words.getFirst()) || stem.equals(w.stems.getFirst())) {
            return true;
        }
        return w.near != null && w.near.has(word);
    }
}
