package org.gapexplorer.stress;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The threads of a JVM as the system counts them, by what they are called: those that the JVM knows by its name for them, those that
 * a library of machine code made for itself by the system's name, which is that of the thread that made them, if they have none.
 */
final class ThreadNames {
    /** A line of {@code jcmd Thread.print}: the JVM's name and the system's number, which older JDKs write in hexadecimal. */
    private static final Pattern KNOWN = Pattern.compile("^\"(.*)\" .*\\bnid=(0x[0-9a-f]+|\\d+) ");

    private ThreadNames() {}

    /**
     * Names without their numbers, and how many threads have each.
     *
     * @param print what {@code jcmd Thread.print} said of the process a moment ago
     */
    static Map<String, Integer> of(long pid, String print) throws IOException {
        Map<Long, String> known = known(print);
        Map<String, Integer> counts = new TreeMap<>();
        try (Stream<Path> tasks = Files.list(Path.of("/proc", String.valueOf(pid), "task"))) {
            for (Path task : tasks.toList()) {
                String name = known.get(Long.parseLong(task.getFileName().toString()));
                if (name == null) name = "native " + systemName(task);
                counts.merge(name.replaceAll("\\d+", "N"), 1, Integer::sum);
            }
        }
        return counts;
    }

    private static Map<Long, String> known(String print) {
        Map<Long, String> names = new HashMap<>();
        List<String> lines = print.lines().toList();
        for (String line : lines) {
            Matcher matcher = KNOWN.matcher(line);
            if (matcher.find()) names.put(Long.decode(matcher.group(2)), matcher.group(1));
        }
        return names;
    }

    private static String systemName(Path task) {
        try {
            return Files.readString(task.resolve("comm")).strip();
        } catch (NoSuchFileException e) {
            return "ended";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
