package org.gapexplorer.score;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.gapexplorer.run.Datasets.Datapoint;
import org.gapexplorer.run.RunFolder.LogMatch;
import org.gapexplorer.run.RunFolder.Score;
import org.gapexplorer.run.RunFolder.Spread;
import org.gapexplorer.score.log.LogFormat;
import org.gapexplorer.score.log.LogFormats;
import org.gapexplorer.score.log.LogPart;
import org.gapexplorer.score.log.LogRow;
import org.gapexplorer.study.Problem;
import org.gapexplorer.study.Study;
import org.gapexplorer.study.SubjectModel;
import org.gapexplorer.study.SubjectModel.Match;
import org.gapexplorer.study.SubjectModel.Reading;
import org.gapexplorer.study.SubjectModel.ScoreLog;

/** Reads the per-item scores that a user has on record, and matches them to a benchmark's items. */
public final class LogScores {
    private static final int MAX_NAMED = 3;

    private LogScores() {}

    /**
     * A log and its fetched files, by the names the log gives them.
     *
     * @param log what and how to read
     */
    public record Input(ScoreLog log, Map<String, List<Path>> files) {}

    /**
     * What the logs of a model hold for a benchmark.
     *
     * @param scores one an item, in the benchmark's order: the mean over its runs; NaN where there is none
     * @param spreads of the items with more than one scored run
     * @param reports one a log
     */
    public record Matched(List<Score> scores, List<Spread> spreads, List<LogMatch> reports) {
        public LogMatch report() {
            return reports.getFirst();
        }
    }

    /** Refuses what can be seen to be wrong without a file: an unknown format, or an option that it does not have. */
    public static void check(Study study) {
        for (SubjectModel model : study.models()) {
            for (ScoreLog log : model.logs()) {
                if (log.format() != null) {
                    String where = where(model.id(), log.benchmark());
                    Reader.check(where, LogFormats.named(where, log.format()), log.reading());
                }
            }
        }
    }

    private static String where(String model, String benchmark) {
        return "model '" + model + "', benchmark '" + benchmark + "'";
    }

    /** Reads one log. */
    public static Matched read(String model, ScoreLog log, Map<String, List<Path>> files, List<Datapoint> items) {
        return read(model, List.of(new Input(log, files)), items);
    }

    /**
     * Reads all of a model's logs for one benchmark; an item that several runs score gets their mean.
     *
     * @param model id of the subject model
     * @param items the benchmark's items in order
     * @throws Problem if a log cannot be read, leaves open which of its numbers is meant, scores outside its range, says
     *     two things of one item in one run, or matches no item
     */
    public static Matched read(String model, List<Input> logs, List<Datapoint> items) {
        String benchmark = logs.getFirst().log().benchmark();
        String where = where(model, benchmark);
        var index = new ItemIndex(items);
        List<String> ids = items.stream().map(Datapoint::item).toList();
        var runs = new HashMap<Integer, List<Matching.Found>>();
        var reports = new ArrayList<LogMatch>();
        for (Input input : logs) {
            var reader = new Reader(where, input, items, index);
            reader.read();
            int[] duplicates = new int[1];
            Map<Integer, Map<String, Matching.Found>> byItem = reader.matching.byItem(reader.place(), ids, duplicates);
            byItem.forEach((item, found) ->
                    runs.computeIfAbsent(item, i -> new ArrayList<>()).addAll(found.values()));
            reports.add(reader.report(model, byItem, duplicates[0]));
        }
        var scores = new ArrayList<Score>();
        var spreads = new ArrayList<Spread>();
        for (int i = 0; i < items.size(); i++) {
            List<Matching.Found> found = runs.getOrDefault(i, List.of());
            double[] scored = found.stream()
                    .mapToDouble(Matching.Found::score)
                    .filter(s -> !Double.isNaN(s))
                    .toArray();
            double mean = mean(scored);
            scores.add(
                    found.isEmpty()
                            ? new Score(benchmark, ids.get(i), model, Double.NaN, null, Double.NaN)
                            : new Score(
                                    benchmark,
                                    ids.get(i),
                                    model,
                                    mean,
                                    found.getFirst().answer(),
                                    found.getFirst().margin()));
            if (scored.length > 1) {
                spreads.add(new Spread(benchmark, ids.get(i), model, scored.length, deviation(scored, mean)));
            }
        }
        return new Matched(scores, spreads, reports);
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return values.length == 0 ? Double.NaN : sum / values.length;
    }

    /** The sample standard deviation. */
    private static double deviation(double[] values, double mean) {
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return Math.sqrt(squares / (values.length - 1));
    }

    /** Reads one log part by part. */
    private static final class Reader {
        private final String where;
        private final Input input;
        private final List<Datapoint> items;
        private final LogFormat format;
        private final List<Double> range;
        private final Matching matching;
        private final List<String> notes = new ArrayList<>();
        private int rows;

        Reader(String where, Input input, List<Datapoint> items, ItemIndex index) {
            this.where = where;
            this.input = input;
            this.items = items;
            format = format(where, input);
            Reading reading = input.log().reading();
            check(where, format, reading);
            range = reading.range() == null ? format.range() : reading.range();
            matching = new Matching(index, reading.match() == null ? format.match() : reading.match());
        }

        private static LogFormat format(String where, Input input) {
            if (input.log().format() != null) {
                return LogFormats.named(where, input.log().format());
            }
            return input.files().entrySet().stream()
                    .filter(named ->
                            input.files().size() == 1 || !named.getKey().equals(LogFormat.RESULTS))
                    .flatMap(named -> named.getValue().stream())
                    .findFirst()
                    .map(file -> LogFormats.of(where, file))
                    .orElseThrow(() -> noFile(where));
        }

        private static Problem noFile(String where) {
            return new Problem(where, "the log names no file to read", "name one under files:");
        }

        private static void check(String where, LogFormat format, Reading reading) {
            var given = new LinkedHashMap<String, String>();
            given.put("metric", reading.metric());
            given.put("filter", reading.filter());
            given.put("scorer", reading.scorer());
            given.put("detector", reading.detector());
            given.forEach((option, value) -> {
                if (value != null && !format.options().contains(option)) {
                    throw new Problem(
                            where,
                            "a log of format " + format.id() + " has no " + option + " to choose",
                            format.options().isEmpty()
                                    ? "leave it out"
                                    : "it has " + String.join(", ", new TreeSet<>(format.options())));
                }
            });
        }

        void read() {
            List<List<Path>> parts = format.parts(input.files());
            if (parts.isEmpty()) {
                throw noFile(where);
            }
            for (int i = 0; i < parts.size(); i++) {
                var part = new LogPart(where, input.log(), parts.get(i), input.files(), items);
                String run = i + ":";
                format.read(part, new LogFormat.Rows() {
                    @Override
                    public void row(LogRow row) {
                        rows++;
                        matching.add(scaled(part, row), run + row.run());
                    }

                    @Override
                    public void note(String what) {
                        notes.add(what);
                    }
                });
            }
            matching.settle();
            matching.requireSome(place(), items.getFirst().item(), notes);
        }

        /** With the first files. */
        String place() {
            return where
                    + input.files().values().stream()
                            .flatMap(List::stream)
                            .limit(MAX_NAMED)
                            .map(file -> ", " + file)
                            .collect(Collectors.joining());
        }

        private LogRow scaled(LogPart part, LogRow row) {
            double low = range.get(0);
            double high = range.get(1);
            if (Double.isNaN(row.score())) {
                return row;
            }
            if (!(row.score() >= low && row.score() <= high)) {
                throw new Problem(
                        part.place() + ", " + row.at(),
                        "is " + row.score() + ", which is not in [" + number(low) + ", " + number(high) + "]",
                        "say how its scores run, with range: [worst, best], or choose a metric that does not go beyond");
            }
            double score = (row.score() - low) / (high - low);
            return new LogRow(
                    row.ids(),
                    row.hashes(),
                    row.texts(),
                    row.choices(),
                    row.run(),
                    input.log().reading().invert() ? 1 - score : score,
                    row.answer(),
                    row.margin(),
                    row.at());
        }

        private static String number(double value) {
            return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
        }

        LogMatch report(String model, Map<Integer, Map<String, Matching.Found>> byItem, int duplicates) {
            int scored = 0;
            int runs = 0;
            double sum = 0;
            for (Map<String, Matching.Found> found : byItem.values()) {
                double mean = mean(found.values().stream()
                        .mapToDouble(Matching.Found::score)
                        .filter(s -> !Double.isNaN(s))
                        .toArray());
                runs = Math.max(runs, found.size());
                scored += Double.isNaN(mean) ? 0 : 1;
                sum += Double.isNaN(mean) ? 0 : mean;
            }
            return new LogMatch(
                    model,
                    input.log().benchmark(),
                    format.id(),
                    items.size(),
                    rows,
                    scored,
                    byItem.size() - scored,
                    items.size() - byItem.size(),
                    matching.by(Match.ID),
                    matching.by(Match.HASH),
                    matching.by(Match.TEXT),
                    matching.unknown(),
                    matching.ambiguous(),
                    duplicates,
                    runs,
                    scored == 0 ? Double.NaN : sum / scored,
                    List.copyOf(matching.strangers()),
                    List.copyOf(notes));
        }
    }
}
