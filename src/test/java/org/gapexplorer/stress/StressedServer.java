package org.gapexplorer.stress;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.io.file.PathUtils;
import org.gapexplorer.cli.ServedProcess;
import org.gapexplorer.explorer.ServedStudy;

/** The packaged application in a process of its own, over a study with hostile labels, a lens and two versions. */
final class StressedServer implements AutoCloseable {
    /** Nobody is to be told to come back later; compiled as in earnest. */
    private static final Map<String, String> UNLIMITED = Map.of(
            "GAPEXPLORER_LIMITS_SAVES_PER_HOUR", "100000000",
            "GAPEXPLORER_LIMITS_TEXTS_PER_MINUTE", "100000000",
            "GAPEXPLORER_LIMITS_FOOTPRINTS_PER_HOUR", "100000000",
            "GAPX_JAVA_ARGS", "-Xmx1g");

    final ServedProcess process;
    /** Of its snapshots. */
    final Path snapshots;

    private final Path home;
    /** Null where snapshots were given. */
    private final ServedStudy study;

    private StressedServer(ServedProcess process, Path home, Path snapshots, ServedStudy study) {
        this.process = process;
        this.home = home;
        this.snapshots = snapshots;
        this.study = study;
    }

    /** Over the folder of snapshots that {@code -Dgapx.snapshots} names, else over a study made for it. */
    static StressedServer start(Map<String, String> environment) throws IOException {
        Path home = Files.createTempDirectory("stressed");
        Map<String, String> all = new HashMap<>(UNLIMITED);
        String given = System.getProperty("gapx.snapshots");
        ServedStudy study = given == null ? new ServedStudy() : null;
        Map<String, String> settings = study == null ? Map.of("gapexplorer.snapshots", given) : study.start();
        settings.forEach((name, value) -> all.put(name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z]", "_"), value));
        all.keySet().removeIf(name -> name.startsWith("GAPEXPLORER_") && !UNLIMITED.containsKey(name));
        all.putAll(UNLIMITED);
        all.putAll(environment);
        Path snapshots = Path.of(settings.get("gapexplorer.snapshots")).toAbsolutePath();
        ServedProcess.makeHome(home, snapshots);
        return new StressedServer(ServedProcess.launch(home, all), home, snapshots, study);
    }

    String address() {
        return process.address;
    }

    int port() {
        return URI.create(process.address).getPort();
    }

    long pid() {
        return process.process.pid();
    }

    /** Two versions that answer alike; both have a lens and a version before them. */
    List<String> alike() throws IOException {
        if (study != null) study.buildAgain();
        List<String> versions = versions();
        return versions.subList(versions.size() - 2, versions.size());
    }

    /** The current one. */
    String version() throws IOException {
        return Files.readString(snapshots.resolve("current")).strip();
    }

    /** Oldest first. */
    List<String> versions() throws IOException {
        try (Stream<Path> all = Files.list(snapshots)) {
            return all.filter(v -> Files.exists(v.resolve("manifest.json")))
                    .map(v -> v.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @Override
    public void close() throws Exception {
        process.kill();
        for (ProcessHandle left : ServedProcess.postgres(home)) {
            left.destroyForcibly();
            left.onExit().join();
        }
        if (study != null) study.stop();
        PathUtils.deleteDirectory(home);
    }
}
