package org.gapexplorer.score.log;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Every Eval Ever's instance-level lines. The score is {@code evaluation.score}; {@code metric: is_correct} takes that
 * field instead. {@code filter} names the evaluation where a file holds several (by {@code evaluation_result_id},
 * {@code evaluation_name} where there is none). Scores go from 0 to 1 or are refused.
 */
final class EveryEvalLog implements LogFormat {
    private static final Wanted ENTRY = Wanted.of(
            "evaluation_name",
            "evaluation_result_id",
            "model_id",
            "sample_id",
            "sample_hash",
            "input",
            "answer_attribution.extracted_value",
            "evaluation.score",
            "evaluation.is_correct");

    @Override
    public String id() {
        return "every-eval-ever";
    }

    @Override
    public boolean reads(Glance file) {
        return file.kind() == Glance.Kind.OBJECTS && file.has("schema_version", "sample_id");
    }

    @Override
    public Set<String> options() {
        return Set.of("metric", "filter");
    }

    @Override
    public void read(LogPart part, Rows rows) {
        String wanted = part.log().reading().metric();
        String metric = part.choice("metric", wanted == null ? "score" : wanted).of(List.of("score", "is_correct"));
        Choice evaluation = part.choice("filter", part.log().reading().filter());
        String[] model = new String[1];
        try (JsonLog log = JsonLog.open(part.place(), part.file())) {
            boolean whole = log.each(ENTRY, (entry, at) -> {
                String name = Values.text(entry.get("evaluation_result_id"));
                if (evaluation.takes(
                        name == null ? entry.path("evaluation_name").asText() : name)) {
                    requireOneModel(part, model, entry.path("model_id").asText(), at);
                    rows.row(row(part, entry, metric, at));
                }
            });
            if (!whole) {
                rows.note(part.file().getFileName() + " " + log.cutShort());
            }
        }
        evaluation.settle();
    }

    private static void requireOneModel(LogPart part, String[] before, String model, String at) {
        if (before[0] != null && !before[0].equals(model)) {
            throw part.problem(
                    at,
                    "is about '" + model + "', entries before about '" + before[0] + "'",
                    "make it a file per model");
        }
        before[0] = model;
    }

    private static LogRow row(LogPart part, JsonNode entry, String metric, String at) {
        Double score = Values.score(entry.path("evaluation").path(metric));
        if (score == null || !entry.path("sample_id").isValueNode()) {
            throw part.problem(
                    at,
                    score == null ? "evaluation." + metric + " is no number" : "has no sample_id",
                    "check the file against the schema");
        }
        JsonNode input = entry.path("input");
        var texts = new ArrayList<String>();
        for (String name : List.of("raw", "formatted")) {
            if (input.path(name).isTextual()) {
                texts.add(input.get(name).asText());
            }
        }
        String hash = Values.text(entry.get("sample_hash"));
        JsonNode attributions = entry.path("answer_attribution");
        return new LogRow(
                List.of(entry.get("sample_id").asText()),
                hash == null ? List.of() : List.of(hash),
                texts,
                Values.strings(input.path("choices")),
                "",
                score,
                Values.text(attributions.path(attributions.size() - 1).get("extracted_value")),
                Double.NaN,
                at);
    }
}
