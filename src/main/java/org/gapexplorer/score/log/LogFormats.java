package org.gapexplorer.score.log;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.gapexplorer.study.Problem;

/** The formats there are. */
public final class LogFormats {
    private static final List<LogFormat> ALL = List.of(
            new LmEvalLog(),
            new HelmLog(),
            new InspectLog(),
            new GarakLog(),
            new OpenAiEvalsLog(),
            new ArenaHardLog(),
            new AutoDetectLog(),
            new EveryEvalLog(),
            new ArrayLog(),
            new QueryLog());

    private LogFormats() {}

    /** The format of that name. */
    public static LogFormat named(String where, String id) {
        return ALL.stream()
                .filter(format -> format.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new Problem(
                        where, "the format '" + id + "' is not known", "write one of " + names() + ", or none"));
    }

    /** The format that a log's first file is in. */
    public static LogFormat of(String where, Path file) {
        Glance glance = Glance.at(file);
        return ALL.stream()
                .filter(format -> format.reads(glance))
                .findFirst()
                .orElseThrow(() -> new Problem(
                        where + ", " + file,
                        "its format cannot be told from how it begins",
                        "write format: with one of " + names()));
    }

    private static String names() {
        return ALL.stream().map(LogFormat::id).collect(Collectors.joining(", "));
    }
}
