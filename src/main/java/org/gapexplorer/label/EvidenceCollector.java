package org.gapexplorer.label;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.gapexplorer.label.Evidence.Raised;
import org.gapexplorer.method.FalseDiscovery;

/**
 * Finds what raises each concept. Words are tested against the whole corpus; what stands around a firing word is tested
 * against other occurrences of the same words on which the concept does not fire, so that only what adds to the word
 * itself counts. Safe for many threads.
 */
final class EvidenceCollector {
    /** Findings are kept where Benjamini and Hochberg's q is below this ... */
    private static final double Q = 0.01;
    /** ... and the share is raised at least so many times ... */
    private static final double LIFT = 2;
    /** ... with at least so many firing places. */
    private static final int LEAST = 3;
    /** Firing places looked at for their surroundings, spread evenly over the corpus; and as many that do not fire. */
    private static final int SAMPLE = 2_000;
    /** Words on each side that count as near. */
    private static final int REACH = 6;

    private final Corpus corpus;
    private final Firings firings;
    private final Words words;
    private final int[] counts;
    private final int[] wordFrom;
    private final int[] wordPlaces;

    EvidenceCollector(Corpus corpus, Firings firings, Words words) {
        this.words = words;
        this.corpus = corpus;
        this.firings = firings;
        counts = corpus.counts();
        wordFrom = new int[counts.length + 1];
        for (int w = 0; w < counts.length; w++) {
            wordFrom[w + 1] = wordFrom[w] + counts[w];
        }
        int[] next = Arrays.copyOf(wordFrom, counts.length);
        wordPlaces = new int[corpus.places()];
        for (int place = 0; place < corpus.places(); place++) {
            wordPlaces[next[corpus.word(place)]++] = place;
        }
    }

    /** How often a word occurs in the corpus. */
    int count(int word) {
        return word < counts.length ? counts[word] : 0;
    }

    /** The places that fire a concept, with the highest activation of the place's tokens. */
    record Places(int[] place, float[] activation) {
        int size() {
            return place.length;
        }
    }

    static Places places(Corpus corpus, Firings firings, int concept) {
        int n = firings.count(concept);
        int[] place = new int[n];
        float[] activation = new float[n];
        int size = 0;
        for (int i = 0; i < n; i++) {
            int at = corpus.place(firings.token(concept, i));
            float a = firings.activation(concept, i);
            if (size > 0 && place[size - 1] == at) {
                activation[size - 1] = Math.max(activation[size - 1], a);
            } else {
                place[size] = at;
                activation[size++] = a;
            }
        }
        return new Places(Arrays.copyOf(place, size), Arrays.copyOf(activation, size));
    }

    Evidence collect(int concept) {
        Places fired = places(corpus, firings, concept);
        Map<Integer, double[]> byWord = new HashMap<>();
        double mass = 0;
        double first = 0;
        double last = 0;
        for (int i = 0; i < fired.size(); i++) {
            int place = fired.place()[i];
            double a = fired.activation()[i];
            double[] cell = byWord.computeIfAbsent(corpus.word(place), w -> new double[2]);
            cell[0]++;
            cell[1] += a;
            mass += a;
            int text = corpus.text(place);
            first += place == corpus.start(text) ? a : 0;
            last += place == corpus.end(text) - 1 ? a : 0;
        }
        List<Raised> masses = new ArrayList<>();
        for (Map.Entry<Integer, double[]> cell : byWord.entrySet()) {
            int w = cell.getKey();
            double k = cell.getValue()[0];
            double restK = counts[w] - k;
            double restN = corpus.places() - fired.size();
            masses.add(raised(w, k, fired.size(), restK, restN, cell.getValue()[1] / mass));
        }
        masses.sort(Comparator.comparingDouble(Raised::share).reversed().thenComparingInt(Raised::id));
        List<Raised> raisedWords = significant(masses, counts.length);
        Surroundings around = new Surroundings(fired);
        List<Raised> before = around.raised(around.before, around.beforeRest);
        return new Evidence(
                concept,
                fired.size(),
                mass,
                raisedWords,
                masses,
                pieces(concept),
                pieceShare(concept),
                first / mass,
                last / mass,
                before,
                before.isEmpty() ? null : around.secondBefore(before.getFirst().id()),
                around.raised(around.after, around.afterRest),
                around.raised(around.near, around.nearRest),
                around.raised(around.kindBefore, around.kindBeforeRest),
                around.raised(around.kindAfter, around.kindAfterRest));
    }

    private static Raised raised(int id, double k, double n, double restK, double restN, double share) {
        double lift = k / n / ((restK + 0.5) / (restN + 1));
        return new Raised(id, (int) k, share, GTest.signed(k, n, restK, restN), lift);
    }

    /** Those that pass the test, in their order; {@code tested} counts the ones that do not occur, too. */
    private static List<Raised> significant(List<Raised> found, int tested) {
        double[] p = found.stream().mapToDouble(r -> GTest.p(r.g())).toArray();
        double[] q = FalseDiscovery.q(p, Math.max(tested, p.length));
        List<Raised> kept = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            Raised raised = found.get(i);
            if (q[i] < Q && raised.lift() >= LIFT && raised.count() >= LEAST) {
                kept.add(raised);
            }
        }
        return kept;
    }

    private double pieceShare(int concept) {
        double part = 0;
        double all = 0;
        for (int i = 0; i < firings.count(concept); i++) {
            double a = firings.activation(concept, i);
            all += a;
            part += corpus.piece(firings.token(concept, i)) >= 0 ? a : 0;
        }
        return all == 0 ? 0 : part / all;
    }

    private List<Raised> pieces(int concept) {
        Map<Integer, double[]> byPiece = new TreeMap<>();
        double mass = 0;
        for (int i = 0; i < firings.count(concept); i++) {
            int piece = corpus.piece(firings.token(concept, i));
            double a = firings.activation(concept, i);
            mass += a;
            if (piece >= 0) {
                double[] cell = byPiece.computeIfAbsent(piece, x -> new double[2]);
                cell[0]++;
                cell[1] += a;
            }
        }
        double all = mass;
        return byPiece.entrySet().stream()
                .map(e -> new Raised(e.getKey(), (int) e.getValue()[0], e.getValue()[1] / all, 0, 0))
                .filter(r -> r.count() >= LEAST)
                .sorted(Comparator.comparingDouble(Raised::share).reversed().thenComparingInt(Raised::id))
                .limit(8)
                .toList();
    }

    /** What stands around firing places, and around places with the same words that do not fire. */
    private final class Surroundings {
        final Map<Integer, int[]> before = new HashMap<>();
        final Map<Integer, int[]> beforeRest = new HashMap<>();
        final Map<Integer, int[]> after = new HashMap<>();
        final Map<Integer, int[]> afterRest = new HashMap<>();
        final Map<Integer, int[]> near = new HashMap<>();
        final Map<Integer, int[]> nearRest = new HashMap<>();
        final Map<Integer, int[]> kindBefore = new HashMap<>();
        final Map<Integer, int[]> kindBeforeRest = new HashMap<>();
        final Map<Integer, int[]> kindAfter = new HashMap<>();
        final Map<Integer, int[]> kindAfterRest = new HashMap<>();
        final List<Integer> sample = new ArrayList<>();
        int n;
        int rest;

        Surroundings(Places fired) {
            int step = Math.max(1, fired.size() / SAMPLE);
            for (int i = 0; i < fired.size(); i += step) {
                sample.add(fired.place()[i]);
            }
            n = sample.size();
            sample.forEach(place -> {
                count(place, before, after, near);
                addKinds(Context.contentWord(corpus, words, place, -1), kindBefore);
                addKinds(Context.contentWord(corpus, words, place, 1), kindAfter);
            });
            for (int place : others(fired)) {
                rest++;
                count(place, beforeRest, afterRest, nearRest);
                addKinds(Context.contentWord(corpus, words, place, -1), kindBeforeRest);
                addKinds(Context.contentWord(corpus, words, place, 1), kindAfterRest);
            }
        }

        /** For each sampled place another occurrence of its word that does not fire, as far as there are any. */
        private List<Integer> others(Places fired) {
            Map<Integer, Integer> wanted = new TreeMap<>();
            sample.forEach(place -> wanted.merge(corpus.word(place), 1, Integer::sum));
            IntPredicate fires = place -> Arrays.binarySearch(fired.place(), place) >= 0;
            List<Integer> others = new ArrayList<>();
            wanted.forEach((word, number) -> {
                int have = counts[word];
                int step = Math.max(1, have / (2 * number));
                int taken = 0;
                for (int i = 0; i < have && taken < number; i += step) {
                    int place = wordPlaces[wordFrom[word] + i];
                    if (!fires.test(place)) {
                        others.add(place);
                        taken++;
                    }
                }
            });
            return others;
        }

        private void count(int place, Map<Integer, int[]> before, Map<Integer, int[]> after, Map<Integer, int[]> near) {
            int text = corpus.text(place);
            int start = corpus.start(text);
            int end = corpus.end(text);
            if (place > start) {
                add(before, corpus.word(place - 1));
            }
            if (place + 1 < end) {
                add(after, corpus.word(place + 1));
            }
            BitSet seen = new BitSet();
            for (int p = Math.max(start, place - REACH); p < Math.min(end, place + REACH + 1); p++) {
                int w = corpus.word(p);
                if (w != corpus.word(place) && words.isContent(w) && !seen.get(w)) {
                    seen.set(w);
                    add(near, w);
                }
            }
        }

        private void addKinds(int word, Map<Integer, int[]> cells) {
            if (word >= 0) {
                for (int category : words.categories(word)) {
                    add(cells, category);
                }
            }
        }

        private void add(Map<Integer, int[]> cells, int word) {
            cells.computeIfAbsent(word, w -> new int[1])[0]++;
        }

        List<Raised> raised(Map<Integer, int[]> fires, Map<Integer, int[]> silent) {
            if (rest < 20) {
                return List.of();
            }
            List<Raised> all = new ArrayList<>();
            fires.forEach((word, k) -> {
                int restK = silent.getOrDefault(word, new int[1])[0];
                all.add(EvidenceCollector.raised(word, k[0], n, restK, rest, (double) k[0] / n));
            });
            all.sort(Comparator.comparingDouble(Raised::g).reversed().thenComparingInt(Raised::id));
            return significant(all, all.size()).stream().limit(12).toList();
        }

        /** The word before a given word before a firing place, where one of them leads in at least half of the cases. */
        String secondBefore(int previous) {
            Map<Integer, Integer> seconds = new TreeMap<>();
            int cases = 0;
            for (int place : sample) {
                int start = corpus.start(corpus.text(place));
                if (place - 1 >= start && corpus.word(place - 1) == previous) {
                    cases++;
                    if (place - 2 >= start) {
                        seconds.merge(corpus.word(place - 2), 1, Integer::sum);
                    }
                }
            }
            int half = (cases + 1) / 2;
            return seconds.entrySet().stream()
                    .filter(e -> e.getValue() >= Math.max(3, half))
                    .map(e -> corpus.lexicon().word(e.getKey()))
                    .findFirst()
                    .orElse(null);
        }
    }
}
