package org.gapexplorer.score.log;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.gapexplorer.run.Datasets;
import org.gapexplorer.study.SubjectModel.Match;

/** SQL that yields item, score and, if known, answer and margin: for whatever has no format of its own. */
final class QueryLog implements LogFormat {
    private static final int MAX_NAMED = 3;

    @Override
    public String id() {
        return "query";
    }

    @Override
    public boolean reads(Glance file) {
        return false;
    }

    @Override
    public Match match() {
        return Match.ID;
    }

    @Override
    public List<List<Path>> parts(Map<String, List<Path>> files) {
        return List.of(List.of());
    }

    @Override
    public void read(LogPart part, Rows rows) {
        String files = part.named().values().stream()
                .flatMap(List::stream)
                .limit(MAX_NAMED)
                .map((Path file) -> ", " + file)
                .collect(Collectors.joining());
        for (Datasets.Scored s :
                Datasets.scores(part.where() + files, part.log().sql(), part.named())) {
            rows.row(new LogRow(
                    List.of(s.item()),
                    List.of(),
                    List.of(),
                    List.of(),
                    "",
                    s.score(),
                    s.answer(),
                    s.margin(),
                    "item '" + s.item() + "'"));
        }
    }
}
