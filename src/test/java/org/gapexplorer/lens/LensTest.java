package org.gapexplorer.lens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.gapexplorer.lens.SaeConfig.Architecture;
import org.gapexplorer.lens.SaeConfig.Normalisation;
import org.gapexplorer.model.GraphEditor;
import org.gapexplorer.model.HiddenStates;
import org.gapexplorer.model.OnnxGraph;
import org.gapexplorer.model.OnnxSession;
import org.gapexplorer.model.Residual;
import org.gapexplorer.model.Starter;
import org.gapexplorer.model.TextTokenizer;
import org.gapexplorer.model.Tokens;
import org.gapexplorer.study.Problem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LensTest {
    private static final int CONCEPTS = 1_024;
    private static final int MAX_TOKENS = 256;

    private static OnnxGraph model;
    private static String tensor;
    private static TextTokenizer tokenizer;
    private static HiddenStates states;

    @BeforeAll
    static void open() {
        model = Starter.model();
        tensor = Residual.after(model, 3);
        tokenizer = Starter.tokenizer();
        states = HiddenStates.open(model, tensor, tokenizer, MAX_TOKENS, OnnxSession.Settings.CPU);
    }

    @AfterAll
    static void close() {
        states.close();
        tokenizer.close();
    }

    private static Lens lens(Sae sae) {
        return Lens.open(model, tensor, sae, tokenizer, MAX_TOKENS, OnnxSession.Settings.CPU);
    }

    static Stream<SaeConfig> configurations() {
        int d = Starter.WIDTH;
        return Stream.of(
                SaeConfig.topK(d, CONCEPTS, 32, "m", "h"),
                SaeConfig.topK(d, 40, 40, "m", "h"),
                new SaeConfig(Architecture.TOPK, d, CONCEPTS, 8, false, Normalisation.CONSTANT_NORM_RESCALE, "m", "h"),
                new SaeConfig(Architecture.STANDARD, d, CONCEPTS, 0, true, Normalisation.LAYER_NORM, "m", "h"),
                new SaeConfig(Architecture.JUMPRELU, d, CONCEPTS, 0, false, Normalisation.NONE, "m", "h"),
                new SaeConfig(Architecture.JUMPRELU, d, CONCEPTS, 0, true, Normalisation.NONE, "m", "h"),
                new SaeConfig(Architecture.GATED, d, CONCEPTS, 0, true, Normalisation.NONE, "m", "h"),
                new SaeConfig(Architecture.GROUPMAX, d, CONCEPTS, 32, true, Normalisation.NONE, "m", "h"));
    }

    /** One token; all hidden but one; nothing; nothing that counts; template words out; longer than the lens reads. */
    private static List<CountedText> oddTexts() {
        String question = "Question: which planet is largest? Answer:";
        List<CountedText> texts = new ArrayList<>(List.of(
                CountedText.all("cat"),
                new CountedText(question, new int[] {16, 22}),
                CountedText.all(""),
                new CountedText(question, new int[0]),
                new CountedText(question, new int[] {10, 34}),
                CountedText.all("lone \uD83D surrogate and 😀 smile"),
                CountedText.all(
                        "The quick brown fox jumps over the lazy dog near the river bank at dawn. ".repeat(40))));
        for (int words = 1; words < 60; words += 7) {
            texts.add(CountedText.all("alpha beta gamma delta ".repeat(words).substring(0, words * 4)));
        }
        return texts;
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void saliencyEqualsTheUnfusedReference(SaeConfig config) {
        Sae sae = RandomSae.of(config, 11);
        Reference reference = new Reference(sae);
        List<CountedText> texts = oddTexts();
        boolean topK = config.architecture().keepsK();
        int compared = 0;
        int border = 0;
        try (Lens lens = lens(sae)) {
            List<Reading> readings = lens.read(texts);
            for (int i = 0; i < texts.size(); i++) {
                HiddenStates.Rows rows = states.of(List.of(texts.get(i).text())).getFirst();
                Reference.Result expected =
                        reference.of(rows.values(), texts.get(i).counts(rows.tokens()));
                double[] saliency = new double[config.dSae()];
                double[] peak = new double[config.dSae()];
                Reading reading = readings.get(i);
                for (int j = 0; j < reading.concepts().length; j++) {
                    saliency[reading.concepts()[j]] = reading.saliency()[j];
                    peak[reading.concepts()[j]] = reading.peak()[j];
                }
                for (int c = 0; c < config.dSae(); c++) {
                    border += expected.border()[c] ? 1 : 0;
                    if (!expected.border()[c]) {
                        compared++;
                        // where nothing but ReLU cuts, values pass through 0 and float32 has an absolute error there
                        double floor = topK && config.k() < config.dSae() ? 0 : 1e-6;
                        assertThat(saliency[c])
                                .as("text %d concept %d", i, c)
                                .isEqualTo(
                                        expected.saliency()[c], Offset.offset(1e-4 * expected.saliency()[c] + floor));
                        assertThat(peak[c])
                                .isEqualTo(expected.peak()[c], Offset.offset(1e-4 * expected.peak()[c] + floor));
                    }
                }
            }
        }
        assertThat(border).as("left out as ties").isLessThan(compared / 200);
    }

    @Test
    void thePeakTokenIsWhereTheConceptFiresMost() {
        Sae sae = RandomSae.of(SaeConfig.topK(Starter.WIDTH, CONCEPTS, 32, "m", "h"), 5);
        CountedText text = new CountedText("Question: which planet is largest? Answer:", new int[] {10, 34});
        try (Lens lens = lens(sae)) {
            Reading reading = lens.read(List.of(text)).getFirst();
            List<Tokens> tokens = lens.tokenize(List.of(text.text()));
            boolean[] counts = text.counts(tokens.getFirst());
            float[][] activations = lens.activations(tokens, reading.concepts()).getFirst();
            for (int j = 0; j < reading.concepts().length; j++) {
                assertThat(counts[reading.peakToken()[j]]).isTrue();
                assertThat(activations[reading.peakToken()[j]][j]).isEqualTo(reading.peak()[j], Offset.offset(1e-5f));
                for (int t = 0; t < counts.length; t++) {
                    assertThat(!counts[t] || activations[t][j] <= reading.peak()[j] + 1e-5)
                            .isTrue();
                }
            }
        }
    }

    @Test
    void tokenReadingsHoldEveryActivationOfATopKSae() {
        Sae sae = RandomSae.of(SaeConfig.topK(Starter.WIDTH, CONCEPTS, 32, "m", "h"), 5);
        List<String> texts = List.of("A short one.", "A rather longer text about boats, harbours and tides.", "");
        int[] all = IntStream.range(0, CONCEPTS).toArray();
        TokenReading[] readings = new TokenReading[texts.size()];
        try (Lens lens = lens(sae)) {
            lens.tokenReadings(texts, (reading, index) -> readings[index] = reading);
            List<float[][]> dense = lens.activations(lens.tokenize(texts), all);
            for (int i = 0; i < readings.length; i++) {
                for (int t = 0; t < readings[i].tokens().length(); t++) {
                    float[] row = new float[CONCEPTS];
                    for (int j = 0; j < readings[i].concepts()[t].length; j++) {
                        row[readings[i].concepts()[t][j]] = readings[i].activations()[t][j];
                    }
                    assertThat(row).containsExactly(dense.get(i)[t], Offset.offset(1e-5f));
                    assertThat(readings[i].concepts()[t].length)
                            .isLessThanOrEqualTo(readings[i].tokens().special()[t] ? 0 : 32);
                }
            }
        }
    }

    @Test
    void aTextReadOnItsOwnHasTheSaliencyOfAPromptThatCountsAsAWhole() {
        Sae sae = RandomSae.of(SaeConfig.topK(Starter.WIDTH, CONCEPTS, 32, "m", "h"), 5);
        String text = "A rather longer text about boats, harbours and tides.";
        try (Lens lens = lens(sae)) {
            Reading prompt = lens.read(List.of(CountedText.all(text))).getFirst();
            TextReading alone = lens.read(text);
            assertThat(alone.concepts()).containsExactlyInAnyOrder(prompt.concepts());
            for (int i = 0; i < alone.concepts().length; i++) {
                int at = Arrays.binarySearch(prompt.concepts(), alone.concepts()[i]);
                assertThat(alone.saliency()[i]).isEqualTo(prompt.saliency()[at], Offset.offset(1e-5f));
                assertThat(alone.peak()[i]).isEqualTo(prompt.peak()[at], Offset.offset(1e-4f));
                assertThat(alone.activations()[i][prompt.peakToken()[at]]).isEqualTo(alone.peak()[i]);
                assertThat(i == 0 || alone.saliency()[i - 1] >= alone.saliency()[i])
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void aPackedLensReadsAsTheOneThatWasPacked(SaeConfig config, @TempDir Path folder) {
        Sae sae = RandomSae.of(config, 5);
        String text = "Two boats left the harbour at dawn.";
        try (Lens lens = lens(sae)) {
            assertThat(LensPack.write(folder.resolve("lens"), lens, tokenizer)).isTrue();
            assertThat(LensPack.write(folder.resolve("lens"), lens, tokenizer)).isTrue();
            try (LensPack pack = LensPack.open(folder.resolve("lens"), OnnxSession.Settings.CPU)) {
                assertThat(pack.lens().maxTokens()).isEqualTo(MAX_TOKENS);
                assertThat(pack.lens().read(text).concepts())
                        .isEqualTo(lens.read(text).concepts());
                assertThat(pack.lens().read(text).saliency())
                        .isEqualTo(lens.read(text).saliency());
            }
        }
    }

    @Test
    void tIsTheNumberOfTokensThatCount() {
        Sae sae = RandomSae.of(SaeConfig.topK(Starter.WIDTH, 64, 4, "m", "h"), 5);
        try (Lens lens = lens(sae)) {
            List<Reading> readings = lens.read(oddTexts());
            assertThat(readings.stream().limit(7).map(Reading::tokens)).containsExactly(1, 1, 0, 0, 5, 6, 254);
            assertThat(readings.get(2).concepts()).isEmpty();
            assertThat(readings.get(3).concepts()).isEmpty();
            assertThat(readings.get(6).truncated()).isTrue();
            assertThat(readings.get(5).truncated()).isFalse();
        }
    }

    @Test
    void aPromptOfAMegabyteIsReadUpToTheLimit() {
        Sae sae = RandomSae.of(SaeConfig.topK(Starter.WIDTH, 64, 4, "m", "h"), 5);
        try (Lens lens = lens(sae)) {
            Reading reading = lens.read(List.of(CountedText.all("lorem ipsum dolor ".repeat(60_000))))
                    .getFirst();
            assertThat(reading.tokens()).isEqualTo(MAX_TOKENS - 2);
            assertThat(reading.truncated()).isTrue();
        }
    }

    @Test
    void aQuantisedModelReadsATextTheSameInAnyCompany() {
        String name = "all-minilm-l6-v2-q";
        OnnxGraph quantised = OnnxGraph.load(Starter.bytes(name + ".onnx"), name);
        Sae sae = RandomSae.of(SaeConfig.topK(Starter.WIDTH, 64, 4, "m", "h"), 5);
        try (Lens lens = Lens.open(
                quantised, Residual.after(quantised, 3), sae, tokenizer, MAX_TOKENS, OnnxSession.Settings.CPU)) {
            List<Reading> together = lens.read(oddTexts());
            Reading alone = lens.read(List.of(oddTexts().getFirst())).getFirst();
            assertThat(together.getFirst().saliency()).containsExactly(alone.saliency());
        }
    }

    @Test
    void anSaeOfAnotherWidthIsRefusedNamingBothSides() {
        Sae sae = RandomSae.of(SaeConfig.topK(512, 64, 4, "pythia-70m", "blocks.3.hook_resid_post"), 5);
        assertThatThrownBy(() -> lens(sae))
                .isInstanceOf(Problem.class)
                .hasMessageContaining(Starter.ONNX)
                .hasMessageContaining("width 512 (pythia-70m, blocks.3.hook_resid_post)")
                .hasMessageContaining("has width 384");
    }

    @Test
    void aTensorThatIsNotInTheModelIsRefused() {
        Sae sae = RandomSae.of(SaeConfig.topK(Starter.WIDTH, 64, 4, "m", "h"), 5);
        assertThatThrownBy(
                        () -> Lens.open(model, "/no/such/tensor", sae, tokenizer, MAX_TOKENS, OnnxSession.Settings.CPU))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("/no/such/tensor");
    }

    @Test
    void aResidualThatIsNotANumberIsAProblem() {
        GraphEditor editor = new GraphEditor(model);
        String broken = editor.node("Mul", "broken", tensor, editor.floats("nan", new float[] {Float.NaN}));
        OnnxGraph bad = editor.build(List.of(broken));
        Sae sae = RandomSae.of(SaeConfig.topK(Starter.WIDTH, 64, 4, "m", "h"), 5);
        try (Lens lens = Lens.open(bad, broken, sae, tokenizer, MAX_TOKENS, OnnxSession.Settings.CPU)) {
            assertThatThrownBy(() -> lens.read(List.of(CountedText.all("cat"))))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("residual stream")
                    .hasMessageContaining("not a finite number");
        }
    }

    @Test
    void aSaliencyThatOverflowsIsAProblem() {
        Sae sae = RandomSae.of(SaeConfig.topK(Starter.WIDTH, 64, 4, "m", "h"), 5);
        float[] bias = sae.bDec().clone();
        Arrays.fill(bias, Float.MAX_VALUE);
        Sae overflowing = new Sae(sae.config(), scaled(sae.wEnc(), -1e30f), sae.bEnc(), sae.wDec(), bias, null);
        try (Lens lens = lens(overflowing)) {
            assertThatThrownBy(() -> lens.read(List.of(CountedText.all("cat"))))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("not a finite number");
        }
    }

    private static float[] scaled(float[] values, float by) {
        float[] scaled = values.clone();
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = Math.abs(scaled[i]) * by;
        }
        return scaled;
    }
}
