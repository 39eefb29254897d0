package org.gapexplorer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class LeftBehindTest {
    private static final Instant LONG_AGO = Instant.now().minus(Duration.ofHours(1));

    @TempDir
    Path folder;

    private Path library(String name) throws IOException {
        Path path = folder.resolve(name);
        Files.createDirectories(path.getParent());
        return Files.writeString(path, "a library");
    }

    private static Path old(Path path) throws IOException {
        return Files.setLastModifiedTime(path, FileTime.from(LONG_AGO));
    }

    @Test
    void whatKilledProcessesUnpackedIsDeleted() throws IOException {
        Path onnx = library("onnxruntime-java123/libonnxruntime.so").getParent();
        Path duck = old(library("libduckdb_java9573538477841115333.so"));
        old(onnx);
        LeftBehind.tidy(folder, Instant.now());
        assertThat(onnx).doesNotExist();
        assertThat(duck).doesNotExist();
    }

    @Test
    void whatAProcessUsesStays() throws Exception {
        Path brotli = library("com_aayushatharva_brotli4j_99/libbrotli.so");
        old(brotli.getParent());
        try (FileChannel file = FileChannel.open(brotli)) {
            var mapped = file.map(MapMode.READ_ONLY, 0, file.size());
            LeftBehind.tidy(folder, Instant.now());
            assertThat(brotli).exists();
            assertThat(mapped.get(0)).isEqualTo((byte) 'a');
        }
    }

    @Test
    void whatIsNewOrNotOfOursStays() throws IOException {
        Path young = library("onnxruntime-java5/libonnxruntime.so");
        Path else1 = old(library("libduckdb_java.so"));
        Path else2 = old(library("my-onnxruntime-java5"));
        LeftBehind.tidy(folder, Instant.now());
        assertThat(young).exists();
        assertThat(else1).exists();
        assertThat(else2).exists();
    }

    @Test
    void aLinkIsNotFollowed() throws IOException {
        Path kept = library("elsewhere/precious.txt");
        Path link = Files.createSymbolicLink(folder.resolve("onnxruntime-java7"), kept.getParent());
        LeftBehind.tidy(folder, Instant.now().plus(Duration.ofHours(1)));
        assertThat(link).doesNotExist();
        assertThat(kept).exists();
    }
}
