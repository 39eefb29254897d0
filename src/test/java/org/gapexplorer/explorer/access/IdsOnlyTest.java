package org.gapexplorer.explorer.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkiverse.mcp.server.test.McpAssured;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BytesRef;
import org.duckdb.DuckDBDriver;
import org.gapexplorer.explorer.AllPages;
import org.gapexplorer.explorer.view.Url;
import org.junit.jupiter.api.Test;

/**
 * A benchmark of visibility ids-only shows no text anywhere: all its texts hold a mark, which is looked for in every answer
 * and in every byte of the snapshot.
 */
@QuarkusTest
@TestProfile(GuardedStudies.Profile.class)
class IdsOnlyTest {
    private static final String BASE = "/s/library";

    private static Map<String, String> ids() {
        Map<String, String> ids = new HashMap<>();
        ids.put("version", given().get(BASE + "/api/v1/study").path("snapshot"));
        ids.put("benchmark", "b2");
        ids.put("other", "b0");
        ids.put("both", "b2,b0");
        ids.put("model", "m0");
        ids.put("otherModel", "m1");
        ids.put("item", Url.segment("i/3"));
        return ids;
    }

    @Test
    void noAnswerHoldsTheTextOfABenchmarkThatShowsItsIdsOnly() {
        Map<String, String> ids = ids();
        List<String> addresses = new ArrayList<>();
        for (int concept : given().get(BASE + "/api/v1/concepts?limit=8&sort=support&order=desc")
                .jsonPath()
                .getList("data.concepts.concept", Integer.class)) {
            ids.put("concept", String.valueOf(concept));
            ids.put("first", String.valueOf(concept));
            addresses.add("/concepts/" + concept);
            addresses.add("/concepts/" + concept + "?benchmark=b2");
            addresses.add("/api/v1/concepts/" + concept);
            addresses.add("/api/v1/datapoints?benchmark=b2&concept=" + concept + "&limit=100");
        }
        assertThat(ids).containsKey("concept");
        addresses.addAll(AllPages.addresses(ids));
        Map<String, Map<String, Map<String, Object>>> routes =
                given().get("/api/v1/openapi.json").jsonPath().getMap("paths");
        routes.values()
                .forEach(path -> path.values().forEach(operation -> {
                    String sample = (String) operation.get("x-try");
                    if (sample == null) return;
                    String address = AllPages.filled(sample, ids);
                    // nobody saved a footprint here
                    if (!address.contains("{")) addresses.add(address);
                }));
        for (int i = 0; i < 20; i++) {
            addresses.add("/datapoints/b2/i%2F" + i);
            addresses.add("/api/v1/datapoints/b2/i%2F" + i);
        }
        for (String q : List.of(GuardedStudies.MARK, GuardedStudies.MARK.substring(0, 5))) {
            addresses.add("/api/v1/datapoints?benchmark=b2&category=" + q);
        }
        for (String address : List.copyOf(addresses)) {
            if (address.startsWith("/api/")) continue;
            String more = address.contains("?") ? "&" : "?";
            for (String made : List.of("embed=true", "picture=png")) addresses.add(address + more + made);
        }
        assertThat(addresses).hasSizeGreaterThan(150);
        int whole = 0;
        for (String address : addresses) {
            var answer = given().urlEncodingEnabled(false).get(BASE + address);
            if (answer.statusCode() == 200) whole++;
            // the request itself is told back in its address
            String body = answer.asString().replaceAll("category=" + GuardedStudies.MARK, "");
            assertThat(body.contains(GuardedStudies.MARK + " ")).as(address).isFalse();
        }
        assertThat(whole).isGreaterThan(100);
    }

    @Test
    void norDoesAnAssistantsTool() {
        var client = McpAssured.newStreamableClient()
                .setBaseUri(URI.create(RestAssured.baseURI + ":" + RestAssured.port))
                .setMcpPath(BASE + "/mcp")
                .build()
                .connect();
        client.when()
                .toolsCall(
                        "study",
                        Map.of(),
                        answer -> assertThat(answer.toString()).doesNotContain(GuardedStudies.MARK))
                .toolsCall(
                        "concept",
                        Map.of("id", 9),
                        answer -> assertThat(answer.toString()).doesNotContain(GuardedStudies.MARK))
                .toolsCall(
                        "compare_benchmarks",
                        Map.of("benchmarks", List.of("b2", "b0")),
                        answer -> assertThat(answer.toString()).doesNotContain(GuardedStudies.MARK))
                .thenAssertResults();
        client.disconnect();
    }

    /** The mark of the others' texts is found in the same way, so that the search is known to search. */
    @Test
    void noByteOfTheSnapshotHoldsIt() throws Exception {
        Path snapshots = GuardedStudies.snapshots("library");
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(snapshots)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
                if (file.toString().endsWith(".parquet")) all.append(rows(file));
                if (file.getFileName().toString().startsWith("segments")) all.append(indexed(file.getParent()));
            }
        }
        assertThat(all.indexOf("secret0 What does word")).isNotNegative();
        assertThat(all.indexOf("Benchmark 2")).isNotNegative();
        assertThat(all.indexOf(GuardedStudies.MARK)).isNegative();
        assertThat(all.indexOf("secret2")).isNegative();
    }

    private static String rows(Path parquet) throws Exception {
        StringBuilder text = new StringBuilder();
        try (Connection db = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
                ResultSet rows =
                        db.createStatement().executeQuery("SELECT t::VARCHAR FROM read_parquet('" + parquet + "') t")) {
            while (rows.next()) text.append(rows.getString(1)).append('\n');
        }
        return text.toString();
    }

    /** Stored fields, terms and values of documents, as they are before anything was compressed. */
    private static String indexed(Path folder) throws IOException {
        StringBuilder text = new StringBuilder();
        try (DirectoryReader reader = DirectoryReader.open(FSDirectory.open(folder))) {
            for (LeafReaderContext context : reader.leaves()) {
                LeafReader leaf = context.reader();
                for (int d = 0; d < leaf.maxDoc(); d++) {
                    text.append(leaf.storedFields().document(d)).append('\n');
                }
                for (FieldInfo field : leaf.getFieldInfos()) addField(text, leaf, field.name);
            }
        }
        return text.toString();
    }

    private static void addField(StringBuilder text, LeafReader leaf, String field) throws IOException {
        text.append(field).append('\n');
        Terms terms = leaf.terms(field);
        if (terms != null) {
            TermsEnum each = terms.iterator();
            for (BytesRef term = each.next(); term != null; term = each.next()) add(text, term);
        }
        switch (leaf.getFieldInfos().fieldInfo(field).getDocValuesType()) {
            case BINARY -> {
                BinaryDocValues values = leaf.getBinaryDocValues(field);
                while (values.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) add(text, values.binaryValue());
            }
            case SORTED -> {
                SortedDocValues values = leaf.getSortedDocValues(field);
                for (int i = 0; i < values.getValueCount(); i++) add(text, values.lookupOrd(i));
            }
            default -> {
                // numbers
            }
        }
    }

    private static void add(StringBuilder text, BytesRef bytes) {
        text.append(new String(bytes.bytes, bytes.offset, bytes.length, StandardCharsets.UTF_8))
                .append('\n');
    }
}
