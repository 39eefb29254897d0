package org.gapexplorer.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.gapexplorer.study.Lens.Architecture;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Exports of decoders against PyTorch: the residual stream after every block. A few tiny ones lie among the test's
 * resources; the folder named by the environment variable GAPX_TINY_DECODERS holds more (every exporter, every type of
 * number, SmolLM2), made by src/test/peers/tiny_decoders.py and smollm2.py.
 */
class DecoderPeersTest {
    @TestFactory
    Stream<DynamicTest> theStreamAfterEveryBlockIsWhatTransformersComputes() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path folder : Peers.folders()) {
            tests.addAll(tests(folder));
        }
        return tests.stream();
    }

    private static List<DynamicTest> tests(Path decoders) throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        try (Stream<Path> folders = Files.list(decoders)) {
            for (Path folder : folders.sorted().toList()) {
                Path file = folder.resolve("expected.json");
                if (Files.exists(file)) {
                    JsonNode expected = Peers.json(file);
                    for (JsonNode variant : expected.get("variants")) {
                        String name = variant.asText();
                        tests.add(DynamicTest.dynamicTest(
                                folder.getFileName() + " " + name, () -> compare(folder, name, expected)));
                    }
                }
            }
        }
        return tests;
    }

    private static void compare(Path folder, String variant, JsonNode expected) {
        OnnxGraph model = Peers.model(folder.resolve(variant));
        Architecture architecture = Architecture.valueOf(
                expected.get("architecture").asText().replace("_sequential", "").toUpperCase(Locale.ROOT));
        List<String> texts = StreamSupport.stream(expected.get("texts").spliterator(), false)
                .map(text -> text.get("text").asText())
                .toList();
        double worst = 0;
        double worstRow = 0;
        double sum = 0;
        int blocks = expected.get("blocks").asInt();
        try (TextTokenizer tokenizer = TextTokenizer.load(folder.resolve("tokenizer.json"))) {
            for (int block = 0; block < blocks; block++) {
                String tensor = Residual.after(model, architecture, block);
                assertThat(Residual.after(model, block)).isEqualTo(tensor);
                try (HiddenStates states = HiddenStates.open(model, tensor, tokenizer, 512, OnnxSession.Settings.CPU)) {
                    List<HiddenStates.Rows> rows = states.of(texts);
                    for (int i = 0; i < texts.size(); i++) {
                        JsonNode text = expected.get("texts").get(i);
                        assertThat(rows.get(i).tokens().ids()).isEqualTo(longs(text.get("ids")));
                        float[] wanted = Peers.floats(text.get("residuals").get(block));
                        double difference = relative(rows.get(i).values(), wanted);
                        worst = Math.max(worst, difference);
                        worstRow = Math.max(worstRow, worstRow(rows.get(i).values(), wanted));
                        sum += difference;
                    }
                }
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%s %s: relative difference of a text's rows: worst %.1e, mean %.1e; of one row: worst %.1e%n",
                folder.getFileName(),
                variant,
                worst,
                sum / texts.size() / blocks,
                worstRow);
        assertThat(worst).isLessThan(Peers.tolerance(folder, variant));
    }

    /** |a - b| / |b| over all rows of a text, Euclidean. */
    private static double relative(float[][] rows, float[] expected) {
        double difference = 0;
        double norm = 0;
        int at = 0;
        for (float[] row : rows) {
            for (float value : row) {
                double wanted = expected[at++];
                difference += (value - wanted) * (value - wanted);
                norm += wanted * wanted;
            }
        }
        assertThat(at).isEqualTo(expected.length);
        return Math.sqrt(difference / norm);
    }

    private static double worstRow(float[][] rows, float[] expected) {
        double worst = 0;
        for (int t = 0; t < rows.length; t++) {
            int width = rows[t].length;
            float[] row = Arrays.copyOfRange(expected, t * width, (t + 1) * width);
            worst = Math.max(worst, relative(new float[][] {rows[t]}, row));
        }
        return worst;
    }

    private static long[] longs(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToLong(JsonNode::asLong)
                .toArray();
    }
}
