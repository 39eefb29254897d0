package org.gapexplorer.snapshot;

import java.util.List;
import java.util.Set;
import org.gapexplorer.method.Correlation;

/**
 * Two numbers held against each other over the live concepts that have both.
 *
 * @param points the best supported of them, most supported first
 * @param pearson of all of them, on the values
 * @param spearman of all of them, on their ranks
 */
public record Relation(Axis x, Axis y, Correlation pearson, Correlation spearman, List<Point> points) {
    public Relation {
        points = List.copyOf(points);
    }

    /**
     * @param support items behind it: the fewer of the two sides'
     */
    public record Point(int concept, String label, LabelKind kind, double x, double y, int support) {}

    /**
     * Which concepts count. A coverage counts where the concept fires on enough items of the suite, so that one missing from
     * a single benchmark keeps its 0; a score or gap, where it fires on enough of the scored items behind it.
     *
     * @param minSupport how many is enough
     * @param kinds of label; empty for any
     */
    public record Filter(int minSupport, Set<LabelKind> kinds) {
        public Filter {
            kinds = Set.copyOf(kinds);
        }
    }

    /**
     * Spearman's correlation of every two of several numbers.
     *
     * @param spearman one row and one column an axis
     */
    public record Matrix(List<Axis> axes, List<List<Correlation>> spearman) {
        public Matrix {
            axes = List.copyOf(axes);
            spearman = List.copyOf(spearman);
        }
    }
}
