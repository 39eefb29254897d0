package org.gapexplorer.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.gapexplorer.study.Lens.Architecture;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Exports of decoders against PyTorch: the residual stream after every block. A few tiny ones lie among the test's
 * resources; the folder named by the environment variable {@value #FOLDER} holds more (every exporter, every type of
 * number, SmolLM2), made by src/test/peers/tiny_decoders.py and smollm2.py.
 */
class DecoderPeersTest {
    static final String FOLDER = "GAPX_TINY_DECODERS";

    @TestFactory
    Stream<DynamicTest> theStreamAfterEveryBlockIsWhatTransformersComputes() throws IOException {
        List<DynamicTest> tests = new ArrayList<>(tests(Peers.FOLDER));
        if (System.getenv(FOLDER) != null) {
            tests.addAll(tests(Path.of(System.getenv(FOLDER))));
        }
        return tests.stream();
    }

    private static List<DynamicTest> tests(Path decoders) throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        try (Stream<Path> folders = Files.list(decoders)) {
            for (Path folder : folders.sorted().toList()) {
                Path file = folder.resolve("expected.json");
                if (Files.exists(file)) {
                    JsonNode expected = new ObjectMapper().readTree(file.toFile());
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
                        double difference = relative(
                                rows.get(i).values(),
                                Peers.floats(text.get("residuals").get(block)));
                        worst = Math.max(worst, difference);
                        sum += difference;
                    }
                }
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%s %s: relative difference of a text's rows: worst %.1e, mean %.1e%n",
                folder.getFileName(),
                variant,
                worst,
                sum / texts.size() / blocks);
        assertThat(worst).isLessThan(Math.max(tolerance(variant), exporter(folder, variant)));
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

    /** What an exporter changes: Optimum leaves Gemma 2's softcapping out, and the last of these start from its export. */
    private static double exporter(Path folder, String variant) {
        boolean optimum = variant.startsWith("optimum")
                || Set.of("merged", "nameless", "one_data_file", "many_data_files")
                        .contains(variant);
        return optimum && folder.endsWith("gemma2") ? 0.02 : 0;
    }

    private static double tolerance(String variant) {
        return switch (variant) {
            // random weights suffer more from rounding than trained ones
            case "fp16" -> 0.02;
            case "bf16", "nbits8" -> 0.1;
            case "int8" -> 0.5;
            case "genai_int4" -> 1;
            default -> 1e-3;
        };
    }

    private static long[] longs(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToLong(JsonNode::asLong)
                .toArray();
    }
}
