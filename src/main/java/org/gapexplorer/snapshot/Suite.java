package org.gapexplorer.snapshot;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What a suite of benchmarks covers, and what each further benchmark would add. Only live concepts of the kinds asked for
 * are counted.
 *
 * @param benchmarks the chosen ones
 * @param items of all of them
 * @param concepts how many there are to cover
 * @param covered concepts that fire on at least one item of a chosen benchmark
 * @param thin of these, those that fire on fewer than {@code least} items of all chosen benchmarks together
 * @param missing concepts that fire on none
 * @param rarefiedTo items that {@link Part#rarefied} draws; 0 where the run names no common number
 * @param members what each chosen benchmark brings, in their order
 * @param candidates what each other benchmark would add, the one that adds most first
 * @param steps the curve: first the chosen benchmarks, then the others, each time the one that adds most
 * @param rows the missing, or the thin, concepts: those that fire most often in ordinary text first
 */
public record Suite(
        List<String> benchmarks,
        int items,
        int concepts,
        int covered,
        int thin,
        int missing,
        int least,
        int rarefiedTo,
        List<Part> members,
        List<Part> candidates,
        List<Step> steps,
        Page<ConceptRow> rows) {
    public Suite {
        benchmarks = List.copyOf(benchmarks);
        members = List.copyOf(members);
        candidates = List.copyOf(candidates);
        steps = List.copyOf(steps);
    }

    /** The same with the candidates in another order. */
    public Suite with(List<Part> ordered) {
        return new Suite(
                benchmarks, items, concepts, covered, thin, missing, least, rarefiedTo, members, ordered, steps, rows);
    }

    /**
     * A benchmark beside the (other) chosen ones.
     *
     * @param adds concepts present in it and in none of those: what a candidate adds, what is lost without a member
     * @param lifts concepts that it lifts from fewer than {@code least} items to that many
     * @param rarefied {@code adds} expected for {@code rarefiedTo} of its items drawn at random, so that benchmarks of
     *     different sizes compare
     */
    public record Part(String benchmark, int items, int adds, int lifts, OptionalDouble rarefied) {}

    /**
     * The suite after one benchmark more.
     *
     * @param chosen whether it is one of the chosen ones
     * @param adds concepts that were missing until then
     * @param missing concepts that still are
     * @param thin concepts covered by fewer than {@code least} items
     */
    public record Step(String benchmark, boolean chosen, int items, int adds, int missing, int thin) {}
}
