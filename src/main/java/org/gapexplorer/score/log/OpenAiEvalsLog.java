package org.gapexplorer.score.log;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An OpenAI evals recording: events, of which {@code match} says whether a sample was right, or {@code metrics} gives it
 * numbers ({@code metric} names one). The prompt stands in another event of the same sample, so the file is read twice.
 * An id such as {@code quiz.test.7} is also taken as 7, the sample's place in the file of samples.
 */
final class OpenAiEvalsLog implements LogFormat {
    private static final Wanted PROMPTS = Wanted.of("sample_id", "type", "data.prompt");
    private static final Wanted SCORES = Wanted.of("sample_id", "type", "data", "final_report");

    /** Characters of a prompt that are kept between the two readings, over all samples. */
    private static final long MAX_TEXTS = 256L << 20;

    @Override
    public String id() {
        return "openai-evals";
    }

    @Override
    public boolean reads(Glance file) {
        return file.kind() == Glance.Kind.OBJECTS && (file.has("spec") || file.has("event_id", "sample_id"));
    }

    @Override
    public Set<String> options() {
        return Set.of("metric");
    }

    @Override
    public void read(LogPart part, Rows rows) {
        var reader = new Reader(part, rows);
        try (JsonLog log = JsonLog.open(part.place(), part.file())) {
            log.each(PROMPTS, reader::prompt);
        }
        try (JsonLog log = JsonLog.open(part.place(), part.file())) {
            if (!log.each(SCORES, reader::score)) {
                rows.note(part.file().getFileName() + " " + log.cutShort());
            }
        }
        reader.metric.settle();
        reader.finish();
    }

    private static final class Reader {
        private final LogPart part;
        private final Rows rows;
        private final Choice metric;
        private final Map<String, String> prompts = new HashMap<>();
        private final Set<String> open = new LinkedHashSet<>();
        private long kept;
        private boolean reported;

        Reader(LogPart part, Rows rows) {
            this.part = part;
            this.rows = rows;
            metric = part.choice("metric", part.log().reading().metric());
        }

        void prompt(JsonNode event, String at) {
            String sample = Values.text(event.get("sample_id"));
            String text = Values.prompt(event.path("data").path("prompt"));
            if (sample != null) {
                open.add(sample);
            }
            if (sample != null && text != null && kept + text.length() <= MAX_TEXTS) {
                String before = prompts.putIfAbsent(sample, text);
                kept += before == null ? text.length() : 0;
            }
        }

        void score(JsonNode event, String at) {
            reported |= event.has("final_report");
            String sample = Values.text(event.get("sample_id"));
            String type = event.path("type").asText();
            JsonNode data = event.path("data");
            if (sample == null || !(type.equals("match") || type.equals("metrics"))) {
                return;
            }
            if (type.equals("match")) {
                if (metric.takes("match")) {
                    row(sample, data.path("correct"), data, at);
                }
                return;
            }
            for (var names = data.fieldNames(); names.hasNext(); ) {
                String name = names.next();
                if (Values.score(data.get(name)) != null && metric.takes(name)) {
                    row(sample, data.get(name), data, at);
                }
            }
        }

        private void row(String sample, JsonNode value, JsonNode data, String at) {
            Double score = Values.score(value);
            if (score == null) {
                throw part.problem(at, "the match of '" + sample + "' is neither correct nor not", "check the log");
            }
            open.remove(sample);
            var ids = new ArrayList<String>();
            ids.add(sample);
            ids.add(sample.substring(sample.lastIndexOf('.') + 1));
            String prompt = prompts.get(sample);
            String answer = Values.text(data.get("picked"));
            rows.row(LogRow.of(
                    ids,
                    prompt == null ? List.of() : List.of(prompt),
                    "",
                    score,
                    answer == null ? Values.text(data.get("sampled")) : answer,
                    at));
        }

        void finish() {
            if (!open.isEmpty()) {
                rows.note("%,d samples were begun and have no score, such as %s"
                        .formatted(open.size(), open.iterator().next()));
            }
            if (!reported) {
                rows.note("the run did not end: there is no final report");
            }
        }
    }
}
