package org.gapexplorer.score.log;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Arena-Hard's judgments of one model against the baseline. Each question is judged in two games: in the first the
 * baseline is A, in the second the candidate. A win is 1, a tie 0.5, a loss 0, and a clear one (&gt;&gt;) counts three
 * times, as the harness counts it; the score is the mean over what both games count. A question with a game that the
 * judge did not decide is unscored. {@code filter} names the model where a file holds several.
 */
final class ArenaHardLog implements LogFormat {
    private static final int CLEAR = 3;

    private static final Wanted ENTRY = Wanted.of("uid", "question_id", "model", "games.score");

    @Override
    public String id() {
        return "arena-hard";
    }

    @Override
    public boolean reads(Glance file) {
        return file.kind() == Glance.Kind.OBJECTS && file.has("games", "judge", "model");
    }

    @Override
    public Set<String> options() {
        return Set.of("filter");
    }

    @Override
    public void read(LogPart part, Rows rows) {
        Choice model = part.choice("filter", part.log().reading().filter());
        try (JsonLog log = JsonLog.open(part.place(), part.file())) {
            boolean whole = log.each(ENTRY, (entry, at) -> {
                if (model.takes(entry.path("model").asText())) {
                    rows.row(row(part, entry, at));
                }
            });
            if (!whole) {
                rows.note(part.file().getFileName() + " " + log.cutShort());
            }
        }
        model.settle();
    }

    private static LogRow row(LogPart part, JsonNode entry, String at) {
        String id = Values.text(entry.get(entry.has("uid") ? "uid" : "question_id"));
        if (id == null) {
            throw part.problem(at, "has neither uid nor question_id", "check that this is a file of judgments");
        }
        JsonNode games = entry.path("games");
        var counted = new ArrayList<Double>();
        boolean decided = games.size() == 2;
        for (int game = 0; game < games.size() && decided; game++) {
            String verdict = Values.text(games.get(game).path("score"));
            if (verdict == null) {
                decided = false;
            } else {
                double a = ofA(part, verdict, at);
                int times = verdict.contains(">>") || verdict.contains("<<") ? CLEAR : 1;
                for (int i = 0; i < times; i++) {
                    counted.add(game == 0 ? 1 - a : a);
                }
            }
        }
        double score = decided
                ? counted.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN)
                : Double.NaN;
        return LogRow.of(List.of(id), List.of(), "", score, null, at);
    }

    /** What A gets. */
    private static double ofA(LogPart part, String verdict, String at) {
        return switch (verdict) {
            case "A>B", "A>>B", "B<A", "B<<A" -> 1;
            case "A=B", "B=A" -> 0.5;
            case "A<B", "A<<B", "B>A", "B>>A" -> 0;
            default -> throw part.problem(at, "the verdict is '" + verdict + "'", "write one of A>>B to B>>A");
        };
    }
}
