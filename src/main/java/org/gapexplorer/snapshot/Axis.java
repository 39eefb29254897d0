package org.gapexplorer.snapshot;

/**
 * One number of every concept, to be held against another.
 *
 * @param model of a score or a gap; null for coverage
 * @param benchmark null for the suite (coverage) and for the mean over benchmarks (score, gap)
 */
public record Axis(Kind kind, String model, String benchmark) {
    public enum Kind {
        COVERAGE,
        SCORE,
        GAP
    }

    public static Axis coverage(String benchmark) {
        return new Axis(Kind.COVERAGE, null, benchmark);
    }

    public static Axis score(String model, String benchmark) {
        return new Axis(Kind.SCORE, model, benchmark);
    }

    public static Axis gap(String model, String benchmark) {
        return new Axis(Kind.GAP, model, benchmark);
    }
}
