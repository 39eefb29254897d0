package org.gapexplorer.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.gapexplorer.snapshot.SnapshotFiles;
import org.gapexplorer.snapshot.publish.Edition;
import org.gapexplorer.snapshot.publish.Retention;
import org.gapexplorer.study.Problem;
import picocli.CommandLine.Option;

/** Which published versions stay. */
final class KeepOptions {
    @Option(names = "--keep", paramLabel = "N", description = "Keep the N newest versions.")
    private Integer newest;

    @Option(names = "--keep-days", paramLabel = "D", description = "Keep the versions built within D days.")
    private Integer days;

    @Option(
            names = "--pinned",
            paramLabel = "FILE",
            description = "Keep the versions that this file names, one a line: those of saved views and citations.")
    private Path pinned;

    boolean given() {
        return newest != null || days != null;
    }

    Retention retention() {
        return new Retention(of(newest), of(days), pinned == null ? Set.of() : read(pinned));
    }

    static String line(Edition removed, boolean dryRun) {
        return (dryRun ? "Would remove " : "Removed ") + removed.version() + ", built " + removed.built();
    }

    private static OptionalInt of(Integer number) {
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }

    /** A line that is no version would keep nothing, and what it meant to keep would be lost. */
    private static Set<String> read(Path file) {
        try {
            Set<String> versions = new HashSet<>();
            List<String> lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i).strip();
                if (!line.isEmpty() && !SnapshotFiles.VERSION.matcher(line).matches()) {
                    throw new Problem(file + ", line " + (i + 1), "is no version", "write one version a line");
                }
                versions.add(line);
            }
            return versions;
        } catch (IOException e) {
            throw new Problem(file.toString(), "cannot be read (" + Problem.reason(e) + ")", "check the path", e);
        }
    }
}
