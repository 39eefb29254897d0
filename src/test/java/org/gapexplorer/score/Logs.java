package org.gapexplorer.score;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gapexplorer.run.Datasets.Datapoint;
import org.gapexplorer.run.RunFolder.Score;
import org.gapexplorer.study.SubjectModel.Match;
import org.gapexplorer.study.SubjectModel.Reading;
import org.gapexplorer.study.SubjectModel.ScoreLog;

/** A log as a study names it, for tests. */
record Logs(String format, Reading reading, Map<String, List<Path>> files) {
    static final Path PEERS = Path.of("src/test/resources/peers");
    static final Path SHARED = Path.of("../shared/score-logs");
    static final JsonMapper JSON = new JsonMapper();

    static Logs of(Path... files) {
        return new Logs(null, Reading.PLAIN, Map.of("log", List.of(files)));
    }

    Logs as(String format) {
        return new Logs(format, reading, files);
    }

    Logs results(Path file) {
        var more = new LinkedHashMap<>(files);
        more.put("results", List.of(file));
        return new Logs(format, reading, more);
    }

    Logs metric(String metric) {
        return with(new Reading(
                metric,
                reading.filter(),
                reading.scorer(),
                reading.detector(),
                reading.match(),
                reading.range(),
                reading.invert()));
    }

    Logs filter(String filter) {
        return with(new Reading(
                reading.metric(),
                filter,
                reading.scorer(),
                reading.detector(),
                reading.match(),
                reading.range(),
                reading.invert()));
    }

    Logs scorer(String scorer) {
        return with(new Reading(
                reading.metric(),
                reading.filter(),
                scorer,
                reading.detector(),
                reading.match(),
                reading.range(),
                reading.invert()));
    }

    Logs detector(String detector) {
        return with(new Reading(
                reading.metric(),
                reading.filter(),
                reading.scorer(),
                detector,
                reading.match(),
                reading.range(),
                reading.invert()));
    }

    Logs match(Match match) {
        return with(new Reading(
                reading.metric(),
                reading.filter(),
                reading.scorer(),
                reading.detector(),
                match,
                reading.range(),
                reading.invert()));
    }

    Logs range(double low, double high, boolean invert) {
        return with(new Reading(
                reading.metric(),
                reading.filter(),
                reading.scorer(),
                reading.detector(),
                reading.match(),
                List.of(low, high),
                invert));
    }

    private Logs with(Reading other) {
        return new Logs(format, other, files);
    }

    LogScores.Input input() {
        return new LogScores.Input(new ScoreLog("bench", Map.of(), format, null, reading), files);
    }

    LogScores.Matched read(List<Datapoint> items) {
        return LogScores.read("m", List.of(input()), items);
    }

    static double mean(LogScores.Matched matched) {
        return matched.scores().stream()
                .mapToDouble(Score::score)
                .filter(s -> !Double.isNaN(s))
                .average()
                .orElseThrow();
    }

    static Datapoint item(String id, String question) {
        return new Datapoint(id, question, null, null, null);
    }

    /** The twelve items of the peers' scripts, as the documents of a log have them. */
    static List<Datapoint> quiz() throws IOException {
        var items = new ArrayList<Datapoint>();
        for (String line : Files.readAllLines(PEERS.resolve("lm-eval/0.4.13/samples_quiz_choice.jsonl"))) {
            JsonNode doc = JSON.readTree(line).get("doc");
            var choices = new ArrayList<String>();
            doc.get("choices").forEach(choice -> choices.add(choice.asText()));
            items.add(new Datapoint(
                    doc.get("id").asText(),
                    doc.get("question").asText(),
                    choices,
                    doc.get("gold").asInt(),
                    null));
        }
        return items;
    }
}
