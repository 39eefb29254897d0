package org.gapexplorer.explorer.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table in docs/operations.md, "Configuration", against the code that reads the settings. */
class ConfigurationTableTest {
    private static final Path CODE = Path.of("src/main/java/org/gapexplorer");
    private static final Path PROPERTIES = Path.of("src/main/resources/application.properties");

    /** An injected setting, its default where it has one. */
    private static final Pattern INJECTED = Pattern.compile(
            "@ConfigProperty\\(\\s*name = \"(gapexplorer\\.[^\"]+)\"(?:,\\s*defaultValue = \"([^\"]*)\")?\\s*\\)");
    /** One that is looked up in code. */
    private static final Pattern LOOKED_UP = Pattern.compile("get(?:Optional)?Value\\(\\s*\"(gapexplorer\\.[^\"]+)\"");

    private static final Pattern ROW =
            Pattern.compile("^\\| `([a-z][^`]*)` \\| `([A-Z0-9_]+)` \\| ([^|]*) \\| ([^|]+) \\|$");

    /** A line of the table. */
    private record Row(String environment, String usual, String meaning) {}

    private static Map<String, Row> table() throws IOException {
        String document = Files.readString(Path.of("docs/operations.md"));
        int from = document.indexOf("\n## Configuration\n");
        assertThat(from).as("the section Configuration").isNotNegative();
        int to = document.indexOf("\n## ", from + 5);
        Map<String, Row> rows = new LinkedHashMap<>();
        document.substring(from, to < 0 ? document.length() : to).lines().forEach(line -> {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                Row other = rows.put(
                        row.group(1),
                        new Row(row.group(2), row.group(3).strip(), row.group(4).strip()));
                assertThat(other).as("%s has two lines", row.group(1)).isNull();
            }
        });
        return rows;
    }

    /** Every setting of ours that the code reads, with its default as text; empty where it has none. */
    private static Map<String, String> read() throws IOException {
        Map<String, String> read = new TreeMap<>();
        try (Stream<Path> files = Files.walk(CODE)) {
            files.filter(f -> f.toString().endsWith(".java")).forEach(file -> {
                String code = text(file);
                INJECTED.matcher(code)
                        .results()
                        .forEach(m -> read.put(m.group(1), m.group(2) == null ? "" : m.group(2)));
                LOOKED_UP.matcher(code).results().forEach(m -> read.putIfAbsent(m.group(1), ""));
            });
        }
        return read;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theTableHoldsEverySettingThatTheCodeReadsAndNoOther() throws IOException {
        assertThat(read()).as("settings found in the code").hasSizeGreaterThan(8);
        assertThat(table().keySet().stream().filter(name -> name.startsWith("gapexplorer.")))
                .containsExactlyInAnyOrderElementsOf(read().keySet());
    }

    @Test
    void defaultsAreThoseOfTheCode() throws IOException {
        Map<String, Row> table = table();
        read().forEach((name, usual) -> {
            if (!usual.isEmpty()) assertThat(table.get(name).usual()).as(name).isEqualTo('`' + usual + '`');
        });
        // those of Quarkus that are set here
        for (String line : Files.readAllLines(PROPERTIES)) {
            String[] parts = line.split("=", 2);
            // where it is told in words there is more to it
            if (parts[0].startsWith("quarkus.")
                    && table.containsKey(parts[0])
                    && table.get(parts[0]).usual().startsWith("`")) {
                assertThat(table.get(parts[0]).usual()).as(parts[0]).isEqualTo('`' + parts[1] + '`');
            }
        }
    }

    /** MicroProfile Config: what is neither letter nor digit becomes an underscore. */
    @Test
    void namesInTheEnvironmentAreWhatTheServerLooksFor() throws IOException {
        table().forEach((name, row) -> assertThat(row.environment())
                .isEqualTo(name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT)));
    }
}
