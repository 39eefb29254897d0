package org.gapexplorer.study;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Benchmarks written down once and used by any study: those of {@code index/benchmarks}, which are packed with the
 * application and called by their id, and files of one's own, called by their path.
 */
final class BenchmarkEntries {
    /** The packed ones. */
    static final List<String> IDS = List.of(
            "agieval-en",
            "bbq",
            "bbq-six",
            "crows-pairs",
            "gsm8k",
            "logicbench",
            "math",
            "mmlu",
            "nq-open",
            "social-iqa",
            "swe-bench-verified",
            "truthfulqa",
            "vectara",
            "winogrande");

    private BenchmarkEntries() {}

    /**
     * An entry as it stands.
     *
     * @param name what to call it in a complaint
     * @param folder what its {@code file:} sources are relative to; null for the study's own
     */
    record Entry(Path name, String text, Path folder) {}

    /**
     * The entry a study uses.
     *
     * @param where the field in the study file
     * @param use id of a packed entry, or a path from the study file to one that ends in .yaml
     */
    static Entry find(Path studyFile, String where, String use) {
        try {
            if (IDS.contains(use)) {
                String name = use + ".yaml";
                try (InputStream in = BenchmarkEntries.class.getResourceAsStream("benchmarks/" + name)) {
                    return new Entry(Path.of(name), new String(in.readAllBytes(), StandardCharsets.UTF_8), null);
                }
            }
            Path file = use.matches("(?s).*\\.ya?ml") && use.indexOf('\0') < 0
                    ? studyFile.toAbsolutePath().resolveSibling(use).normalize()
                    : null;
            if (file != null && Files.isRegularFile(file)) {
                return new Entry(file, Files.readString(file), file.getParent());
            }
        } catch (IOException e) {
            throw new Problem(
                    studyFile + ", " + where, use + " cannot be read (" + Problem.reason(e) + ")", "check it", e);
        }
        throw new Problem(
                studyFile + ", " + where,
                "there is no benchmark entry '" + use + "'; there are " + String.join(", ", IDS),
                "name one of them, or give the path of a .yaml file from here");
    }
}
