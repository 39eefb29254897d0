package org.gapexplorer.snapshot;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.gapexplorer.run.RunFolder.Concept;

/** Names the families of a run by the labels of their live concepts, and finds their centres on the map. */
final class FamilyNames {
    private static final int WORDS = 3;
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]{3,40}");
    /** Labels are somebody's text: of a very long one, this much is read. */
    private static final int LONGEST = 1_000;

    /** Of the labels; a word in more of them belongs to how labels are put ("words near", "and the like"). */
    private static final double COMMON = 0.02;

    private static final String MEANING = LabelKind.MEANING.word();
    private static final String UNCLEAR = LabelKind.UNCLEAR.word();

    /** In how many labels a word stands. */
    private final Map<String, Integer> labelsWith = new HashMap<>();

    private final int labels;

    private FamilyNames(Collection<Concept> live) {
        live.forEach(c -> words(c).forEach(w -> labelsWith.merge(w, 1, Integer::sum)));
        labels = (int) live.stream().filter(FamilyNames::hasMeaning).count();
    }

    /** @return families with a live concept, by number */
    static List<FamilyFacts> of(List<Concept> concepts) {
        List<Concept> live =
                concepts.stream().filter(c -> c.live() && c.family() >= 0).toList();
        FamilyNames names = new FamilyNames(live);
        return live.stream()
                .collect(Collectors.groupingBy(Concept::family, TreeMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(family -> names.facts(family.getKey(), family.getValue()))
                .toList();
    }

    private FamilyFacts facts(int family, List<Concept> members) {
        Concept telling = members.stream()
                .filter(c -> c.label() != null && !c.label().isBlank())
                .max(Comparator.comparing(FamilyNames::hasMeaning)
                        .thenComparing(c -> !UNCLEAR.equals(c.labelKind()))
                        .thenComparingDouble(c -> Double.isNaN(c.labelQuality()) ? -1 : c.labelQuality())
                        .thenComparing(Concept::concept, Comparator.reverseOrder()))
                .orElse(null);
        String name = telling == null ? "Family " + family : telling.label();
        return new FamilyFacts(
                family,
                name,
                further(members, telling == null ? Set.of() : words(telling)),
                mean(members, Concept::x),
                mean(members, Concept::y));
    }

    /** Words of at least two labels, weighed by how many they stand in and how rare they are among all (tf-idf). */
    private List<String> further(List<Concept> members, Set<String> named) {
        Map<String, Integer> count = new HashMap<>();
        members.forEach(c -> words(c).forEach(w -> count.merge(w, 1, Integer::sum)));
        Comparator<String> telling = Comparator.comparingDouble(w -> -count.get(w) * rarity(w));
        return count.keySet().stream()
                .filter(w -> count.get(w) > 1 && !named.contains(w) && !common(w))
                .sorted(telling.thenComparing(Comparator.naturalOrder()))
                .limit(WORDS)
                .toList();
    }

    private boolean common(String word) {
        return labelsWith.get(word) > Math.max(COMMON * labels, 2);
    }

    private double rarity(String word) {
        return Math.log((double) labels / labelsWith.get(word));
    }

    private static boolean hasMeaning(Concept concept) {
        return MEANING.equals(concept.labelKind());
    }

    /** Of a label with a meaning; the others tell of signs and forms. */
    private static Set<String> words(Concept concept) {
        if (concept.label() == null || !hasMeaning(concept)) {
            return Set.of();
        }
        String label =
                concept.label().substring(0, Math.min(LONGEST, concept.label().length()));
        return WORD.matcher(label.toLowerCase(Locale.ROOT))
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static double mean(List<Concept> members, ToDoubleFunction<Concept> place) {
        return members.stream()
                .mapToDouble(place)
                .filter(v -> !Double.isNaN(v))
                .average()
                .orElse(Double.NaN);
    }
}
