package org.gapexplorer.lens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.gapexplorer.model.OnnxGraph;
import org.gapexplorer.model.OnnxSession;
import org.gapexplorer.model.Peers;
import org.gapexplorer.model.Residual;
import org.gapexplorer.model.TextTokenizer;
import org.gapexplorer.model.Tokens;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Saliency through a decoder, against plain loops over the residual rows that PyTorch computed, and against SAELens on
 * these rows (src/test/peers/decoder_saes.py).
 */
class DecoderLensTest {
    private static final int BLOCK = 1;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"llama, optimum_past", "gemma2, dynamo", "gpt_neox, optimum"})
    void saliencyIsThatOfPyTorchsResidualStream(String decoder, String export) {
        JsonNode expected = Peers.expected(decoder);
        int width = expected.get("width").asInt();
        Sae sae = RandomSae.of(SaeConfig.topK(width, 40, 8, decoder, "blocks.1.hook_resid_post"), 3);
        OnnxGraph model = Peers.model(Peers.FOLDER.resolve(decoder).resolve(export));
        try (TextTokenizer tokenizer = Peers.tokenizer(decoder);
                Lens lens =
                        Lens.open(model, Residual.after(model, BLOCK), sae, tokenizer, 128, OnnxSession.Settings.CPU)) {
            assertAgrees(lens, expected, width, sae);
            assertThat(lens.model().weightBytes())
                    .as("the last block and the vocabulary's head are cut away")
                    .isLessThan(model.weightBytes() * 3 / 4);

            LensPack.write(folder.resolve("lens"), lens, tokenizer);
        }
        try (LensPack pack = LensPack.open(folder.resolve("lens"), OnnxSession.Settings.CPU)) {
            assertAgrees(pack.lens(), expected, width, sae);
        }
    }

    private static void assertAgrees(Lens lens, JsonNode expected, int width, Sae sae) {
        List<CountedText> texts = new ArrayList<>();
        expected.get("texts")
                .forEach(text -> texts.add(CountedText.all(text.get("text").asText())));
        List<Reading> readings = lens.read(texts);
        for (int i = 0; i < texts.size(); i++) {
            float[][] rows = Peers.rows(expected.get("texts").get(i), BLOCK, width);
            boolean[] counts = texts.get(i)
                    .counts(lens.tokenize(List.of(texts.get(i).text())).getFirst());
            double[] saliency = new Reference(sae).of(rows, counts).saliency();
            double largest = 0;
            for (double value : saliency) {
                largest = Math.max(largest, value);
            }
            double[] got = new double[saliency.length];
            for (int c = 0; c < readings.get(i).concepts().length; c++) {
                got[readings.get(i).concepts()[c]] = readings.get(i).saliency()[c];
            }
            assertThat(largest).isPositive();
            assertThat(got).containsExactly(saliency, within(1e-5 * largest));
        }
    }

    @TestFactory
    Stream<DynamicTest> saliencyAndPeaksAreThoseOfSaeLensOnPyTorchsStream() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path decoders : Peers.folders()) {
            try (Stream<Path> folders = Files.list(decoders)) {
                for (Path decoder : folders.sorted().toList()) {
                    if (Files.exists(decoder.resolve("activations.json"))) {
                        JsonNode expected = Peers.json(decoder.resolve("expected.json"));
                        expected.get("variants")
                                .forEach(variant -> tests.add(DynamicTest.dynamicTest(
                                        decoder.getFileName() + " " + variant.asText(),
                                        () -> compareWithSaeLens(decoder, variant.asText(), expected))));
                    }
                }
            }
        }
        return tests.stream();
    }

    private static void compareWithSaeLens(Path decoder, String variant, JsonNode expected) {
        JsonNode activations = Peers.json(decoder.resolve("activations.json"));
        OnnxGraph model = Peers.model(decoder.resolve(variant));
        Sae sae = SaeFile.read(decoder.resolve("sae"));
        String tensor = Residual.after(model, activations.get("block").asInt());
        List<CountedText> texts = new ArrayList<>();
        expected.get("texts")
                .forEach(text -> texts.add(CountedText.all(text.get("text").asText())));
        double worst = 0;
        double worstPeak = 0;
        try (TextTokenizer tokenizer = TextTokenizer.load(decoder.resolve("tokenizer.json"));
                Lens lens = Lens.open(model, tensor, sae, tokenizer, 512, OnnxSession.Settings.CPU)) {
            List<Reading> readings = lens.read(texts);
            for (int i = 0; i < texts.size(); i++) {
                Tokens tokens = lens.tokenize(List.of(texts.get(i).text())).getFirst();
                float[] rows = Peers.floats(activations.get("texts").get(i));
                Pooled pooled = Pooled.of(rows, texts.get(i).counts(tokens), lens.concepts());
                Reading reading = readings.get(i);
                worst = Math.max(worst, difference(reading, reading.saliency(), pooled.mean));
                worstPeak = Math.max(worstPeak, difference(reading, reading.peak(), pooled.highest));
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%s %s, %s: relative difference of a text's activations: worst %.1e of means, %.1e of peaks%n",
                decoder.getFileName(),
                variant,
                sae.config().architecture(),
                worst,
                worstPeak);
        assertThat(Math.max(worst, worstPeak)).isLessThan(Peers.tolerance(decoder, variant));
    }

    /** Of each concept the mean and the highest activation over the tokens that count. */
    private record Pooled(double[] mean, double[] highest) {
        static Pooled of(float[] rows, boolean[] counts, int concepts) {
            Pooled pooled = new Pooled(new double[concepts], new double[concepts]);
            int counted = 0;
            for (int t = 0; t < counts.length; t++) {
                if (counts[t]) {
                    counted++;
                    for (int c = 0; c < concepts; c++) {
                        double value = rows[t * concepts + c];
                        pooled.mean[c] += value;
                        pooled.highest[c] = Math.max(pooled.highest[c], value);
                    }
                }
            }
            assertThat(rows).hasSize(counts.length * concepts);
            for (int c = 0; c < concepts; c++) {
                pooled.mean[c] /= counted;
            }
            return pooled;
        }
    }

    /** |a - b| / |b| over all concepts, Euclidean. */
    private static double difference(Reading reading, float[] values, double[] expected) {
        double[] all = new double[expected.length];
        for (int i = 0; i < reading.concepts().length; i++) {
            all[reading.concepts()[i]] = values[i];
        }
        double difference = 0;
        double norm = 0;
        for (int c = 0; c < all.length; c++) {
            difference += (all[c] - expected[c]) * (all[c] - expected[c]);
            norm += expected[c] * expected[c];
        }
        return Math.sqrt(difference / norm);
    }
}
