package org.gapexplorer.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import org.duckdb.DuckDBDriver;
import org.gapexplorer.fuzz.Edit;
import org.gapexplorer.fuzz.Hostile;
import org.gapexplorer.fuzz.Hostile.Seed;

/** Changed files of benchmarks in every form that SQL reads, and changed SQL. */
class BenchmarkFuzzTest {
    private static final String COLUMNS = "row_number() OVER () AS item, question, choices, answer FROM ";
    private static final String SQL = "SELECT " + COLUMNS + "read_json(getvariable('items'))";
    private static final String ITEMS = """
            {"question": "How much is two and three?", "choices": ["six", "five"], "answer": 1}
            {"question": "Which day follows Monday?", "choices": ["Tuesday", "Sunday"], "answer": 0}
            """;
    private static final Seed ARRAY = Seed.of("items.json", "[" + ITEMS.strip().replace("\n", ",\n") + "]");
    private static final Seed TABLE = Seed.of("items.csv", """
            question,answer
            "How much is ""two"" and three?",1
            Which day follows Monday?,0
            """);
    private static final Seed PACKED = Seed.of("items.jsonl.gz", Hostile.gzip(bytes(ITEMS)));
    private static final List<Seed> PARQUET = parquet();

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The items as DuckDB writes them: each compression, each version of the format's encodings. */
    private static List<Seed> parquet() {
        List<Seed> seeds = new ArrayList<>();
        try {
            Path folder = Hostile.folder();
            Path items = Files.writeString(folder.resolve("items.jsonl"), ITEMS.repeat(20));
            try (Connection db = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
                    Statement statement = db.createStatement()) {
                for (String how : List.of("uncompressed", "snappy", "zstd", "gzip", "lz4_raw")) {
                    for (String version : List.of("V1", "V2")) {
                        Path file = folder.resolve(how + version + ".parquet");
                        statement.execute("COPY (FROM read_json('" + items + "')) TO '" + file
                                + "' (FORMAT parquet, COMPRESSION " + how + ", PARQUET_VERSION " + version + ")");
                        seeds.add(Seed.of("items.parquet", Files.readAllBytes(file)));
                    }
                }
            }
            Hostile.delete(folder);
            return seeds;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterContainer
    static void end() {
        SESSION.close();
    }

    @Provide
    Arbitrary<List<Edit>> edits() {
        return Edit.SOME;
    }

    @Provide
    Arbitrary<Seed> tables() {
        return Arbitraries.of(PARQUET);
    }

    @Property
    void jsonLines(@ForAll("edits") List<Edit> edits) throws Exception {
        read(Seed.of("items.jsonl", ITEMS), edits, SQL);
    }

    @Property
    void jsonArrays(@ForAll("edits") List<Edit> edits) throws Exception {
        read(ARRAY, edits, SQL);
    }

    @Property
    void packedJsonLines(@ForAll("edits") List<Edit> edits) throws Exception {
        read(PACKED, edits, SQL);
    }

    @Property
    void csv(@ForAll("edits") List<Edit> edits) throws Exception {
        read(TABLE, edits, "SELECT question AS item, question, answer FROM read_csv(getvariable('items'))");
    }

    @Property
    void parquet(@ForAll("tables") Seed seed, @ForAll("edits") List<Edit> edits) throws Exception {
        read(seed, edits, "SELECT " + COLUMNS + "read_parquet(getvariable('items'))");
    }

    @Property
    void queries(@ForAll("edits") List<Edit> edits) throws Exception {
        String sql = new String(Edit.all(edits, bytes(SQL)), StandardCharsets.ISO_8859_1);
        read(Seed.of("items.jsonl", ITEMS), List.of(), SQL, sql);
    }

    private static void read(Seed seed, List<Edit> edits, String sql) throws Exception {
        read(seed, edits, sql, sql);
    }

    /**
     * Each shelf begins with a right file and a right query: so not every problem is that of a wrong test, nor the first of
     * a new sandbox, after which a session begins a new process.
     */
    private static void read(Seed seed, List<Edit> edits, String right, String sql) throws Exception {
        Shelf shelf = SHELVES.computeIfAbsent(seed.name(), Shelf::new);
        if (shelf.isUsedUp()) {
            shelf.renew();
            assertThat(shelf.datapoints(seed.contents().getFirst(), right)).hasSizeGreaterThan(1);
        }
        byte[] changed = Edit.within(edits, seed.contents().getFirst());
        Hostile.endsWell(() -> shelf.datapoints(changed, sql));
        shelf.requireNothingElse();
    }

    private static final Sandbox.Session SESSION = new Sandbox.Session();
    private static final Map<String, Shelf> SHELVES = new HashMap<>();

    /**
     * Places for changed files, all of which one session may read: opening one takes a thousand times as long as reading.
     * Each place is used once, for what a session read of a file it may remember.
     */
    private static final class Shelf {
        private static final int PLACES = 400;

        private final String name;
        private Path folder;
        private Sandbox sandbox;
        private int used = PLACES;

        Shelf(String name) {
            this.name = name;
        }

        boolean isUsedUp() {
            return used == PLACES;
        }

        void renew() throws IOException {
            close();
            folder = Hostile.folder();
            Map<String, List<Path>> files = new HashMap<>();
            for (int i = 0; i < PLACES; i++) {
                files.put("items" + i, List.of(Files.createFile(folder.resolve(i + name))));
            }
            sandbox = Datasets.sandbox("b", files);
            used = 0;
        }

        List<Datasets.Datapoint> datapoints(byte[] content, String sql) throws IOException {
            Files.write(folder.resolve(used + name), content);
            String query = sql.replace("'items'", "'items" + used++ + "'");
            return Datasets.datapoints("b", query, sandbox, SESSION);
        }

        void requireNothingElse() throws IOException {
            try (Stream<Path> files = Files.list(folder)) {
                assertThat(files).hasSize(PLACES);
            }
        }

        private void close() throws IOException {
            if (folder != null) {
                Hostile.delete(folder);
            }
        }
    }
}
