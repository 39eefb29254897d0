package org.gapexplorer.explorer.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Properties;
import org.duckdb.DuckDBDriver;
import org.gapexplorer.explorer.ServedStudy;
import org.gapexplorer.study.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The run's tables, fetched and read back by DuckDB. */
@QuarkusTest
@QuarkusTestResource(ServedStudy.class)
class BulkTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"benchmarks", "concepts", "coverage", "models", "overlap", "performance"})
    void aTableHasTheRowsOfTheRun(String table) throws IOException, SQLException {
        var answer = RestAssured.get("/api/v1/bulk/" + table + ".parquet")
                .then()
                .statusCode(200)
                .contentType("application/vnd.apache.parquet")
                .header(
                        "Content-Disposition",
                        equalTo("attachment; filename=\"" + table + "-" + ServedStudy.version() + ".parquet\""))
                .extract();
        Path file = Files.write(folder.resolve("fetched.parquet"), answer.asByteArray());
        assertThat(answer.header("ETag")).isEqualTo("\"" + Sha256.of(file) + "\"");
        Path run = ServedStudy.run().path().resolve(table + ".parquet");
        String fetched = "SELECT * FROM read_parquet('" + file + "')";
        String written = "SELECT * FROM read_parquet('" + run + "')";
        assertThat(count("SELECT count(*) FROM (" + fetched + ")")).isPositive();
        assertThat(count("SELECT count(*) FROM ((" + fetched + ") EXCEPT ALL (" + written + "))"))
                .isZero();
        assertThat(count("SELECT count(*) FROM ((" + written + ") EXCEPT ALL (" + fetched + "))"))
                .isZero();
        RestAssured.given()
                .header("If-None-Match", answer.header("ETag"))
                .get("/api/v1/bulk/" + table + ".parquet")
                .then()
                .statusCode(304);
    }

    private static long count(String sql) throws SQLException {
        try (var db = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
                var statement = db.createStatement();
                var result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        }
    }

    @Test
    void theListSaysWhatThereIsAndWhere() {
        var json = RestAssured.get("/api/v1/bulk")
                .then()
                .statusCode(200)
                .body(
                        "data.files.table",
                        containsInAnyOrder("benchmarks", "concepts", "coverage", "models", "overlap", "performance"))
                .extract()
                .jsonPath();
        for (int i = 0; i < 6; i++) {
            byte[] bytes = RestAssured.get(json.getString("data.files[" + i + "].href"))
                    .asByteArray();
            assertThat(bytes).hasSize(json.getInt("data.files[" + i + "].bytes"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"datapoints", "scores", "examples", "..%2Fmanifest", "%2e%2e%2fstudy"})
    void whatHoldsTextOrIsNoTableIsNotServed(String name) {
        RestAssured.given()
                .urlEncodingEnabled(false)
                .get("/api/v1/bulk/" + name + ".parquet")
                .then()
                .statusCode(404)
                .contentType("application/problem+json");
        RestAssured.get("/api/v1/bulk/items.parquet").then().body("detail", containsString("/api/v1/bulk lists them"));
    }
}
