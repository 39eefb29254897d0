package org.gapexplorer.snapshot;

/** Names of the index fields. Benchmarks and models stand in them by number, since their ids are anybody's text. */
final class Fields {
    static final String ID = "id";
    /** Stemmed words of the label. */
    static final String STEMS = "stems";
    /** The label's words as they are written, without case and accents. */
    static final String WORDS = "words";
    /** The words that a label begins with ({@link LabelText#head}). */
    static final String HEAD = "head";
    /** What the label means, as a vector. */
    static final String MEANING = "meaning";

    static final String LABEL = "label";
    static final String LABEL_ORDER = "label.order";
    static final String KIND = "kind";
    static final String QUALITY = "quality";
    static final String DENSITY = "density";
    static final String FAMILY = "family";
    static final String LIVE = "live";
    /** In how many benchmarks the concept is present. */
    static final String BENCHMARKS = "benchmarks";

    static final String FIRINGS = "firings";
    static final String DETAILS = "details";

    static final String KEY = "key";
    static final String PROFILE = "profile";
    static final String PROFILE_LENGTH = "profile.length";
    static final String SHADES = "shades";

    /** In place of a benchmark's number. */
    static final int OVERALL = -1;
    /** In place of a benchmark's number, of performance only. */
    static final int POOLED = -2;

    private Fields() {}

    /** The columns of a coverage row. */
    enum CoverageColumn {
        MASS,
        CHI,
        SUPPORT,
        STATUS;

        String of(int benchmark) {
            return "coverage." + name() + "." + benchmark;
        }
    }

    /** The columns of a performance row. */
    enum PerformanceColumn {
        CHI,
        LOW,
        HIGH,
        SHRUNK,
        GAP,
        Q,
        SUPPORT,
        EFFECTIVE_SUPPORT;

        String of(int model, int benchmark) {
            return "performance." + name() + "." + model + "." + benchmark;
        }
    }

    /** In how many benchmarks the model has a value for the concept. */
    static String benchmarksOf(int model) {
        return "benchmarks." + model;
    }

    static String score(int model) {
        return "score." + model;
    }

    static String margin(int model) {
        return "margin." + model;
    }
}
