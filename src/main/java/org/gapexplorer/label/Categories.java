package org.gapexplorer.label;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.gapexplorer.label.Evidence.Raised;
import org.gapexplorer.method.FalseDiscovery;

/** Finds the WordNet categories that the words of a concept share. Safe for many threads. */
final class Categories {
    private static final double Q = 0.01;
    /** A category must hold at least so many of the raised words, and this share of the mass. */
    private static final int LEAST_WORDS = 3;

    private static final double LEAST_COVER = 0.3;
    private static final double LEAST_LIFT = 3;
    /** Words looked at, of those with the largest share of the mass; the cover of a category is never overstated by this. */
    private static final int MOST_WORDS = 300;

    private final Words words;
    private final CategoryNames names;
    /** Per category: occurrences and words of the corpus that belong to it. */
    private final long[] occurrences;

    private final int[] types;
    private long knownOccurrences;
    private int knownTypes;
    private final double[] logFactorial;

    Categories(Words words, CategoryNames names, Taxonomy taxonomy, int[] counts) {
        this.words = words;
        this.names = names;
        occurrences = new long[taxonomy.size()];
        types = new int[taxonomy.size()];
        for (int w = 0; w < counts.length; w++) {
            if (words.isKnown(w) && counts[w] > 0) {
                knownOccurrences += counts[w];
                knownTypes++;
                for (int c : words.categories(w)) {
                    occurrences[c] += counts[w];
                    types[c]++;
                }
            }
        }
        logFactorial = new double[knownTypes + 2];
        for (int i = 2; i < logFactorial.length; i++) {
            logFactorial[i] = logFactorial[i - 1] + Math.log(i);
        }
    }

    /**
     * A category that a concept's words share.
     *
     * @param synset its number
     * @param cover share of the concept's mass on known words that it holds
     * @param lift that share over its share of the corpus
     * @param gain the information it gives: Kullback-Leibler divergence, in nats, of (cover, 1 - cover) from the base rate
     * @param examples the words of the concept that belong to it, largest share of the mass first
     */
    record Shared(int synset, double cover, double lift, double gain, List<Raised> examples) {}

    /**
     * The shared categories, most informative first. A category is kept if more of the raised words belong to it than chance
     * would have (hypergeometric test, Benjamini-Hochberg q < 0.01) and it covers enough of the mass.
     */
    List<Shared> shared(Evidence evidence) {
        double known = 0;
        Map<Integer, Double> cover = new TreeMap<>();
        int counted = 0;
        for (Raised raised : evidence.masses()) {
            known += words.isKnown(raised.id()) ? raised.share() : 0;
            if (words.isKnown(raised.id()) && counted++ < MOST_WORDS) {
                for (int c : words.categories(raised.id())) {
                    cover.merge(c, raised.share(), Double::sum);
                }
            }
        }
        List<Raised> raised = evidence.words().stream()
                .filter(r -> words.isKnown(r.id()))
                .limit(MOST_WORDS)
                .toList();
        Map<Integer, List<Raised>> members = new HashMap<>();
        for (Raised word : raised) {
            for (int c : words.categories(word.id())) {
                members.computeIfAbsent(c, x -> new ArrayList<>()).add(word);
            }
        }
        List<Integer> tested = members.keySet().stream()
                .filter(c -> members.get(c).size() >= 2)
                .sorted()
                .toList();
        double[] p = tested.stream()
                .mapToDouble(c -> tail(members.get(c).size(), raised.size(), types[c]))
                .toArray();
        double[] q = FalseDiscovery.q(p, p.length);
        List<Shared> shared = new ArrayList<>();
        for (int i = 0; i < tested.size(); i++) {
            int c = tested.get(i);
            double share = cover.getOrDefault(c, 0.0) / known;
            double base = (double) occurrences[c] / knownOccurrences;
            boolean holds = q[i] < Q
                    && distinctLemmas(members.get(c)) >= LEAST_WORDS
                    && share * known >= LEAST_COVER
                    && share >= LEAST_LIFT * base
                    && names.isNamed(c);
            if (holds) {
                shared.add(new Shared(c, share, share / base, divergence(share, base), members.get(c)));
            }
        }
        shared.sort(Comparator.comparingDouble(Shared::gain).reversed().thenComparingInt(Shared::synset));
        return shared;
    }

    private long distinctLemmas(List<Raised> members) {
        return members.stream().map(r -> words.lemma(r.id())).distinct().count();
    }

    /** Kullback-Leibler divergence, in nats, of (share, 1 - share) from (base, 1 - base). */
    static double divergence(double share, double base) {
        double rest = share >= 1 ? 0 : (1 - share) * Math.log((1 - share) / (1 - base));
        return share * Math.log(share / base) + rest;
    }

    /** P(at least k of n words drawn without return belong to a category that has K of all N words). */
    private double tail(int k, int n, int ofCategory) {
        double sum = 0;
        for (int i = k; i <= Math.min(n, ofCategory); i++) {
            if (n - i <= knownTypes - ofCategory) {
                sum += Math.exp(choose(ofCategory, i) + choose(knownTypes - ofCategory, n - i) - choose(knownTypes, n));
            }
        }
        return Math.min(1, sum);
    }

    private double choose(int n, int k) {
        return logFactorial[n] - logFactorial[k] - logFactorial[n - k];
    }
}
