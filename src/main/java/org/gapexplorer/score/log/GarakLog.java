package org.gapexplorer.score.log;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * garak's {@code report.jsonl}. An attempt stands twice; the one of status 2 has the detectors' results, a number per
 * output: at or above the run's threshold (0.5 unless it says otherwise) it is a hit and the score is 0, below it is 1,
 * null is unscored. A prompt's outputs are runs. An item is an attempt; its ids are the attempt's uuid and
 * {@code probe/seq}, its text is what the user says last.
 */
final class GarakLog implements LogFormat {
    private static final Wanted ENTRY = Wanted.keys(
            "entry_type",
            "run.eval_threshold",
            "status",
            "uuid",
            "seq",
            "probe_classname",
            "prompt",
            "detector_results",
            "probe",
            "detector",
            "passed",
            "total",
            "total_evaluated");

    @Override
    public String id() {
        return "garak";
    }

    @Override
    public boolean reads(Glance file) {
        return file.kind() == Glance.Kind.OBJECTS && file.has("entry_type");
    }

    @Override
    public Set<String> options() {
        return Set.of("detector");
    }

    @Override
    public void read(LogPart part, Rows rows) {
        var reader = new Reader(part, rows);
        try (JsonLog log = JsonLog.open(part.place(), part.file())) {
            if (!log.each(ENTRY, reader::entry)) {
                rows.note(part.file().getFileName() + " " + log.cutShort());
            }
        }
        reader.detector.settle();
        reader.finish();
    }

    private static final class Reader {
        private final LogPart part;
        private final Rows rows;
        private final Choice detector;
        private final Map<String, int[]> counts = new LinkedHashMap<>();
        private double threshold = 0.5;
        private int begun;
        private int done;
        private boolean completed;

        Reader(LogPart part, Rows rows) {
            this.part = part;
            this.rows = rows;
            detector = part.choice("detector", part.log().reading().detector());
        }

        void entry(JsonNode entry, String at) {
            switch (entry.path("entry_type").asText()) {
                case "start_run setup" ->
                    threshold = entry.path("run.eval_threshold").asDouble(threshold);
                case "attempt" -> attempt(entry, at);
                case "eval" -> compare(entry);
                case "completion" -> completed = true;
                default -> {
                    // the digest and later kinds of entry hold no scores of their own
                }
            }
        }

        private void attempt(JsonNode attempt, String at) {
            if (attempt.path("status").asInt() != 2) {
                begun++;
                return;
            }
            done++;
            JsonNode results = attempt.path("detector_results");
            for (var names = results.fieldNames(); names.hasNext(); ) {
                String name = names.next();
                if (detector.takes(name)) {
                    outputs(attempt, name, results.get(name), at);
                }
            }
        }

        private void outputs(JsonNode attempt, String name, JsonNode results, String at) {
            String probe = attempt.path("probe_classname").asText();
            String prompt = Values.prompt(attempt.path("prompt"));
            int[] count = counts.computeIfAbsent(probe + " " + bare(name), key -> new int[2]);
            for (int i = 0; i < results.size(); i++) {
                Double hit = Values.score(results.get(i));
                if (hit == null) {
                    throw part.problem(at, "the result of " + name + " is no number", "check the report");
                }
                double score = Double.isNaN(hit) ? Double.NaN : hit < threshold ? 1 : 0;
                count[0] += score == 1 ? 1 : 0;
                count[1] += Double.isNaN(score) ? 0 : 1;
                rows.row(LogRow.of(
                        List.of(
                                attempt.path("uuid").asText(),
                                probe + "/" + attempt.path("seq").asInt()),
                        prompt == null ? List.of() : List.of(prompt),
                        "output " + i,
                        score,
                        null,
                        at));
            }
        }

        private static String bare(String detector) {
            return detector.replaceFirst("^detector[.]", "");
        }

        /** The report's own sums must be those of its attempts. */
        private void compare(JsonNode eval) {
            int[] count = counts.get(eval.path("probe").asText() + " "
                    + bare(eval.path("detector").asText()));
            int total = eval.path(eval.has("total_evaluated") ? "total_evaluated" : "total")
                    .asInt(-1);
            int passed = eval.path("passed").asInt(-1);
            if (count != null && (count[0] != passed || count[1] != total)) {
                rows.note("the report sums up %s with %s as %,d of %,d passed, its attempts are %,d of %,d"
                        .formatted(
                                eval.path("probe").asText(),
                                eval.path("detector").asText(),
                                passed,
                                total,
                                count[0],
                                count[1]));
            }
        }

        void finish() {
            if (begun > done) {
                rows.note("%,d attempts have no detector's results".formatted(begun - done));
            }
            if (!completed) {
                rows.note("the run did not end: there is no completion entry");
            }
        }
    }
}
