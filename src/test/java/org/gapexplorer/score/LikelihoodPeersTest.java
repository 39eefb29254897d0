package org.gapexplorer.score;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;
import org.gapexplorer.model.OnnxSession;
import org.gapexplorer.model.Peers;
import org.gapexplorer.run.Datasets.Datapoint;
import org.gapexplorer.score.LikelihoodScorer.Likelihood;
import org.gapexplorer.study.Progress;
import org.gapexplorer.study.PromptTemplate;
import org.gapexplorer.study.SourceRef;
import org.gapexplorer.study.SubjectModel;
import org.gapexplorer.study.SubjectModel.Normalise;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Against lm-evaluation-harness with transformers: the sums of every choice, and acc and acc_norm of every item. The tiny
 * model is made by src/test/peers/tiny_likelihood.py; for another one see src/test/peers/lm_eval_likelihood.py.
 */
class LikelihoodPeersTest {
    private static final Path TINY = Path.of("src/test/resources/peers/likelihood");

    @TempDir
    Path folder;

    /** The tolerance is of sums, relative: what float16 and int8 (weights and activations) take from a random model. */
    @ParameterizedTest
    @CsvSource({
        "., whole.json, 1e-5",
        "., cut.json, 1e-5",
        "gpt2, whole.json, 1e-5",
        "gpt2, cut.json, 1e-5",
        "genai, whole.json, 1e-5",
        "genai, cut.json, 1e-5",
        "fp16, ../whole.json, 1e-3",
        "int8, ../whole.json, 2e-2",
    })
    void aTinyDecoderAnswersAsInTheHarness(String kind, String expected, double tolerance) throws IOException {
        Path of = TINY.resolve(kind);
        Path model = of.resolve("model.onnx");
        if (!Files.exists(model)) {
            model = Files.write(folder.resolve("model.onnx"), Peers.unpacked(of.resolve("model.onnx.gz")));
        }
        Path own = of.resolve("tokenizer.json");
        Path tokenizer = Files.exists(own) ? own : TINY.resolve("tokenizer.json");
        compare(model, tokenizer, of.resolve(expected), 128, tolerance);
    }

    /** GAPX_LIKELIHOOD_TOLERANCE is for models in half precision or quantised: those are held against float32. */
    @Test
    @EnabledIfEnvironmentVariable(named = "GAPX_LIKELIHOOD", matches = ".+")
    void aLanguageModelAnswersAsInTheHarness() throws IOException {
        Path model = Path.of(System.getenv("GAPX_LIKELIHOOD"));
        compare(
                model.resolve("model.onnx"),
                model.resolve("tokenizer.json"),
                Path.of(System.getenv("GAPX_LIKELIHOOD_EXPECTED")),
                8_192,
                Double.parseDouble(System.getenv().getOrDefault("GAPX_LIKELIHOOD_TOLERANCE", "1e-3")));
    }

    private static void compare(Path model, Path tokenizer, Path file, int window, double tolerance)
            throws IOException {
        JsonNode expected = new ObjectMapper().readTree(file.toFile());
        List<Datapoint> items = new ArrayList<>();
        for (JsonNode item : expected.get("items")) {
            items.add(new Datapoint(
                    item.get("benchmark").asText() + "/" + item.get("id").asText(),
                    item.get("question").asText(),
                    StreamSupport.stream(item.get("choices").spliterator(), false)
                            .map(JsonNode::asText)
                            .toList(),
                    item.get("answer").asInt(),
                    null));
        }
        var answering = new SubjectModel.Likelihood(
                new SourceRef("file:model.onnx", null),
                List.of(),
                new SourceRef("file:tokenizer.json", null),
                null,
                expected.get("max_length").isNull()
                        ? window
                        : expected.get("max_length").asInt(),
                Normalise.NONE,
                new PromptTemplate(expected.get("context").asText()),
                expected.get("delimiter").asText(),
                List.of());
        Likelihood[] likelihoods;
        long start = System.nanoTime();
        var files = new AnswerScorer.Files(model, List.of(), tokenizer, null);
        try (LikelihoodScorer scorer = LikelihoodScorer.open("m", answering, files, OnnxSession.Settings.CPU)) {
            likelihoods = scorer.likelihoods("b", items, Progress.SILENT);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        double worst = sums(expected, likelihoods);
        System.out.printf(
                Locale.ROOT,
                "%s: %d items in %.1f s, worst relative difference of a sum %.1e%n",
                file,
                items.size(),
                seconds,
                worst);
        assertThat(worst).isLessThan(tolerance);
        for (Normalise normalise : Normalise.values()) {
            scores(normalise, expected, items, likelihoods, tolerance);
        }
    }

    /** Every item's score is the harness's, but where its two best choices are closer than the tolerance. */
    private static void scores(
            Normalise normalise, JsonNode expected, List<Datapoint> items, Likelihood[] likelihoods, double tolerance) {
        String metric = normalise == Normalise.NONE ? "acc" : "acc_norm";
        double ours = 0;
        double theirs = 0;
        int close = 0;
        int unlike = 0;
        for (int i = 0; i < items.size(); i++) {
            JsonNode item = expected.get("items").get(i);
            double score = score(normalise, items.get(i), likelihoods[i].sums());
            double wanted = item.get(metric).asDouble();
            ours += score / items.size();
            theirs += wanted / items.size();
            double[] sums = doubles(item.get("sums"));
            double[] values = LikelihoodScorer.values(normalise, items.get(i), sums);
            if (isClose(values, tolerance)) {
                close++;
                unlike += score == wanted ? 0 : 1;
            } else {
                assertThat(score).as(metric + " of " + items.get(i)).isEqualTo(wanted);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "  %s %.4f, the harness %.4f; %d items with two choices within the tolerance, %d of them scored otherwise%n",
                metric,
                ours,
                theirs,
                close,
                unlike);
    }

    /** Whether another choice may be the best one if each value is off by the tolerance; equal ones are not: the first counts. */
    private static boolean isClose(double[] values, double tolerance) {
        double best = Arrays.stream(values).max().orElseThrow();
        return tolerance > 1e-3
                && Arrays.stream(values)
                                .filter(value -> best - value < tolerance * (Math.abs(best) + Math.abs(value)))
                                .count()
                        > 1;
    }

    private static double score(Normalise normalise, Datapoint item, double[] sums) {
        return AnswerScorer.Choice.of(LikelihoodScorer.values(normalise, item, sums))
                .score("m", "b", item)
                .score();
    }

    private static double[] doubles(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .toArray();
    }

    private static double sums(JsonNode expected, Likelihood[] likelihoods) {
        double worst = 0;
        for (int i = 0; i < likelihoods.length; i++) {
            double[] sums = likelihoods[i].sums();
            JsonNode wanted = expected.get("items").get(i).get("sums");
            assertThat(sums).hasSize(wanted.size());
            for (int c = 0; c < sums.length; c++) {
                double sum = wanted.get(c).asDouble();
                worst = Math.max(worst, Math.abs(sums[c] - sum) / Math.abs(sum));
            }
        }
        return worst;
    }
}
