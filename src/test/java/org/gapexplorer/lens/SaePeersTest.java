package org.gapexplorer.lens;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.gapexplorer.study.SaeSettings;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** SAEs that other libraries wrote, against the activations that their own readers gave (src/test/peers/sae_formats.py). */
class SaePeersTest {
    private static final Path PEERS = Path.of("src/test/resources/peers/sae");
    private static final ObjectMapper JSON = new ObjectMapper();

    private record Peer(Path source, SaeSettings settings, float[][] x, float[][] activations) {
        static Peer of(String name) throws IOException {
            JsonNode json = JSON.readTree(PEERS.resolve(name + ".json").toFile());
            JsonNode settings = json.get("settings");
            return new Peer(
                    PEERS.resolve(name).resolve(settings.path("source").asText("")),
                    new SaeSettings(
                            null,
                            settings.has("scaling_factor")
                                    ? settings.get("scaling_factor").asDouble()
                                    : null,
                            settings.path("fold_decoder_norm").asBoolean(),
                            null,
                            null),
                    JSON.convertValue(json.get("x"), float[][].class),
                    JSON.convertValue(json.get("activations"), float[][].class));
        }
    }

    static List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(PEERS)) {
            return files.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void activationsAreThoseOfTheFormatsOwnReader(String name) throws IOException {
        Peer peer = Peer.of(name);
        Sae sae = SaeFile.read(peer.source(), peer.settings());
        Reference reference = new Reference(sae);
        for (int row = 0; row < peer.x().length; row++) {
            double[] read = reference.activations(
                    peer.x()[row], new boolean[sae.config().dSae()]);
            for (int c = 0; c < read.length; c++) {
                assertSame((float) read[c], peer.activations()[row][c], name, row, c);
            }
        }
        assertThat(sae.config().origin()).containsKey("format");
    }

    @ParameterizedTest
    @MethodSource("names")
    void theFusedGraphGivesThemToo(String name) throws IOException {
        Peer peer = Peer.of(name);
        Sae sae = SaeFile.read(peer.source(), peer.settings());
        assertSame(FusedRows.activations(sae, peer.x(), 11), peer.activations(), name);
        assertSame(FusedRows.activations(sae, peer.x(), 18), peer.activations(), name);
        assertSame(FusedRows.strongest(sae, peer.x(), 17), peer.activations(), name);
    }

    @ParameterizedTest
    @MethodSource("names")
    void writtenAndReadAgainTheyAreTheSame(String name, @TempDir Path folder) throws IOException {
        Peer peer = Peer.of(name);
        SaeFile.write(folder, SaeFile.read(peer.source(), peer.settings()));
        assertSame(FusedRows.activations(SaeFile.read(folder), peer.x(), 17), peer.activations(), name);
    }

    private static void assertSame(float[][] read, float[][] expected, String name) {
        assertThat(read).hasDimensions(expected.length, expected[0].length);
        for (int row = 0; row < expected.length; row++) {
            for (int c = 0; c < expected[row].length; c++) {
                assertSame(read[row][c], expected[row][c], name, row, c);
            }
        }
    }

    private static void assertSame(float read, float expected, String name, int row, int c) {
        assertThat(read)
                .as("%s, row %d, concept %d", name, row, c)
                .isEqualTo(expected, Offset.offset(1e-5f * Math.max(1, Math.abs(expected))));
    }
}
