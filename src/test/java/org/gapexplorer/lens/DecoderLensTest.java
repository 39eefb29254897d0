package org.gapexplorer.lens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gapexplorer.model.OnnxGraph;
import org.gapexplorer.model.OnnxSession;
import org.gapexplorer.model.Peers;
import org.gapexplorer.model.Residual;
import org.gapexplorer.model.TextTokenizer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Saliency through a decoder, against plain loops over the residual rows that PyTorch computed. */
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
}
