package org.gapexplorer.explorer.view;

/** Classes of the ten colours that stand behind numbers, from little to much. */
final class Tint {
    private static final int COLOURS = 10;
    /** Coverage is coloured from 0.01 to 100, in equal steps of its logarithm. */
    private static final double LOWEST = -2;

    private static final double HIGHEST = 2;

    private Tint() {}

    /** @param chi above 0 */
    static String coverage(double chi) {
        return colour((Math.log10(chi) - LOWEST) / (HIGHEST - LOWEST));
    }

    /** @param score 0 to 1 */
    static String score(double score) {
        return colour(score);
    }

    private static String colour(double share) {
        return "s" + Math.clamp((int) Math.floor(share * COLOURS), 0, COLOURS - 1);
    }
}
