package org.gapexplorer.label;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A reader of one label: knows its text and nothing else of the concept, and says of a context how well the label fits it.
 * Knows English as WordNet and a sentence encoder's vectors of single words have it. One thread at a time.
 */
final class LabelReader {
    private static final double MEMBER = 0.75;
    private static final double CLAUSE = 0.6;
    private static final double TOPIC = 0.3;
    private static final double ANY = 0.5;

    private final Words words;
    private final CategoryNames names;
    private final Likeness likeness;
    private final Claim claim;
    private final List<Integer> terms = new ArrayList<>();
    private final List<Integer> near;
    private final List<Integer> categories;
    private final Optional<Shape> shape;
    private final float[] topic;
    private final Map<Integer, Double> centres = new HashMap<>();
    private final Map<Integer, Double> nears = new HashMap<>();

    LabelReader(String label, Words words, CategoryNames names, Likeness likeness) {
        this.words = words;
        this.names = names;
        this.likeness = likeness;
        claim = Claim.read(label);
        boolean named = claim.head() == Claim.Head.WORD || claim.head() == Claim.Head.LIKE;
        if (named) {
            terms.addAll(ids(List.of(claim.name())));
        }
        terms.addAll(ids(claim.examples()));
        near = ids(claim.near());
        categories = claim.head() == Claim.Head.CATEGORY ? names.named(claim.name()) : List.of();
        shape = claim.head() == Claim.Head.CATEGORY ? Shape.named(claim.name()) : Optional.empty();
        if (claim.head() == Claim.Head.CATEGORY && categories.isEmpty() && shape.isEmpty()) {
            // free words: those that can carry a subject name what fires it
            ids(Lexicon.words(claim.name())).stream().filter(words::isContent).forEach(terms::add);
        }
        List<Integer> all = new ArrayList<>(terms);
        all.addAll(near);
        if (shape.isEmpty()) {
            all.addAll(ids(List.of(claim.name().split(" "))));
        }
        topic = mean(all);
    }

    private List<Integer> ids(List<String> some) {
        return some.stream().map(words.lexicon()::id).filter(id -> id >= 0).toList();
    }

    /** How well the label fits: higher is better, without a fixed scale. */
    double score(Context context, float[] contextTopic) {
        int centre = context.words()[context.centre()];
        double score = centres.computeIfAbsent(centre, this::centre);
        if (claim.head() == Claim.Head.FIRST) {
            score = 0.3 * score + (context.first() ? 1 : 0);
        } else if (claim.head() == Claim.Head.LAST) {
            score = 0.3 * score + (context.last() ? 1 : 0);
        }
        if (!claim.after().isEmpty()) {
            score += CLAUSE * (claim.after().stream().anyMatch(a -> stands(a, context, -1)) ? 1 : 0);
        }
        if (!claim.before().isEmpty()) {
            score += CLAUSE * (claim.before().stream().anyMatch(b -> stands(b, context, 1)) ? 1 : 0);
        }
        if (!near.isEmpty()) {
            score += CLAUSE * nearby(context);
        }
        if (topic != null && contextTopic != null) {
            score += TOPIC * Likeness.dot(topic, contextTopic);
        }
        return score;
    }

    private double centre(int word) {
        double best = 0;
        for (int term : terms) {
            best = Math.max(best, likeness.of(term, word));
        }
        String text = words.word(word);
        return switch (claim.head()) {
            case CATEGORY -> Math.max(best, belongs(word, text) ? MEMBER + 0.2 * best : 0);
            case ENDING -> (text.endsWith(claim.name()) ? MEMBER : 0) + 0.25 * best;
            case BEGINNING -> (text.startsWith(claim.name()) ? MEMBER : 0) + 0.25 * best;
            case PIECES -> claim.examples().stream().anyMatch(text::contains) ? 1 : 0;
            case ANY -> claim.examples().isEmpty() ? ANY : 0.5 * best;
            default -> best;
        };
    }

    private boolean belongs(int word, String text) {
        if (shape.isPresent()) {
            return shape.get().has(text);
        }
        return isAmong(categories, word);
    }

    private boolean isAmong(List<Integer> some, int word) {
        int[] has = words.categories(word);
        return some.stream().anyMatch(c -> Arrays.binarySearch(has, c) >= 0);
    }

    /** Whether a word, or two, stand right before (direction -1) or after the marked word. */
    private boolean stands(String phrase, Context context, int direction) {
        if (Claim.categoryOf(phrase) != null) {
            int word = context.contentWord(words, direction);
            return word >= 0 && isAmong(names.named(Claim.categoryOf(phrase)), word);
        }
        String[] parts = phrase.split(" ");
        for (int i = 0; i < parts.length; i++) {
            int at = direction < 0 ? context.centre() - parts.length + i : context.centre() + 1 + i;
            boolean same = at >= 0
                    && at < context.words().length
                    && words.word(context.words()[at]).equalsIgnoreCase(parts[i]);
            if (!same) {
                return false;
            }
        }
        return true;
    }

    /** How many of the words around fit, saturating. */
    private double nearby(Context context) {
        double miss = 1;
        for (int i = 0; i < context.words().length; i++) {
            if (i != context.centre()) {
                miss *= 1 - 0.7 * nears.computeIfAbsent(context.words()[i], this::nearness);
            }
        }
        return 1 - miss;
    }

    private double nearness(int word) {
        double best = 0;
        for (int term : near) {
            best = Math.max(best, likeness.of(term, word));
        }
        return best * best;
    }

    /** The direction of some words' mean vector, or null. */
    private float[] mean(List<Integer> ids) {
        return topic(ids.stream().mapToInt(Integer::intValue).toArray(), likeness);
    }

    /** The direction of the mean vector of the content words among some, or null where there are none. */
    static float[] topic(int[] ids, Likeness likeness) {
        float[] sum = new float[likeness.width()];
        for (int id : ids) {
            float[] vector = likeness.topicVector(id);
            for (int i = 0; vector != null && i < sum.length; i++) {
                sum[i] += vector[i];
            }
        }
        double norm = Math.sqrt(Likeness.dot(sum, sum));
        if (norm == 0) {
            return null;
        }
        for (int i = 0; i < sum.length; i++) {
            sum[i] /= (float) norm;
        }
        return sum;
    }
}
