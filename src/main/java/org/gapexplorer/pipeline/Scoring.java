package org.gapexplorer.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.gapexplorer.model.OnnxSession;
import org.gapexplorer.run.Datasets;
import org.gapexplorer.run.RunFolder;
import org.gapexplorer.score.AnswerScorer;
import org.gapexplorer.score.LogScores;
import org.gapexplorer.study.Progress;
import org.gapexplorer.study.Study;
import org.gapexplorer.study.SubjectModel;
import org.gapexplorer.study.SubjectModel.ScoreLog;

/** Scores every model on every benchmark, each pair by itself, so that only what has changed is done again. */
final class Scoring {
    private final Study study;
    private final RunFolder run;
    private final Inputs inputs;
    private final Steps steps;
    private final OnnxSession.Settings session;
    private final Progress progress;
    private final Map<String, List<Datasets.Datapoint>> items;
    private final List<Path> parts = new ArrayList<>();
    private final List<Path> logParts = new ArrayList<>();

    /** @param items of each benchmark, by id */
    Scoring(
            Study study,
            RunFolder run,
            Inputs inputs,
            Steps steps,
            OnnxSession.Settings session,
            Progress progress,
            Map<String, List<Datasets.Datapoint>> items) {
        this.study = study;
        this.run = run;
        this.inputs = inputs;
        this.steps = steps;
        this.session = session;
        this.progress = progress;
        this.items = items;
    }

    /** Scores all pairs and puts them into one table. */
    void write(List<SubjectModel> models, Map<String, String> itemKeys) {
        Answered.check(models, study, items);
        String code = CodeVersion.of("study", "model", "run", "score");
        for (SubjectModel model : models) {
            var logs = new LinkedHashMap<String, List<ScoreLog>>();
            model.logs()
                    .forEach(log -> logs.computeIfAbsent(log.benchmark(), b -> new ArrayList<>())
                            .add(log));
            logs.forEach((benchmark, some) -> fromLogs(
                    model,
                    benchmark,
                    some,
                    Steps.key(
                            code,
                            itemKeys.get(benchmark),
                            some,
                            some.stream().map(log -> inputs.hashes(log.files())).toList())));
            if (model.answers() != null) {
                byAnswering(model, code, itemKeys);
            }
        }
        var all = new ArrayList<RunFolder.Score>();
        parts.forEach(part -> all.addAll(RunFolder.SCORES.read(part)));
        RunFolder.SCORES.write(run.scores(), all);
        var spreads = new ArrayList<RunFolder.Spread>();
        var matches = new ArrayList<RunFolder.LogMatch>();
        logParts.forEach(part -> {
            spreads.addAll(RunFolder.SPREADS.read(beside(part, ".spreads")));
            matches.addAll(RunFolder.LOGS.read(beside(part, ".logs")));
        });
        RunFolder.SPREADS.write(run.spreads(), spreads);
        RunFolder.LOGS.write(run.logs(), matches);
    }

    private void fromLogs(SubjectModel model, String benchmark, List<ScoreLog> logs, String key) {
        Path part = part(model.id(), benchmark);
        logParts.add(part);
        String pair = model.id() + " on " + benchmark;
        steps.run("score " + pair, key, () -> {
            List<LogScores.Input> fetched = logs.stream()
                    .map(log -> new LogScores.Input(log, inputs.paths(log.files())))
                    .toList();
            LogScores.Matched matched = LogScores.read(model.id(), fetched, items.get(benchmark));
            RunFolder.SPREADS.write(beside(part, ".spreads"), matched.spreads());
            RunFolder.LOGS.write(beside(part, ".logs"), matched.reports());
            RunFolder.SCORES.write(part, matched.scores());
            steps.note(
                    "scores of " + pair,
                    matched.reports().stream().map(RunFolder.LogMatch::toString).collect(Collectors.joining("; and ")));
            progress.step(pair, 1, 1, "log");
        });
    }

    private static Path beside(Path part, String what) {
        return part.resolveSibling(part.getFileName().toString().replaceFirst("[.]parquet$", what + ".parquet"));
    }

    private void byAnswering(SubjectModel model, String code, Map<String, String> itemKeys) {
        SubjectModel.Answering answering = model.answers();
        String modelKey = Steps.key(
                code,
                answering,
                inputs.hash(answering.model(), answering.modelData()),
                inputs.hash(answering.tokenizer()),
                answering.tokenizerConfig() == null ? "" : inputs.hash(answering.tokenizerConfig()),
                session);
        var open = new ArrayList<String>();
        for (String benchmark : Answered.by(model, study)) {
            part(model.id(), benchmark);
            if (steps.done(step(model, benchmark), Steps.key(modelKey, itemKeys.get(benchmark)))) {
                slices(model, benchmark).clear();
            } else {
                open.add(benchmark);
            }
        }
        if (open.isEmpty()) {
            return;
        }
        try (var scorer = AnswerScorer.open(model.id(), answering, files(answering), session)) {
            for (String benchmark : open) {
                String key = Steps.key(modelKey, itemKeys.get(benchmark));
                steps.run(step(model, benchmark), key, () -> answer(scorer, model, benchmark, key));
                slices(model, benchmark).clear();
            }
        }
    }

    private AnswerScorer.Files files(SubjectModel.Answering answering) {
        return new AnswerScorer.Files(
                inputs.path(answering.model()),
                answering.modelData().stream().map(inputs::path).toList(),
                inputs.path(answering.tokenizer()),
                answering.tokenizerConfig() == null ? null : inputs.path(answering.tokenizerConfig()));
    }

    private void answer(AnswerScorer scorer, SubjectModel model, String benchmark, String key) {
        List<AnswerScorer.Answer> answers =
                slices(model, benchmark).answers(scorer, model.id(), benchmark, items.get(benchmark), key, progress);
        RunFolder.SCORES.write(
                partFile(model.id(), benchmark), answers.stream().map(AnswerScorer.Answer::score)::iterator);
        String note = scorer.note(answers);
        if (note != null) {
            steps.note("scores of " + model.id() + " on " + benchmark, note);
        }
    }

    private AnswerSlices slices(SubjectModel model, String benchmark) {
        return new AnswerSlices(run.path().resolve("scores").resolve(model.id() + "@" + benchmark));
    }

    private static String step(SubjectModel model, String benchmark) {
        return "score " + model.id() + " on " + benchmark;
    }

    private Path part(String model, String benchmark) {
        Path part = partFile(model, benchmark);
        parts.add(part);
        return part;
    }

    private Path partFile(String model, String benchmark) {
        return run.path().resolve("scores").resolve(model + "@" + benchmark + ".parquet");
    }
}
