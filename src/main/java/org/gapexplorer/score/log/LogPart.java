package org.gapexplorer.score.log;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.gapexplorer.run.Datasets.Datapoint;
import org.gapexplorer.study.Problem;
import org.gapexplorer.study.SubjectModel.ScoreLog;

/**
 * What a format reads at once.
 *
 * @param where the model and the benchmark, to begin a complaint with
 * @param log what the study says
 * @param files the file, or the files that belong together
 * @param named all the log's files, by the names the study gives them
 * @param items the benchmark's items in order
 */
public record LogPart(
        String where, ScoreLog log, List<Path> files, Map<String, List<Path>> named, List<Datapoint> items) {
    public Path file() {
        return files.getFirst();
    }

    /** The place of a complaint about the file. */
    public String place() {
        return files.isEmpty() ? where : where + ", " + file();
    }

    Problem problem(String at, String what, String remedy) {
        return new Problem(place() + (at.isEmpty() ? "" : ", " + at), what, remedy);
    }

    /** One of several that the study may choose from by an option. */
    Choice choice(String option, String wanted) {
        return new Choice(place(), option, wanted);
    }
}
