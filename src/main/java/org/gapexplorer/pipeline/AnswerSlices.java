package org.gapexplorer.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.gapexplorer.run.Datasets.Datapoint;
import org.gapexplorer.run.RunFolder.Score;
import org.gapexplorer.run.Table;
import org.gapexplorer.score.AnswerScorer;
import org.gapexplorer.score.AnswerScorer.Answer;
import org.gapexplorer.study.Problem;
import org.gapexplorer.study.Progress;
import org.gapexplorer.study.WholeFile;

/**
 * A model's answers to a benchmark while it gives them: slices of the items, each of which appears on disk when it is
 * complete, so that a run stopped within a benchmark goes on there. {@code key} says what the slices beside it were made
 * from; slices made from anything else are deleted before work begins.
 */
final class AnswerSlices {
    private static final Table<Row> ROWS = Table.of(Row.class);
    private static final String KEY_FILE = "key";

    private final Path folder;

    AnswerSlices(Path folder) {
        this.folder = folder;
    }

    /** An answer as it is kept. */
    record Row(String item, double score, String answer, double margin, boolean cut) {
        static Row of(Answer answer) {
            Score score = answer.score();
            return new Row(score.item(), score.score(), score.answer(), score.margin(), answer.cut());
        }

        Answer answer(String model, String benchmark) {
            return new Answer(new Score(benchmark, item, model, score, answer, margin), cut);
        }
    }

    /**
     * The answers to all items, in order. What is on disk from an earlier call is not asked again.
     *
     * @param key tells everything that the answers depend on
     */
    List<Answer> answers(
            AnswerScorer scorer, String model, String benchmark, List<Datapoint> items, String key, Progress progress) {
        scorer.check(benchmark, items);
        int slice = scorer.slice();
        if (items.size() <= slice) {
            return scorer.answer(benchmark, items, progress);
        }
        prepare(key);
        var answers = new ArrayList<Answer>();
        for (int from = 0; from < items.size(); from += slice) {
            int before = from;
            Path file = folder.resolve(String.format(Locale.ROOT, "part-%05d.parquet", from / slice));
            if (!Files.exists(file)) {
                List<Datapoint> some = items.subList(from, Math.min(items.size(), from + slice));
                Progress all = (what, done, total, unit) -> progress.step(what, before + done, items.size(), unit);
                ROWS.write(file, scorer.answer(benchmark, some, all).stream().map(Row::of)::iterator);
            }
            ROWS.forEach(file, row -> answers.add(row.answer(model, benchmark)));
        }
        return answers;
    }

    private void prepare(String key) {
        try {
            Path keyFile = folder.resolve(KEY_FILE);
            if (!Files.exists(keyFile) || !Files.readString(keyFile).equals(key)) {
                clear();
                Files.createDirectories(folder);
                WholeFile.write(keyFile, key);
            }
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /** Deletes all slices, once their answers are elsewhere. */
    void clear() {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private Problem unwritable(IOException e) {
        return new Problem(
                folder.toString(),
                "cannot be written (" + Problem.reason(e) + ")",
                "free some space or choose a folder you may write to",
                e);
    }
}
