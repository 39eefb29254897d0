package org.gapexplorer.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.gapexplorer.study.Problem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatasetsTest {
    /** For what changes no file: to begin a process takes a hundred times as long as a query. */
    @TempDir
    static Path common;

    private static Path given;
    private static Path secret;
    private static Sandbox sandbox;
    private static final Sandbox.Session SESSION = new Sandbox.Session();

    @TempDir
    Path folder;

    @BeforeAll
    static void filesOnDisk() throws IOException {
        given = Files.writeString(common.resolve("test.jsonl"), """
                {"id": 7, "q": "Which is even?", "c": ["1", "2"], "a": 1, "k": "parity"}
                {"id": 3, "q": "Say \\"ü😀\\".", "c": null, "a": null, "k": null}
                """);
        secret = Files.writeString(common.resolve("secret.jsonl"), "{\"item\": \"1\", \"question\": \"secret\"}\n");
        sandbox = Datasets.sandbox("benchmark 'b'", Map.of("test", List.of(given)));
    }

    @AfterAll
    static void end() {
        SESSION.close();
    }

    private static List<Datasets.Datapoint> datapoints(String sql) {
        return Datasets.datapoints("benchmark 'b'", sql, sandbox, SESSION);
    }

    private static List<Datasets.Datapoint> datapoints(String sql, Path file) {
        return Datasets.datapoints("benchmark 'b'", sql, Map.of("test", List.of(file)));
    }

    private static List<Datasets.Scored> scores(String sql) {
        return Datasets.scores("model 'm', benchmark 'b'", sql, sandbox, SESSION);
    }

    @Test
    void rowsBecomeDatapointsInTheirOrder() {
        assertThat(
                        datapoints(
                                "SELECT id AS item, q AS question, c AS choices, a AS answer, k AS category FROM read_json(getvariable('test'))"))
                .containsExactly(
                        new Datasets.Datapoint("7", "Which is even?", List.of("1", "2"), 1, "parity"),
                        new Datasets.Datapoint("3", "Say \"ü😀\".", null, null, null));
    }

    @Test
    void severalFilesUnderOneNameAreReadTogetherInOrder() throws IOException {
        Path second = Files.writeString(folder.resolve("it's more.jsonl"), "{\"id\": 9, \"q\": \"Third?\"}\n");
        var rows = Datasets.datapoints(
                "b",
                "SELECT id AS item, q AS question FROM read_json(getvariable('all of it'))",
                Map.of("all of it", List.of(given, second)));
        assertThat(rows).extracting(Datasets.Datapoint::item).containsExactly("7", "3", "9");
    }

    @Test
    void columnsMayBeLeftOutAndAQueryMayEndInACommentOrSemicolon() {
        assertThat(datapoints("SELECT 'a' AS item, 'b' AS question; -- done"))
                .containsExactly(new Datasets.Datapoint("a", "b", null, null, null));
    }

    @Test
    void scoresKeepNullApartFromZero() {
        assertThat(
                        scores(
                                "FROM (VALUES ('1', 0.5, 'x', -0.25), ('2', NULL, NULL, NULL), ('3', 0, '', 1)) t(item, score, answer, margin)"))
                .containsExactly(
                        new Datasets.Scored("1", 0.5, "x", -0.25),
                        new Datasets.Scored("2", Double.NaN, null, Double.NaN),
                        new Datasets.Scored("3", 0, "", 1));
        assertThat(scores("SELECT 1 AS item, true AS score"))
                .containsExactly(new Datasets.Scored("1", 1, null, Double.NaN));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT 1 AS item                                           | no column 'question'",
                "SELECT 1 AS item, 'q' AS question, 2 AS hint               | a column 'hint'",
                "SELECT 1 AS item, 'q' AS question, 2 AS item               | a column 'item_1'",
                "SELECT NULL AS item, 'q' AS question                       | row 1: the item is null",
                "SELECT ' ' AS item, 'q' AS question                        | row 1: the item is empty",
                "SELECT 5 AS item, NULL AS question                         | row 1, item '5': the question is null",
                "SELECT 5 AS item, '' AS question                           | row 1, item '5': the question is empty",
                "SELECT i % 2 AS item, 'q' AS question FROM range(3) t(i)   | row 3, item '0': the id stood in row 1 already",
                "SELECT 1 AS item, 'q' AS question WHERE false              | yields no rows",
                "SELECT 1 AS item, 'q' AS question, 'a,b' AS choices        | the choices are VARCHAR",
                "SELECT 1 AS item, 'q' AS question, ['a', NULL] AS choices  | one of the choices is null",
                "SELECT 1 AS item, 'q' AS question, ['a'] AS choices, 1 AS answer | the answer is 1, but there are 1 choices",
                "SELECT 1 AS item, 'q' AS question, -1 AS answer            | the answer is INTEGER '-1'",
                "SELECT 1 AS item, 'q' AS question, 4294967296 AS answer    | the answer is BIGINT '4294967296'",
                "SELECT 1 AS item, 'q' AS question, 'B' AS answer           | the answer is VARCHAR 'B'",
                "SELECT 1 AS item, 'q' AS question FROM nowhere             | nowhere does not exist",
                "SELECT 1 AS item,, 'q'                                     | does not parse",
            })
    void aBadDatapointQueryIsOneMessageThatNamesTheBenchmark(String sql, String complaint) {
        assertThatThrownBy(() -> datapoints(sql))
                .isInstanceOf(Problem.class)
                .hasMessageStartingWith("benchmark 'b'")
                .hasMessageContaining(complaint)
                .message()
                .doesNotContain("\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT 1 AS item                            | no column 'score'",
                "SELECT 1 AS item, 1.5 AS score              | item '1': the score is 1.5",
                "SELECT 1 AS item, -0.1 AS score             | item '1': the score is -0.1",
                "SELECT 1 AS item, 'NaN'::DOUBLE AS score    | the score is NaN; use null where an item is unscored",
                "SELECT 1 AS item, 'Infinity'::FLOAT AS score | the score is Infinity",
                "SELECT 1 AS item, 'yes' AS score            | the score is VARCHAR 'yes'",
                "SELECT 1 AS item, 1 AS score FROM range(2)  | row 2, item '1': the id stood in row 1",
            })
    void aBadScoreQueryIsOneMessageThatNamesModelAndBenchmark(String sql, String complaint) {
        assertThatThrownBy(() -> scores(sql))
                .isInstanceOf(Problem.class)
                .hasMessageStartingWith("model 'm', benchmark 'b'")
                .hasMessageContaining(complaint);
    }

    @Test
    void invalidUtf8IsReportedWithFileAndLine() throws IOException {
        var bytes = "{\"id\": 1, \"q\": \"fine\"}\n{\"id\": 2, \"q\": \"?\"}\n".getBytes(StandardCharsets.ISO_8859_1);
        bytes[new String(bytes, StandardCharsets.ISO_8859_1).indexOf('?')] = (byte) 0xff;
        Path file = Files.write(folder.resolve("test.jsonl"), bytes);
        String json = "SELECT id AS item, q AS question FROM read_json(getvariable('test'))";
        assertThatThrownBy(() -> datapoints(json, file))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("benchmark 'b'")
                .hasMessageContaining("test.jsonl")
                .hasMessageContaining("line 2 is not UTF-8")
                .hasMessageContaining("UTF-8");
        Files.write(file, "item,question\n1,caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> datapoints("FROM read_csv(getvariable('test'), header = true)", file))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("line 2 is not UTF-8");
    }

    @Test
    void aQuestionOfAMegabyteIsRead() throws IOException {
        Path file = Files.writeString(
                folder.resolve("test.jsonl"), "{\"id\": 1, \"q\": \"" + "long ".repeat(200_000) + "\"}\n");
        assertThat(datapoints("SELECT id AS item, q AS question FROM read_json(getvariable('test'))", file)
                        .getFirst()
                        .question())
                .hasSize(1_000_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1 AS item, content AS question FROM read_text('%s')",
                "SELECT 1 AS item, content AS question FROM read_text('%s/../secret.jsonl')",
                "FROM '%s'",
                "FROM read_json('%s')",
                "FROM read_json(replace(getvariable('test')[1], 'test', 'secret'))",
                "FROM read_json(list_append(getvariable('test'), '%s'))",
                "FROM read_csv('/etc/passwd')",
                "FROM sniff_csv('%s')",
                "FROM read_blob('/proc/self/environ')",
                "FROM read_parquet('%s')",
                "FROM parquet_metadata('%s')",
                "FROM read_duckdb('%s')",
                "FROM query_table('%s')",
                "SELECT file AS item, file AS question FROM glob('/*')",
                "FROM query('FROM read_text(''%s'')')",
                "FROM 'https://localhost/x.csv'",
                "FROM read_csv('https://localhost/x.csv')",
                "FROM read_csv('s3://bucket/x.csv')",
                "FROM duckdb_secrets()",
                "FROM enable_logging(storage_path = '%s.log')",
                "FROM enable_profiling(save_location = '%s.log')",
            })
    void aSelectCannotReachOtherFilesOrTheNetwork(String sql) throws IOException {
        refused(sql.formatted(secret));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ATTACH '%s'",
                "ATTACH '%s.db' AS other",
                "COPY (SELECT 1) TO '%s'",
                "COPY (SELECT 1) TO '%s.csv'",
                "EXPORT DATABASE '%s.d'",
                "IMPORT DATABASE '%s.d'",
                "INSTALL httpfs",
                "LOAD httpfs",
                "LOAD '%s'",
                "SET enable_external_access = true",
                "RESET lock_configuration",
                "SET VARIABLE test = ['%s']",
                "PRAGMA enable_profiling",
                "CREATE TABLE t AS SELECT 1",
                "CREATE SECRET (TYPE s3)",
                "CALL enable_logging()",
                "EXPLAIN ANALYZE SELECT 1",
                "SELECT 1 AS item, 'q' AS question; SELECT 1 AS item, 'q' AS question",
                "SELECT 1 AS item, 'q' AS question; COPY (SELECT 1) TO '%s'",
                "SELECT 1) TO '%s'; COPY (SELECT 1",
                "-- nothing",
                "",
            })
    void onlyOneSelectRuns(String sql) throws IOException {
        refused(sql.formatted(secret));
    }

    @Test
    void aGivenFileCannotBeWritten() throws IOException {
        String before = Files.readString(given);
        refused("COPY (SELECT 1) TO '" + given + "'");
        assertThat(given).hasContent(before);
    }

    private void refused(String sql) throws IOException {
        assertThatThrownBy(() -> datapoints(sql))
                .isInstanceOf(Problem.class)
                .hasMessageStartingWith("benchmark 'b'")
                .hasMessageMatching(".*(reaches outside|not a SELECT|statements|does not parse|does not exist).*");
        try (var left = Files.list(common)) {
            assertThat(left).containsExactlyInAnyOrder(given, secret);
        }
        assertThat(secret).content().contains("secret");
    }

    @Test
    void aQueryIsBoundedInTimeAndMemory() {
        var bounded = new Sandbox("b", Map.of(), Duration.ofSeconds(1), 100);
        assertThatThrownBy(() ->
                        bounded.select("SELECT sum(i * j) FROM range(10000000) a(i), range(10000000) b(j)", r -> r))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("longer than 1 s");
        var patient = new Sandbox("b", Map.of(), Duration.ofMinutes(1), 100);
        assertThatThrownBy(() -> patient.select("SELECT i, repeat('x', 100000) FROM range(1000000) t(i)", r -> r))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("more than 100 MB");
    }

    @Test
    void aMissingFileAndAPathThatIsAPatternAreTold() throws IOException {
        assertThatThrownBy(() -> Datasets.datapoints("b", "SELECT 1", Map.of("x", List.of(folder.resolve("none")))))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("none is missing");
        Path pattern = Files.createFile(folder.resolve("a[b].json"));
        assertThatThrownBy(() -> Datasets.datapoints("b", "SELECT 1", Map.of("x", List.of(pattern))))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("pattern");
    }
}
