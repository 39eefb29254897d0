package org.gapexplorer.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.io.file.PathUtils;

/**
 * {@code gapx extract merge}. However far it came, each part lies where its shard wrote it or where the merge put it.
 *
 * @param shards a run's folder with all shards done and none merged; it stays as it is
 */
record MergeStage(Path study, Path shards) implements Stage {
    @Override
    public List<String> words(Path out) {
        return List.of("extract", "merge", study.toString(), "--out", out.toString());
    }

    @Override
    public void prepare(Path out) throws Exception {
        PathUtils.copyDirectory(shards, out);
    }

    @Override
    public void afterStop(Path out) throws Exception {
        assertThat(parts(out)).isEqualTo(parts(shards));
    }

    @Override
    public List<String> result(Path out) throws Exception {
        assertThat(out.resolve("shards")).doesNotExist();
        return ExtractionStage.rows(out);
    }

    private static Set<String> parts(Path out) throws Exception {
        try (Stream<Path> files = Files.walk(out)) {
            return files.map(f -> f.getFileName().toString())
                    .filter(name -> name.matches("part-\\d+\\.parquet"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
