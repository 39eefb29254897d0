package org.gapexplorer.score.log;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gapexplorer.study.SubjectModel.Match;

/** A harness's way of writing per-item scores. Adding one is a class and its line in {@link LogFormats}. */
public interface LogFormat {
    /** The name, among a log's files, of a harness's summary beside its log. */
    String RESULTS = "results";

    /** What {@code format:} says in a study file. */
    String id();

    /** Whether a file that begins so is of this format. */
    boolean reads(Glance file);

    /** Which of metric, filter, scorer and detector mean something here. */
    default Set<String> options() {
        return Set.of();
    }

    /** How entries are matched where the study does not say; null: by whatever tells. */
    default Match match() {
        return null;
    }

    /** The worst and best value of its scores, unless the study gives another range. */
    default List<Double> range() {
        return List.of(0.0, 1.0);
    }

    /** The files that are read together; each by itself unless a format says otherwise. */
    default List<List<Path>> parts(Map<String, List<Path>> files) {
        return files.values().stream().flatMap(List::stream).map(List::of).toList();
    }

    /**
     * Reads one part of a log, in its order.
     *
     * @param part a file, or several that belong together
     * @throws org.gapexplorer.study.Problem naming file, entry and field
     */
    void read(LogPart part, Rows rows);

    /** Takes what is read. */
    interface Rows {
        void row(LogRow row);

        /** Something about the log that its reader should know, such as that it is cut short. */
        void note(String what);
    }
}
