package org.gapexplorer.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorOutputStream;
import org.gapexplorer.run.Datasets.Datapoint;
import org.gapexplorer.study.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Logs that were made to harm, or that come from a disk that did. */
@Timeout(60)
class LogBoundsTest {
    private static final int ZSTD = 93;
    private static final List<Datapoint> ITEMS = List.of(Logs.item("a", "?"));
    private static final String SAMPLE = "{\"id\": \"a\", \"epoch\": 1, \"scores\": {\"match\": {\"value\": \"C\"}}}";

    @TempDir
    Path folder;

    private interface Content {
        void to(OutputStream out) throws IOException;
    }

    /** A zip of one entry a name, compressed with zstd. */
    private Path zip(Content content, String... names) throws IOException {
        var packed = new ByteArrayOutputStream();
        var crc = new CRC32();
        long[] size = new long[1];
        try (var zstd = new ZstdCompressorOutputStream(packed)) {
            content.to(new OutputStream() {
                @Override
                public void write(int b) throws IOException {
                    write(new byte[] {(byte) b}, 0, 1);
                }

                @Override
                public void write(byte[] bytes, int from, int length) throws IOException {
                    crc.update(bytes, from, length);
                    size[0] += length;
                    zstd.write(bytes, from, length);
                }
            });
        }
        Path file = Files.createDirectories(folder.resolve("in")).resolve("log.eval");
        try (var zip = new ZipArchiveOutputStream(file)) {
            for (String name : names) {
                var entry = new ZipArchiveEntry(name);
                entry.setMethod(ZSTD);
                entry.setSize(size[0]);
                entry.setCompressedSize(packed.size());
                entry.setCrc(crc.getValue());
                zip.addRawArchiveEntry(entry, new ByteArrayInputStream(packed.toByteArray()));
            }
        }
        return file;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void anEntryThatUnpacksToGigabytesIsStopped() throws IOException {
        byte[] spaces = new byte[1 << 20];
        Arrays.fill(spaces, (byte) ' ');
        Path bomb = zip(
                out -> {
                    for (int i = 0; i < 2_000; i++) {
                        out.write(spaces);
                    }
                    out.write(bytes(SAMPLE));
                },
                "samples/a_epoch_1.json");
        assertThat(Files.size(bomb)).isLessThan(500_000);
        assertThatThrownBy(() -> Logs.of(bomb).read(ITEMS))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("samples/a_epoch_1.json: unpacks to far more than a log holds");
    }

    @Test
    void namesThatLeadOutOfAnArchiveLeadNowhere() throws IOException {
        Path zip = zip(
                out -> out.write(bytes(SAMPLE)),
                "samples/../../../evil.json",
                "/samples/absolute.json",
                "..\\evil.json");
        assertThat(Logs.of(zip).read(ITEMS).report().scored()).isEqualTo(1);
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile)).containsExactly(zip);
        }
    }

    @Test
    void aDamagedArchiveIsAProblem() throws IOException {
        Path whole = Logs.PEERS.resolve("inspect/quiz.eval");
        byte[] bytes = Files.readAllBytes(whole);
        for (int at = 100; at < bytes.length; at += 997) {
            byte[] damaged = bytes.clone();
            Arrays.fill(damaged, at, Math.min(bytes.length, at + 40), (byte) 0x5a);
            Path file = Files.write(folder.resolve("damaged.eval"), damaged);
            try {
                Logs.of(file).scorer("match").read(Logs.quiz());
            } catch (Problem told) {
                assertThat(told).hasMessageContaining("damaged.eval");
            }
        }
        Path noZip = Files.write(folder.resolve("no.eval"), Arrays.copyOf(bytes, 5));
        assertThatThrownBy(() -> Logs.of(noZip).read(ITEMS)).isInstanceOf(Problem.class);
    }

    @Test
    void aTextWithoutEndIsRefusedWhereItWouldBeKeptAndSkippedWhereNot() throws IOException {
        String endless = "a".repeat(25_000_000);
        Path kept = Files.writeString(
                folder.resolve("kept.jsonl"),
                "{\"doc_id\": 0, \"doc\": {\"q\": \"" + endless
                        + "\"}, \"filter\": \"none\", \"metrics\": [\"acc\"], \"acc\": 1}");
        assertThatThrownBy(() -> Logs.of(kept).as("lm-eval").read(ITEMS))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("is out of bounds");
        Path skipped = Files.writeString(
                folder.resolve("skipped.jsonl"),
                "{\"doc_id\": 0, \"doc\": {\"q\": \"?\"}, \"resps\": [[\"" + endless
                        + "\"]], \"filter\": \"none\", \"metrics\": [\"acc\"], \"acc\": 1}");
        assertThat(Logs.of(skipped).read(ITEMS).report().scored()).isEqualTo(1);
    }
}
