package org.gapexplorer.snapshot;

import java.util.List;

/**
 * What a family is called and where it lies on the map: a row of {@code families.json}.
 *
 * @param words that its labels share and few others hold
 * @param x centre of its live concepts, 0 to 1; NaN without one
 * @param y likewise, downwards
 */
record FamilyFacts(int family, String name, List<String> words, double x, double y) {
    FamilyFacts {
        words = List.copyOf(words);
    }
}
