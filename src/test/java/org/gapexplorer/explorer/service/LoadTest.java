package org.gapexplorer.explorer.service;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadTest {
    @ParameterizedTest
    @CsvSource({
        "/, PAGE",
        "/concepts/9, PAGE",
        "/api/v1/concepts, PAGE",
        "/next, PAGE",
        "/api/v1/bulk, PAGE",
        "/administration, PAGE",
        "/try, TEXT",
        "/footprint, TEXT",
        "/api/v1/footprint, TEXT",
        "/concepts.csv, DOWNLOAD",
        "/next/worklist.csv, DOWNLOAD",
        "/api/v1/bulk/coverage.parquet, DOWNLOAD",
        "/v, CATALOG",
        "/v/23456789ab, CATALOG",
        "/v/23456789ab/note, CATALOG",
        "/footprint/23456789ab, CATALOG",
        "/footprint/23456789ab/delete, CATALOG",
        "/api/v1/footprint/23456789ab, CATALOG",
        "/flags, CATALOG",
        "/admin, CATALOG",
        "/admin/flags/7, CATALOG",
        "/admin/views/23456789ab/delete, CATALOG",
        "/q/health/live, NONE",
        "/app.css, NONE",
    })
    void whatWaitsForTheDatabaseTakesNoPagesPlace(String path, Load load) {
        assertThat(Load.of(path)).isEqualTo(load);
    }
}
