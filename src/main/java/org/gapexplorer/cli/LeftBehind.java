package org.gapexplorer.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What processes that were killed left in the folder for temporary files: libraries unpack their native code there, some
 * 100 MB a process, and delete it when the process ends by itself. A container that is killed for its memory and begun again
 * in the same place would fill it.
 */
final class LeftBehind {
    /** ONNX Runtime's, DuckDB's, Brotli's and Zstandard's, and the folder of a process for a study's SQL. */
    private static final Pattern NAMES =
            Pattern.compile("onnxruntime-java\\d+|libduckdb_java\\d+\\.so|com_aayushatharva_brotli4j_\\d+"
                    + "|libzstd-jni-[\\d.-]+\\.so|gapx-sql\\d+");

    private static final Pattern MAPPED = Pattern.compile(" (/.*)$");
    /** Between the unpacking of a file and its use. */
    private static final Duration YOUNG = Duration.ofMinutes(10);
    /** Nobody's start should wait for this. */
    private static final Duration LATER = Duration.ofSeconds(5);

    private LeftBehind() {}

    /** Begins to tidy up in a while, if this process lives so long. Only where the system says which files are in use. */
    static void tidyLater() {
        if (!Files.isDirectory(Path.of("/proc/self"))) {
            return;
        }
        Thread.ofPlatform().daemon().name("tidy").start(() -> {
            try {
                Thread.sleep(LATER);
                tidy(Path.of(System.getProperty("java.io.tmpdir")), Instant.now());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (IOException e) {
                // left to the next process, or to whoever looks after that folder
            }
        });
    }

    /** Deletes what is known by name, this user's own, not new, and used by no process. */
    static void tidy(Path folder, Instant now) throws IOException {
        Set<Path> used = used();
        try (Stream<Path> all = Files.list(folder.toRealPath())) {
            for (Path path : all.filter(
                            p -> NAMES.matcher(p.getFileName().toString()).matches())
                    .toList()) {
                if (isOurs(path) && isOld(path, now) && used.stream().noneMatch(u -> u.startsWith(path))) {
                    delete(path);
                }
            }
        }
    }

    /** Someone else could put another folder in the place of theirs while it is deleted. */
    private static boolean isOurs(Path path) throws IOException {
        return uid(path).equals(uid(Path.of("/proc/self/stat")));
    }

    private static Object uid(Path path) throws IOException {
        return Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    }

    private static boolean isOld(Path path, Instant now) throws IOException {
        Instant changed =
                Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS).toInstant();
        return changed.isBefore(now.minus(YOUNG));
    }

    /** The files that any of this user's processes has in memory. */
    private static Set<Path> used() throws IOException {
        Set<Path> used = new HashSet<>();
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            for (Path process : processes.toList()) {
                used.addAll(mapped(process));
            }
        }
        return used;
    }

    private static List<Path> mapped(Path process) {
        try (Stream<String> lines = Files.lines(process.resolve("maps"))) {
            return lines.map(MAPPED::matcher)
                    .filter(Matcher::find)
                    .map(m -> Path.of(m.group(1)))
                    .toList();
        } catch (IOException | RuntimeException e) {
            // no process, one that ended meanwhile, or somebody else's
            return List.of();
        }
    }

    /** A file, or a folder of files. */
    private static void delete(Path path) throws IOException {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            try (Stream<Path> files = Files.list(path)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
        }
        Files.delete(path);
    }
}
