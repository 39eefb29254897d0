package org.gapexplorer.score.log;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * An Inspect AI log, {@code .json} or {@code .eval} (a zip of one file per sample and epoch). A scorer's letters C, I, P
 * and N are 1, 0, 0.5 and 0, yes and true 1, no and false 0, numbers themselves; of a value with several parts
 * {@code metric} names one, of a list by its place from 0. NaN, and a sample without scores, is unscored. Epochs are runs.
 */
final class InspectLog implements LogFormat {
    private static final Wanted SAMPLE = Wanted.of(
            "id", "epoch", "input", "choices", "scores.*.value", "scores.*.answer", "score.value", "score.answer");

    private static final Wanted HEADER =
            Wanted.of("status", "results.total_samples", "results.completed_samples", "eval.config.epochs_reducer");

    @Override
    public String id() {
        return "inspect";
    }

    @Override
    public boolean reads(Glance file) {
        return file.kind() == Glance.Kind.ZIP || file.has("eval", "status") || file.has("eval", "plan");
    }

    @Override
    public Set<String> options() {
        return Set.of("scorer", "metric");
    }

    @Override
    public void read(LogPart part, Rows rows) {
        var reader = new Reader(part, rows);
        if (Glance.at(part.file()).kind() == Glance.Kind.ZIP) {
            fromZip(part, rows, reader);
        } else {
            try (JsonLog log = JsonLog.open(part.place(), part.file())) {
                boolean whole = log.inside(
                        Map.of("samples", SAMPLE), HEADER, reader::sample, (rest, at) -> reader.header(rest));
                if (!whole) {
                    rows.note(part.file().getFileName() + " " + log.cutShort());
                }
            }
        }
        reader.scorer.settle();
        reader.metric.settle();
        reader.finish();
    }

    private static void fromZip(LogPart part, Rows rows, Reader reader) {
        boolean[] header = new boolean[1];
        ZipLog.read(part, rows, (String name, InputStream in) -> {
            boolean sample = name.startsWith("samples/") && name.endsWith(".json");
            header[0] |= name.equals("header.json");
            if (!sample && !name.equals("header.json")) {
                return;
            }
            try (JsonLog log = JsonLog.open(part.place() + ", " + name, in)) {
                boolean whole = log.each(
                        sample ? SAMPLE : HEADER,
                        sample ? (entry, at) -> reader.sample(entry, name) : (entry, at) -> reader.header(entry));
                if (!whole) {
                    rows.note(name + " is cut short and left out");
                }
            }
        });
        if (!header[0]) {
            rows.note("the evaluation did not end: there is no header.json");
        }
    }

    private static final class Reader {
        private final LogPart part;
        private final Rows rows;
        private final Choice scorer;
        private final Choice metric;
        private int samples;
        private int expected = -1;

        Reader(LogPart part, Rows rows) {
            this.part = part;
            this.rows = rows;
            scorer = part.choice("scorer", part.log().reading().scorer());
            metric = part.choice("metric", part.log().reading().metric());
        }

        void header(JsonNode header) {
            String status = Values.text(header.get("status"));
            if (status != null && !status.equals("success")) {
                rows.note("the evaluation's status is " + status);
            }
            if (header.path("results").has("total_samples")) {
                expected = header.get("results").get("total_samples").asInt();
            }
            JsonNode reducer = header.path("eval").path("config").path("epochs_reducer");
            if (!reducer.isEmpty() && !reducer.path(0).asText().equals("mean")) {
                rows.note("the harness reduces epochs by " + reducer.path(0).asText() + ", here they are averaged");
            }
        }

        void sample(JsonNode sample, String at) {
            if (!sample.has("id")) {
                throw part.problem(at, "has no id", "check that this is a sample");
            }
            samples++;
            JsonNode score = Values.NOTHING;
            var scores = sample.path("scores");
            for (var names = scores.fieldNames(); names.hasNext(); ) {
                String name = names.next();
                if (scorer.takes(name)) {
                    score = scores.get(name);
                }
            }
            if (scores.isMissingNode() && sample.has("score")) {
                score = sample.get("score");
            }
            String text = Values.prompt(sample.path("input"));
            rows.row(new LogRow(
                    List.of(sample.get("id").asText()),
                    List.of(),
                    text == null ? List.of() : List.of(text),
                    Values.strings(sample.path("choices")),
                    "epoch " + sample.path("epoch").asInt(1),
                    value(score.path("value"), at),
                    Values.text(score.get("answer")),
                    Double.NaN,
                    at));
        }

        private double value(JsonNode value, String at) {
            if (value.isMissingNode()) {
                return Double.NaN;
            }
            if (value.isContainerNode()) {
                JsonNode taken = value.isObject() ? named(value) : placed(value);
                return taken.isContainerNode() ? unknown(taken, at) : value(taken, at);
            }
            if (value.isTextual()) {
                return letter(value, at);
            }
            Double number = Values.score(value);
            return number == null ? unknown(value, at) : number;
        }

        private JsonNode named(JsonNode parts) {
            JsonNode taken = Values.NOTHING;
            for (var names = parts.fieldNames(); names.hasNext(); ) {
                String name = names.next();
                if (metric.takes(name)) {
                    taken = parts.get(name);
                }
            }
            return taken;
        }

        private JsonNode placed(JsonNode parts) {
            JsonNode taken = Values.NOTHING;
            for (int i = 0; i < parts.size(); i++) {
                if (metric.takes(Integer.toString(i))) {
                    taken = parts.get(i);
                }
            }
            return taken;
        }

        private double letter(JsonNode value, String at) {
            return switch (value.asText()) {
                case "C" -> 1;
                case "P" -> 0.5;
                case "I", "N" -> 0;
                default ->
                    switch (value.asText().toLowerCase(Locale.ROOT)) {
                        case "yes", "true" -> 1;
                        case "no", "false" -> 0;
                        default -> {
                            try {
                                yield Double.parseDouble(value.asText());
                            } catch (NumberFormatException e) {
                                yield unknown(value, at);
                            }
                        }
                    };
            };
        }

        private double unknown(JsonNode value, String at) {
            String shown = value.toString();
            throw part.problem(
                    at,
                    "the score is " + (shown.length() > 80 ? shown.substring(0, 80) + "…" : shown)
                            + ", which is no number, truth value or one of C, I, P, N",
                    "choose another scorer, or read the log with format: query");
        }

        void finish() {
            if (expected > samples) {
                rows.note("%,d of its %,d samples are missing".formatted(expected - samples, expected));
            }
        }
    }
}
