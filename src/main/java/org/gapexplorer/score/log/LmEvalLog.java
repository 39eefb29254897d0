package org.gapexplorer.score.log;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gapexplorer.study.Problem;

/**
 * lm-evaluation-harness's {@code --log_samples}: one entry per document and filter. Three generations: up to 0.4.2 one
 * JSON array without hashes; 0.4.3 to 0.4.6 JSON lines that do not name their filter (the filters' blocks follow one
 * another in the order of the results file); later ones name filter and metrics. The results file, given as
 * {@code results}, tells the filters' names and whether a higher value is better.
 *
 * <p>A metric's value is the score; null and NaN are unscored.
 */
final class LmEvalLog implements LogFormat {
    private static final Set<String> NO_METRICS = Set.of(
            "doc_id",
            "doc",
            "target",
            "arguments",
            "resps",
            "filtered_resps",
            "filter",
            "metrics",
            "doc_hash",
            "prompt_hash",
            "target_hash");

    private static final List<String> NAMES = List.of(
            "id", "question_id", "uid", "_id", "task_id", "instance_id", "sample_id", "example_id", "key", "idx");

    private static final Wanted ENTRY = Wanted.except("resps");

    @Override
    public String id() {
        return "lm-eval";
    }

    @Override
    public boolean reads(Glance file) {
        return file.has("doc_id", "doc");
    }

    @Override
    public Set<String> options() {
        return Set.of("metric", "filter");
    }

    @Override
    public List<List<Path>> parts(Map<String, List<Path>> files) {
        var samples = new LinkedHashMap<>(files);
        samples.remove(RESULTS);
        return LogFormat.super.parts(samples);
    }

    @Override
    public void read(LogPart part, Rows rows) {
        var reader = new Reader(part, Results.of(part), rows);
        try (JsonLog log = JsonLog.open(part.place(), part.file())) {
            if (!log.each(ENTRY, reader::entry)) {
                rows.note(part.file().getFileName() + " " + log.cutShort());
            }
        }
        reader.filter.settle();
    }

    private static final class Reader {
        private final LogPart part;
        private final Results results;
        private final Rows rows;
        private final Choice filter;
        private final Map<String, Integer> occurrences = new HashMap<>();
        private String metric;
        private List<String> unnamed;

        Reader(LogPart part, Results results, Rows rows) {
            this.part = part;
            this.results = results;
            this.rows = rows;
            filter = part.choice("filter", part.log().reading().filter());
        }

        void entry(JsonNode entry, String at) {
            if (!entry.has("doc_id")) {
                throw part.problem(at, "has no doc_id", "check that this is a samples file");
            }
            if (metric == null) {
                settleMetric(entry);
            }
            if (!filter.takes(filterOf(entry))) {
                return;
            }
            JsonNode value = entry.get(metric);
            if (value == null) {
                throw part.problem(at, "has no '" + metric + "'", "check that all entries are of one task");
            }
            Double score = Values.score(value);
            if (score == null) {
                throw part.problem(
                        at,
                        "'" + metric + "' is " + value.getNodeType() + ", which the harness adds up over all items",
                        "choose a metric that is a number for every item");
            }
            rows.row(row(entry, score, at));
        }

        private void settleMetric(JsonNode first) {
            var there = new ArrayList<String>();
            if (first.has("metrics")) {
                first.get("metrics").forEach(name -> there.add(name.asText()));
            } else {
                first.fieldNames().forEachRemaining(name -> {
                    if (!NO_METRICS.contains(name)) {
                        there.add(name);
                    }
                });
            }
            if (there.isEmpty()) {
                throw part.problem("", "has no metric", "run the harness without --predict_only");
            }
            metric = part.choice("metric", part.log().reading().metric()).of(there);
            results.requireHigherIsBetter(metric, part);
            unnamed = first.has("filter") ? List.of() : results.filters(metric);
        }

        /** Its name; where the log names none, a document's n-th entry is of the n-th filter. */
        private String filterOf(JsonNode entry) {
            if (entry.has("filter")) {
                return entry.get("filter").asText();
            }
            int before = occurrences.merge(entry.get("doc_id").asText(), 1, Integer::sum) - 1;
            if (unnamed.isEmpty() && before > 0 && part.log().reading().filter() == null) {
                throw part.problem(
                        "doc_id " + entry.get("doc_id").asText(),
                        "stands twice, for filters that a log of this age does not name",
                        "add the results file as files: {results: ...} and say filter:");
            }
            if (unnamed.isEmpty() && part.log().reading().filter() != null) {
                throw part.problem(
                        "",
                        "does not name its filters, as logs before 0.4.7",
                        "add the results file as files: {results: ...}, or leave out filter:");
            }
            return unnamed.isEmpty() ? "" : unnamed.get(Math.min(before, unnamed.size() - 1));
        }

        private LogRow row(JsonNode entry, double score, String at) {
            JsonNode doc = entry.path("doc");
            var ids = new ArrayList<String>();
            for (String name : NAMES) {
                if (Values.text(doc.get(name)) != null) {
                    ids.add(doc.get(name).asText());
                }
            }
            ids.add(entry.get("doc_id").asText());
            List<String> texts = Values.texts(doc);
            JsonNode prompt = entry.path("arguments");
            prompt = prompt.isArray()
                    ? prompt.path(0).path(0)
                    : prompt.path("gen_args_0").path("arg_0");
            if (prompt.isTextual()) {
                texts.add(prompt.asText());
            }
            var hashes = new ArrayList<String>();
            for (String name : List.of("doc_hash", "prompt_hash")) {
                if (entry.path(name).isTextual()) {
                    hashes.add(entry.get(name).asText());
                }
            }
            JsonNode choices = doc.path("choices");
            return new LogRow(
                    ids,
                    hashes,
                    texts,
                    Values.strings(choices.has("text") ? choices.get("text") : choices),
                    "",
                    score,
                    answer(entry.path("filtered_resps")),
                    Double.NaN,
                    at);
        }

        /** The text; for multiple choice the index of the likeliest, where the metric takes that one. */
        private String answer(JsonNode responses) {
            if (responses.size() == 1 && responses.get(0).isTextual()) {
                return responses.get(0).asText();
            }
            if (!"acc".equals(metric) || responses.size() < 2) {
                return null;
            }
            int best = -1;
            double highest = Double.NaN;
            for (int i = 0; i < responses.size(); i++) {
                double likelihood = responses.get(i).path(0).asDouble(Double.NaN);
                if (!(likelihood <= highest)) {
                    highest = likelihood;
                    best = i;
                }
            }
            return Double.isNaN(highest) ? null : Integer.toString(best);
        }
    }

    /** What the results file says of the task whose name is in the samples file's; of nothing where there is none. */
    private record Results(JsonNode metrics, JsonNode higherIsBetter) {
        static Results of(LogPart part) {
            List<Path> files = part.named().getOrDefault(RESULTS, List.of());
            if (files.isEmpty()) {
                return new Results(Values.NOTHING, Values.NOTHING);
            }
            if (files.size() > 1) {
                throw new Problem(part.where(), "names " + files.size() + " results files", "make it a log each");
            }
            String where = part.where() + ", " + files.getFirst();
            JsonNode whole = JsonLog.whole(where, files.getFirst(), Wanted.of("results", "higher_is_better"));
            String task =
                    task(where, whole.path("results"), part.file().getFileName().toString());
            return new Results(
                    whole.path("results").path(task),
                    whole.path("higher_is_better").path(task));
        }

        private static String task(String where, JsonNode tasks, String file) {
            var names = new ArrayList<String>();
            tasks.fieldNames().forEachRemaining(names::add);
            String longest = names.size() == 1 ? names.getFirst() : "";
            for (String name : names) {
                if (file.contains(name) && name.length() > longest.length()) {
                    longest = name;
                }
            }
            if (longest.isEmpty()) {
                throw new Problem(
                        where,
                        "has none of its tasks (" + String.join(", ", names) + ") in the name of " + file,
                        "keep the samples file's name, or leave the results file out");
            }
            return longest;
        }

        List<String> filters(String metric) {
            var filters = new ArrayList<String>();
            metrics.fieldNames().forEachRemaining(key -> {
                if (key.startsWith(metric + ",")) {
                    filters.add(key.substring(metric.length() + 1));
                }
            });
            return filters;
        }

        void requireHigherIsBetter(String metric, LogPart part) {
            if (higherIsBetter.path(metric).isBoolean()
                    && !higherIsBetter.get(metric).asBoolean()
                    && !part.log().reading().invert()) {
                throw part.problem(
                        "",
                        "its results file says that a lower '" + metric + "' is better",
                        "add invert: true, and range: [lowest, highest] where it does not run from 0 to 1");
            }
        }
    }
}
