package org.gapexplorer.run;

import java.nio.file.Path;
import java.util.List;

/**
 * Where each table of a run lies, and what a row of it is. The files are a contract: pandas, Polars, DuckDB and R open
 * them. {@code docs/formats.md} describes every column.
 *
 * @param path the folder
 */
public record RunFolder(Path path) {
    /** Stands for the whole suite in {@link Coverage#benchmark} and for the plain mean in {@link Performance}. */
    public static final String ALL = "*";
    /** Stands for the pooled variant (one sum over all datapoints) in {@link Performance#benchmark}. */
    public static final String POOLED = "**";

    public static final Table<BenchmarkFacts> BENCHMARKS = Table.of(BenchmarkFacts.class);
    public static final Table<Item> DATAPOINTS = Table.of(Item.class);
    public static final Table<Saliency> SALIENCY = Table.of(Saliency.class);
    public static final Table<Score> SCORES = Table.of(Score.class);
    public static final Table<Spread> SPREADS = Table.of(Spread.class);
    public static final Table<LogMatch> LOGS = Table.of(LogMatch.class);
    public static final Table<ModelFacts> MODELS = Table.of(ModelFacts.class);
    public static final Table<Concept> CONCEPTS = Table.of(Concept.class);
    public static final Table<Coverage> COVERAGE = Table.of(Coverage.class);
    public static final Table<Performance> PERFORMANCE = Table.of(Performance.class);
    public static final Table<Overlap> OVERLAP = Table.of(Overlap.class);
    public static final Table<Example> EXAMPLES = Table.of(Example.class);

    public Path provenance() {
        return path.resolve("run.json");
    }

    public Path benchmarks() {
        return path.resolve("benchmarks.parquet");
    }

    public Path datapoints() {
        return path.resolve("datapoints.parquet");
    }

    /** The folder of the saliency parts. */
    public Path saliency() {
        return path.resolve("saliency");
    }

    /** Where processes on many machines put saliency parts before they are merged. */
    public Path shards() {
        return path.resolve("shards");
    }

    /** All saliency parts, as a glob for {@link Table#read}. */
    public Path saliencyParts() {
        return saliency().resolve("part-*.parquet");
    }

    public Path scores() {
        return path.resolve("scores.parquet");
    }

    /** How far repeated runs of a model disagree on an item. */
    public Path spreads() {
        return path.resolve("spreads.parquet");
    }

    /** What matched between score logs and benchmarks. */
    public Path logs() {
        return path.resolve("logs.parquet");
    }

    public Path models() {
        return path.resolve("models.parquet");
    }

    public Path concepts() {
        return path.resolve("concepts.parquet");
    }

    public Path coverage() {
        return path.resolve("coverage.parquet");
    }

    public Path performance() {
        return path.resolve("performance.parquet");
    }

    public Path overlap() {
        return path.resolve("overlap.parquet");
    }

    /** The lens itself, to read other texts with; absent where its model is large. */
    public Path lens() {
        return path.resolve("lens");
    }

    public Path examples() {
        return path.resolve("examples.parquet");
    }

    /**
     * @param kind suite, reference or traffic
     * @param visibility public or ids-only
     * @param chance expected score of guessing, NaN where none is stated
     * @param n number of datapoints
     * @param missingLive share in [0,1] of the live concepts that no datapoint fires
     * @param missingAll the same share of all the dictionary's concepts
     * @param missingRarefied expected missing share (of live) in {@code rarefiedTo} datapoints drawn at random
     * @param rarefiedTo number of datapoints the benchmarks are compared at
     * @param canary words by which training data that holds the benchmark is known; null for none
     */
    public record BenchmarkFacts(
            String benchmark,
            String title,
            String scope,
            String licence,
            String citation,
            String kind,
            String visibility,
            double chance,
            int n,
            double missingLive,
            double missingAll,
            double missingRarefied,
            int rarefiedTo,
            @Table.Later String canary) {}

    /**
     * A datapoint.
     *
     * @param ordinal place within the benchmark, from 0
     * @param question the item's own text without template and choices
     * @param prompt the text the lens reads: template, question, choices
     * @param own the item's own text within the prompt: start0, end0, start1, end1, ... in UTF-16 units
     * @param choices null where there are none
     * @param answer index of the right choice, null where there is none
     * @param tokens T(x), the tokens that count
     * @param truncated whether the prompt was longer than the lens reads
     */
    public record Item(
            String benchmark,
            String item,
            int ordinal,
            String question,
            String prompt,
            int[] own,
            List<String> choices,
            Integer answer,
            String category,
            int tokens,
            boolean truncated) {}

    /**
     * Where a concept fires in a datapoint.
     *
     * @param saliency mean activation over the tokens that count, &gt; 0
     * @param peak highest activation on one token
     * @param peakToken index of that token among the prompt's tokens, special ones included
     */
    public record Saliency(String benchmark, String item, int concept, float saliency, float peak, int peakToken) {}

    /**
     * @param score in [0,1], NaN where unscored
     * @param answer what the model answered, null if unknown
     * @param margin how clearly (similarity of the choice taken minus the best other), NaN if unknown
     */
    public record Score(String benchmark, String item, String model, double score, String answer, double margin) {}

    /**
     * How far repeated runs disagree, where an item has at least two that are scored; {@link Score#score} is their mean.
     *
     * @param runs how many
     * @param deviation their scores' sample standard deviation
     */
    public record Spread(String benchmark, String item, String model, int runs, double deviation) {}

    /**
     * How well a score log and a benchmark fit together.
     *
     * @param format who wrote the log
     * @param items items of the benchmark
     * @param entries entries of the log
     * @param scored items the log has a score for
     * @param unscored items the log names without one
     * @param absent items the log does not name
     * @param byId entries matched by id; byHash, byText: by hash, by text
     * @param unknown entries that match no item, or several; they are left out
     * @param ambiguous those of them that match several
     * @param duplicates entries that repeat another of the same run
     * @param runs the most runs of one item
     * @param mean mean over the scored items
     * @param strangers the first entries that match no item
     * @param notes what else to know, such as that a file is cut short
     */
    public record LogMatch(
            String model,
            String benchmark,
            String format,
            int items,
            int entries,
            int scored,
            int unscored,
            int absent,
            int byId,
            int byHash,
            int byText,
            int unknown,
            int ambiguous,
            int duplicates,
            int runs,
            double mean,
            List<String> strangers,
            List<String> notes) {

        /** All of it that is not as one would hope, in a sentence. */
        @Override
        public String toString() {
            var text = new StringBuilder("%,d of %,d items scored, %,d unscored, %,d not in the log; "
                    .formatted(scored, items, unscored, absent));
            text.append("%,d entries matched by id, %,d by hash, %,d by text".formatted(byId, byHash, byText));
            text.append("; %,d entries match no item".formatted(unknown));
            if (unknown > 0) {
                text.append(" (")
                        .append(String.join(", ", strangers))
                        .append(strangers.size() < unknown ? ", …)" : ")");
            }
            if (ambiguous > 0) {
                text.append(", %,d of them several".formatted(ambiguous));
            }
            if (duplicates > 0) {
                text.append("; %,d repeat another".formatted(duplicates));
            }
            if (runs > 1) {
                text.append("; up to %,d runs of an item, averaged".formatted(runs));
            }
            notes.forEach(note -> text.append("; ").append(note));
            return text.toString();
        }
    }

    /**
     * A model's plain score on a benchmark.
     *
     * @param scored number of scored datapoints
     * @param mean mean score over them; low, high: its 95 % interval
     */
    public record ModelFacts(
            String model,
            String title,
            String licence,
            String benchmark,
            int scored,
            double mean,
            double low,
            double high) {}

    /**
     * @param labelSource where the label comes from
     * @param labelQuality AUC of the label text on held-out contexts, NaN where not measured
     * @param labelKind meaning, syntax, piece, unclear or dead
     * @param density share of the label corpus's tokens that fire the concept, NaN where not measured
     * @param family number of its family, -1 for none
     * @param x place on the map in [0,1]; y likewise
     * @param similar most similar concepts by decoder cosine, best first; similarCosine: the cosines
     * @param histogram counts of token activations per bin; histogramEdges: one more edge than bins
     * @param live whether it fires anywhere in the study
     */
    public record Concept(
            int concept,
            String label,
            String labelSource,
            double labelQuality,
            String labelKind,
            double density,
            int family,
            double x,
            double y,
            int[] similar,
            double[] similarCosine,
            int[] histogram,
            double[] histogramEdges,
            boolean live) {}

    /**
     * @param mass S_b(c); chi: S_b(c) over the dictionary's mean; support: datapoints with saliency &gt; 0
     * @param status missing, under, present or over
     */
    public record Coverage(String benchmark, int concept, double mass, double chi, int support, String status) {}

    /**
     * Only where chi is defined.
     *
     * @param chi saliency-weighted mean score; low, high: its 95 % interval
     * @param shrunk chi drawn towards the benchmark's mean where support is thin
     * @param gap chi minus the model's mean score on the benchmark
     * @param q false-discovery rate, NaN where the concept was not listed
     * @param effectiveSupport (sum s)^2 / sum s^2
     */
    public record Performance(
            String model,
            String benchmark,
            int concept,
            double chi,
            double low,
            double high,
            double shrunk,
            double gap,
            double q,
            int support,
            double effectiveSupport) {}

    /** Jaccard index of the concepts present in two benchmarks; rarefied: at a common number of datapoints. */
    public record Overlap(String left, String right, double jaccard, double jaccardRarefied) {}

    /**
     * Where in a prompt a concept fires.
     *
     * @param spans start0, end0, start1, end1, ... in UTF-16 units of the prompt, one pair a token
     * @param activations one a span
     */
    public record Example(String benchmark, String item, int concept, int[] spans, float[] activations) {}
}
