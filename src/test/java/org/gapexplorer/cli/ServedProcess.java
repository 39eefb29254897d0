package org.gapexplorer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.commons.io.file.PathUtils;
import org.gapexplorer.snapshot.GeneratedRun;

/**
 * {@code ./gapx serve} as a process of its own, over the packaged application, with a home folder of its own. Whoever
 * starts it kills it.
 */
public final class ServedProcess {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    public final Process process;
    public final String address;
    final int port;
    private final Path output;
    /** Null where it has none of its own. */
    private final Path scratch;

    private ServedProcess(Process process, int port, Path output, Path scratch) {
        this.process = process;
        this.port = port;
        this.address = "http://127.0.0.1:" + port;
        this.output = output;
        this.scratch = scratch;
    }

    /** A home with the launcher, what the build packed, and one snapshot, made from a generated run. */
    public static void makeHome(Path home) throws IOException {
        Path run = new GeneratedRun(5, 2, 20, 30, 1, 5).write(home.resolve("index/runs/generated"), "Generated");
        Called built = Called.gapx("snapshot", "build", run, "--out", home.resolve("index/snapshots"));
        assertThat(built.code()).as(built.err()).isZero();
        makeHome(home, home.resolve("index/snapshots"));
    }

    /** The same over snapshots that lie elsewhere. */
    public static void makeHome(Path home, Path snapshots) throws IOException {
        Files.createDirectories(home.resolve("index"));
        if (!snapshots.startsWith(home)) {
            Files.createSymbolicLink(home.resolve("index/snapshots"), snapshots);
        }
        Path target = Path.of("target").toAbsolutePath();
        assertThat(target.resolve("quarkus-app/quarkus-run.jar"))
                .as("the packaged application, which mvn verify makes before this test")
                .exists();
        Files.copy(Path.of("gapx"), home.resolve("gapx"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.createSymbolicLink(home.resolve("target"), target);
        // sources older than the build: the launcher builds nothing
        FileTime old = FileTime.from(Instant.EPOCH);
        for (Path source : List.of(home.resolve("src/main"), home.resolve("web"), home.resolve("index/benchmarks"))) {
            Files.setLastModifiedTime(Files.createDirectories(source), old);
        }
        Files.setLastModifiedTime(Files.createFile(home.resolve("pom.xml")), old);
    }

    /** The running processes of PostgreSQL's programs in this home. */
    public static List<ProcessHandle> postgres(Path home) throws IOException {
        Path real = home.toRealPath();
        return ProcessHandle.allProcesses()
                .filter(p -> p.info().command().map(Path::of).stream().anyMatch(program -> program.startsWith(real)))
                .filter(ProcessHandle::isAlive)
                .toList();
    }

    /** Starts it. */
    public static ServedProcess launch(Path home, Map<String, String> environment) throws IOException {
        int port = freePort();
        Path output = Files.createTempFile(home, "output-", ".log");
        ProcessBuilder builder = new ProcessBuilder(
                        home.resolve("gapx").toString(),
                        "serve",
                        "--snapshot",
                        home.resolve("index/snapshots").toString(),
                        "--port",
                        String.valueOf(port))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("QUARKUS_"));
        // these servers live for seconds: compiling for years to come would take most of the time
        builder.environment().put("GAPX_JAVA_ARGS", "-XX:TieredStopAtLevel=1");
        // a rehearsal beside them would take their processor time
        builder.environment().put("GAPX_START_CACHE", "no");
        // several may run at once
        builder.environment().put("QUARKUS_MANAGEMENT_PORT", "0");
        // one client saves here as a thousand would
        builder.environment().put("GAPEXPLORER_LIMITS_SAVES_PER_HOUR", "1000000");
        builder.environment().putAll(environment);
        // what it unpacks: of one that is killed nobody else would ever remove it; below the home there may be blanks
        Path scratch = Files.createTempDirectory("served-");
        builder.environment().merge("GAPX_JAVA_ARGS", " -XX:-UsePerfData -Djava.io.tmpdir=" + scratch, String::concat);
        return new ServedProcess(builder.start(), port, output, scratch);
    }

    /** Starts some command that serves on a port; what it says goes into a file of the folder. */
    static ServedProcess start(List<String> command, Map<String, String> environment, int port, Path folder)
            throws IOException {
        Path output = Files.createTempFile(folder, "output-", ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        return new ServedProcess(builder.start(), port, output, null);
    }

    /** Ends it as {@code kill -9} does. */
    public void kill() throws IOException, InterruptedException {
        process.destroyForcibly().waitFor();
        removeScratch();
    }

    private void removeScratch() throws IOException {
        if (scratch != null && Files.exists(scratch)) PathUtils.deleteDirectory(scratch);
    }

    /** Ends it as Ctrl-C does. */
    public void stop() throws IOException, InterruptedException {
        process.destroy();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        removeScratch();
    }

    public String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HTTP.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    public HttpResponse<String> post(String path, Map<String, String> form) throws IOException, InterruptedException {
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return HTTP.send(
                request(path)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** Waits until something holds; no answer counts as no. */
    public void await(String what, Duration patience, Callable<Boolean> condition) throws Exception {
        Instant deadline = Instant.now().plus(patience);
        IOException refused = null;
        while (Instant.now().isBefore(deadline)) {
            assertThat(process.isAlive())
                    .as("the server lives; it said: %s", output())
                    .isTrue();
            try {
                if (condition.call()) {
                    return;
                }
            } catch (IOException e) {
                refused = e;
            }
            Thread.sleep(50);
        }
        throw new AssertionError("not " + what + " within " + patience + "; the server said: " + output(), refused);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address + path)).timeout(Duration.ofSeconds(20));
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
