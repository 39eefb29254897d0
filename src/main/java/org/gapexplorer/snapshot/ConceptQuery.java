package org.gapexplorer.snapshot;

import java.util.Set;

/**
 * Which concepts, in what order. Start from {@link #all} and change what matters.
 *
 * @param text what was typed: words, prefixes, misspellings, a "quoted phrase", {@code -word}, an id; never an error
 * @param benchmark the benchmark that {@code status} and {@code minSupport} speak of; null for the suite
 * @param model only concepts for which this model has a value (on {@code benchmark}, or overall); null for any
 * @param statuses any of these; empty for all
 * @param minSupport least number of supporting items: scored ones where a model is given, else the benchmark's
 * @param minBenchmarks least number of benchmarks in which the concept is present (for the model, where one is given)
 * @param kinds any of these; empty for all
 * @param minQuality least label quality; 0 for any, also unmeasured
 * @param family one family; null for any
 * @param meaning what is {@link #lookedFor} ({@code Meaning}'s vector), so that labels near it are found too; null for words alone
 * @param scoresOf models whose performance the rows carry on every benchmark of which they carry coverage, besides {@code model}
 * @param only what the rows carry besides what the query itself speaks of; null for all
 * @param offset rows to leave out, 0 to 10,000
 * @param limit rows to give, 1 to 500
 */
public record ConceptQuery(
        String text,
        String benchmark,
        String model,
        Set<Status> statuses,
        int minSupport,
        int minBenchmarks,
        Set<LabelKind> kinds,
        double minQuality,
        Integer family,
        float[] meaning,
        Set<String> scoresOf,
        Carried only,
        SortKey sort,
        boolean descending,
        int offset,
        int limit) {
    public static final int MAX_OFFSET = 10_000;
    public static final int MAX_LIMIT = 500;

    /** The benchmarks and models that are shown: rows that carry no others are read in a fraction of the time. */
    public record Carried(Set<String> benchmarks, Set<String> models) {
        public Carried {
            benchmarks = Set.copyOf(benchmarks);
            models = Set.copyOf(models);
        }
    }

    public ConceptQuery {
        text = text == null ? "" : text;
        statuses = Set.copyOf(statuses);
        kinds = Set.copyOf(kinds);
        scoresOf = Set.copyOf(scoresOf);
        offset = Math.clamp(offset, 0, MAX_OFFSET);
        limit = Math.clamp(limit, 1, MAX_LIMIT);
    }

    /** Whether the rows carry coverage in a benchmark. */
    boolean carries(String of) {
        return only == null || of.equals(benchmark) || only.benchmarks().contains(of);
    }

    /** Whether the rows carry a model's score on a benchmark ({@link Snapshot#OVERALL} for overall). */
    boolean carries(String of, String on) {
        boolean asked = on.equals(Snapshot.OVERALL) || on.equals(benchmark);
        boolean every = of.equals(model) || scoresOf.contains(of);
        boolean shown = only == null || every || only.models().contains(of);
        return shown && (asked || every && carries(on));
    }

    /** The part of {@code text} that says what is looked for, without the words it refuses; its vector is {@code meaning}. */
    public static String lookedFor(String text) {
        return TextQuery.withoutRefused(text);
    }

    /** Every concept, best match first, fifty at a time. */
    public static Builder all() {
        return new Builder();
    }

    public Builder toBuilder() {
        return all().text(text)
                .benchmark(benchmark)
                .model(model)
                .statuses(statuses)
                .minSupport(minSupport)
                .minBenchmarks(minBenchmarks)
                .kinds(kinds)
                .minQuality(minQuality)
                .family(family)
                .meaning(meaning)
                .scoresOf(scoresOf)
                .only(only)
                .offset(offset)
                .limit(limit)
                .sortedBy(sort, descending);
    }

    /** Collects what matters; the rest stays as in {@link #all}. */
    public static final class Builder {
        private String text = "";
        private String benchmark;
        private String model;
        private Set<Status> statuses = Set.of();
        private int minSupport;
        private int minBenchmarks;
        private Set<LabelKind> kinds = Set.of();
        private double minQuality;
        private Integer family;
        private float[] meaning;
        private Set<String> scoresOf = Set.of();
        private Carried only;
        private SortKey sort = SortKey.of(SortKey.Column.RELEVANCE);
        private boolean descending = true;
        private int offset;
        private int limit = 50;

        private Builder() {}

        public Builder text(String text) {
            this.text = text;
            return this;
        }

        public Builder benchmark(String benchmark) {
            this.benchmark = benchmark;
            return this;
        }

        public Builder model(String model) {
            this.model = model;
            return this;
        }

        public Builder statuses(Set<Status> statuses) {
            this.statuses = statuses;
            return this;
        }

        public Builder minSupport(int minSupport) {
            this.minSupport = minSupport;
            return this;
        }

        public Builder minBenchmarks(int minBenchmarks) {
            this.minBenchmarks = minBenchmarks;
            return this;
        }

        public Builder kinds(Set<LabelKind> kinds) {
            this.kinds = kinds;
            return this;
        }

        public Builder minQuality(double minQuality) {
            this.minQuality = minQuality;
            return this;
        }

        public Builder family(Integer family) {
            this.family = family;
            return this;
        }

        public Builder meaning(float[] vector) {
            meaning = vector;
            return this;
        }

        public Builder scoresOf(Set<String> models) {
            scoresOf = models;
            return this;
        }

        public Builder only(Carried carried) {
            only = carried;
            return this;
        }

        public Builder offset(int offset) {
            this.offset = offset;
            return this;
        }

        public Builder limit(int limit) {
            this.limit = limit;
            return this;
        }

        public Builder sortedBy(SortKey key, boolean fromHighest) {
            sort = key;
            descending = fromHighest;
            return this;
        }

        public ConceptQuery build() {
            return new ConceptQuery(
                    text,
                    benchmark,
                    model,
                    statuses,
                    minSupport,
                    minBenchmarks,
                    kinds,
                    minQuality,
                    family,
                    meaning,
                    scoresOf,
                    only,
                    sort,
                    descending,
                    offset,
                    limit);
        }
    }
}
