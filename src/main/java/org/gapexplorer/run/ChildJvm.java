package org.gapexplorer.run;

import com.sun.jna.Function;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.duckdb.DuckDBDriver;

/** The process of a {@link Sandbox}, seen from outside: a JVM with this one's Java and no more of its class path than it needs. */
final class ChildJvm {
    /** How a process ended that found no memory. */
    static final String NO_MEMORY = "no memory";

    /** What a JVM exits with under ExitOnOutOfMemoryError. */
    private static final int OUT_OF_MEMORY = 3;

    private static final int END_SECONDS = 5;
    private static final int MOST_TOLD = 300;
    /** The rest may hold tokens, which are no business of a study's SQL. */
    private static final Set<String> ENVIRONMENT =
            Set.of("PATH", "LANG", "LC_ALL", "LC_CTYPE", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH");

    private static final List<Class<?>> NEEDED = List.of(SandboxProcess.class, DuckDBDriver.class, Function.class);

    private final Process process;
    private final Path folder;

    private ChildJvm(Process process, Path folder) {
        this.process = process;
        this.folder = folder;
    }

    static ChildJvm start() throws IOException {
        Path folder = Files.createTempDirectory("gapx-sql");
        try {
            var builder = new ProcessBuilder(command(folder))
                    .directory(folder.toFile())
                    .redirectError(told(folder).toFile());
            builder.environment().keySet().retainAll(ENVIRONMENT);
            return new ChildJvm(builder.start(), folder);
        } catch (IOException e) {
            delete(folder);
            throw e;
        }
    }

    private static List<String> command(Path folder) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                // a vector of 2,048 rows is turned into Java's objects at once
                "-Xms4m",
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                // stdout is for rows, and a crash leaves no file behind
                "-XX:+DisplayVMOutputToStderr",
                "-XX:+SuppressFatalErrorMessage",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:-UsePerfData",
                "--enable-native-access=ALL-UNNAMED",
                // where libraries unpack themselves
                "-Djava.io.tmpdir=" + folder,
                "-Djna.tmpdir=" + folder,
                "-Djna.nosys=true",
                "-cp",
                NEEDED.stream().map(ChildJvm::home).distinct().collect(Collectors.joining(":")),
                SandboxProcess.class.getName()));
        return command;
    }

    /** The jar or folder that a class is from. */
    private static String home(Class<?> needed) {
        try {
            return Path.of(needed.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    OutputStream input() {
        return process.getOutputStream();
    }

    InputStream output() {
        return new BufferedInputStream(process.getInputStream(), 1 << 16);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** How it ended, once no more is to be had from it. */
    String end() {
        CompletableFuture<Process> ended = process.onExit();
        ended.completeOnTimeout(process, END_SECONDS, TimeUnit.SECONDS).join();
        if (process.isAlive()) {
            kill();
            return "no answer";
        }
        int status = process.exitValue();
        String told = lastWords();
        kill();
        return status == OUT_OF_MEMORY ? NO_MEMORY : "exit status " + status + (told.isBlank() ? "" : ", " + told);
    }

    private String lastWords() {
        try (InputStream in = Files.newInputStream(told(folder))) {
            return new String(in.readNBytes(MOST_TOLD)).strip();
        } catch (IOException e) {
            return "";
        }
    }

    private static Path told(Path folder) {
        return folder.resolve("stderr");
    }

    void kill() {
        process.destroyForcibly()
                .onExit()
                .completeOnTimeout(process, END_SECONDS, TimeUnit.SECONDS)
                .join();
        delete(folder);
    }

    /** Deletes a folder of files. */
    static void delete(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            // deleted already, or left to whoever tidies the folder for what may be deleted
        }
    }
}
