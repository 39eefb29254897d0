package org.gapexplorer.explorer;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.commons.io.FileUtils;
import org.gapexplorer.catalog.EmbeddedPostgres;
import org.gapexplorer.snapshot.GeneratedRun;
import org.gapexplorer.snapshot.SnapshotBuilder;
import org.gapexplorer.study.Progress;

/** Two small generated studies on one server, and one whose snapshot is broken. */
public final class SeveralStudies implements QuarkusTestResourceLifecycleManager {
    public static final String TIDES = "A study of tides";
    public static final String WINDS = "A study of winds";

    private static Path folder;
    private EmbeddedPostgres postgres;

    /** The folder whose folders are studies. */
    public static Path folder() {
        return folder;
    }

    @Override
    public Map<String, String> start() {
        try {
            Path temporary = Files.createTempDirectory("several-studies");
            folder = temporary.resolve("studies");
            build(temporary.resolve("tides"), "tides", TIDES, 5);
            build(temporary.resolve("winds"), "winds", WINDS, 6);
            Files.createDirectories(folder.resolve("wrecks"));
            Files.writeString(folder.resolve("wrecks/current"), "20260101-000000-nothing-of-that-name\n");
            postgres = EmbeddedPostgres.in(temporary.resolve("catalog"));
            postgres.start();
            return Map.of(
                    "gapexplorer.snapshots", folder.toString(),
                    "gapexplorer.default-study", "winds",
                    "quarkus.datasource.reactive.url", postgres.reactiveUrl(),
                    "quarkus.datasource.jdbc.url", postgres.jdbcUrl(),
                    "quarkus.datasource.username", postgres.user(),
                    "quarkus.datasource.password", postgres.password());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Builds a snapshot of a generated run as the study of that id. */
    public static String build(Path run, String id, String title, long seed) {
        new GeneratedRun(seed, 3, 20, 80, 2, 20).write(run, title);
        return SnapshotBuilder.build(run, folder.resolve(id), Progress.SILENT);
    }

    @Override
    public void stop() {
        if (postgres != null) postgres.close();
        FileUtils.deleteQuietly(folder.getParent().toFile());
    }
}
