package org.gapexplorer.score.log;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An AutoDetect {@code log.json}: per point of its taxonomy the steps of a search, each a prompt with a judge's rating
 * from 1 to 10. By default the rating is the score, on [1, 10]; {@code metric: pass} is 0 where AutoDetect counts a
 * failure (below 3.1), else 1. An item's id is {@code point/step}, from 0.
 */
final class AutoDetectLog implements LogFormat {
    private static final double FAILURE = 3.1;

    private static final Wanted POINT = Wanted.of("*.steps.prompt", "*.steps.answer", "*.steps.score");

    @Override
    public String id() {
        return "autodetect";
    }

    @Override
    public boolean reads(Glance file) {
        return file.kind() == Glance.Kind.OBJECTS && file.has("init_points");
    }

    @Override
    public Set<String> options() {
        return Set.of("metric");
    }

    @Override
    public List<Double> range() {
        return List.of(1.0, 10.0);
    }

    @Override
    public void read(LogPart part, Rows rows) {
        String wanted = part.log().reading().metric();
        String metric =
                part.choice("metric", wanted == null ? "rating" : wanted).of(List.of("rating", "pass"));
        try (JsonLog log = JsonLog.open(part.place(), part.file())) {
            boolean whole =
                    log.inside(Map.of(), POINT, (entry, at) -> {}, (point, at) -> steps(part, point, metric, rows));
            if (!whole) {
                rows.note(part.file().getFileName() + " " + log.cutShort());
            }
        }
    }

    private static void steps(LogPart part, JsonNode point, String metric, Rows rows) {
        String name = point.fieldNames().next();
        JsonNode steps = point.get(name).path("steps");
        for (int i = 0; i < steps.size(); i++) {
            JsonNode step = steps.get(i);
            String place = name + "/" + i;
            Double rating = step.has("score") ? Values.score(step.get("score")) : (Double) Double.NaN;
            if (rating == null) {
                throw part.problem(place, "the score is no number", "check the log");
            }
            // on the scale of the ratings, so that one range serves both
            double score = metric.equals("rating") || Double.isNaN(rating) ? rating : rating < FAILURE ? 1 : 10;
            String prompt = Values.text(step.get("prompt"));
            rows.row(LogRow.of(
                    List.of(place),
                    prompt == null ? List.of() : List.of(prompt),
                    "",
                    score,
                    Values.text(step.get("answer")),
                    place));
        }
    }
}
