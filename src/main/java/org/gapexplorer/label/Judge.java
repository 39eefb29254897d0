package org.gapexplorer.label;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.gapexplorer.label.Claim.Head;

/** Chooses among a concept's candidate labels and measures the chosen one. Safe for many threads. */
final class Judge {
    /** Contexts of each sort that each half must have. */
    private static final int LEAST = 8;
    /** A less plain label must be better by this much on the choosing half to be taken. */
    private static final double PLAINER = 0.02;
    /** Words whose mean cosine is above this are alike. */
    private static final double ALIKE = 0.42;

    private final Words words;
    private final CategoryNames names;
    private final Likeness likeness;

    Judge(Words words, CategoryNames names, Likeness likeness) {
        this.words = words;
        this.names = names;
        this.likeness = likeness;
    }

    /**
     * The chosen label.
     *
     * @param quality AUC on the measuring half; NaN where there are too few contexts
     * @param contexts how many those are
     */
    record Verdict(Claim claim, double quality, int contexts) {}

    /** Chooses among claims, the plainest first. */
    Verdict choose(List<Claim> claims, HeldOut.Halves halves) {
        List<Claim> candidates = claims.stream().map(this::asLike).toList();
        Claim best = candidates.getFirst();
        if (halves.choosing().isEnough(LEAST)) {
            Trial choosing = new Trial(halves.choosing());
            double most = choosing.auc(best.text());
            Set<String> seen = new HashSet<>(Set.of(best.text()));
            for (Claim claim : candidates) {
                if (seen.add(claim.text())) {
                    double auc = choosing.auc(claim.text());
                    if (auc > most + PLAINER) {
                        most = auc;
                        best = claim;
                    }
                }
            }
        }
        if (!halves.measuring().isEnough(LEAST)) {
            return new Verdict(best, Double.NaN, 0);
        }
        int contexts =
                halves.measuring().firing().size() + halves.measuring().silent().size();
        return new Verdict(best, new Trial(halves.measuring()).auc(best.text()), contexts);
    }

    /** How well a label from elsewhere does, on the same contexts that would measure ours; without a claim. */
    Verdict measure(String label, HeldOut.Halves halves) {
        if (!halves.measuring().isEnough(LEAST)) {
            return new Verdict(null, Double.NaN, 0);
        }
        int contexts =
                halves.measuring().firing().size() + halves.measuring().silent().size();
        return new Verdict(null, new Trial(halves.measuring()).auc(label), contexts);
    }

    /** A list of words that are alike is named after its first. */
    private Claim asLike(Claim claim) {
        if (claim.head() != Head.LIST
                || claim.examples().size() < 3
                || FunctionWords.has(claim.examples().getFirst().toLowerCase(Locale.ROOT))) {
            return claim;
        }
        List<Integer> ids = claim.examples().stream()
                .map(words.lexicon()::id)
                .filter(id -> id >= 0)
                .toList();
        if (likeness.coherence(ids) < ALIKE) {
            return claim;
        }
        List<String> rest = claim.examples().subList(1, claim.examples().size());
        return new Claim(Head.LIKE, claim.examples().getFirst(), claim.after(), claim.before(), claim.near(), rest);
    }

    /** Contexts with their subjects, which do not depend on the label. */
    private final class Trial {
        private final HeldOut.Trial contexts;
        private final float[][] firing;
        private final float[][] silent;

        Trial(HeldOut.Trial contexts) {
            this.contexts = contexts;
            firing = topics(contexts.firing());
            silent = topics(contexts.silent());
        }

        private float[][] topics(List<Context> some) {
            return some.stream()
                    .map(c -> LabelReader.topic(c.words(), likeness))
                    .toArray(float[][]::new);
        }

        double auc(String label) {
            LabelReader reader = new LabelReader(label, words, names, likeness);
            return Auc.of(scores(reader, contexts.firing(), firing), scores(reader, contexts.silent(), silent));
        }

        private double[] scores(LabelReader reader, List<Context> some, float[][] topics) {
            double[] scores = new double[some.size()];
            for (int i = 0; i < scores.length; i++) {
                scores[i] = reader.score(some.get(i), topics[i]);
            }
            return scores;
        }
    }
}
