package org.gapexplorer.score;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;
import org.gapexplorer.model.OnnxSession;
import org.gapexplorer.run.Datasets.Datapoint;
import org.gapexplorer.score.LikelihoodScorer.Likelihood;
import org.gapexplorer.study.Progress;
import org.gapexplorer.study.PromptTemplate;
import org.gapexplorer.study.SourceRef;
import org.gapexplorer.study.SubjectModel;
import org.gapexplorer.study.SubjectModel.Normalise;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Against lm-evaluation-harness with transformers: the sums of every choice, and acc and acc_norm of every item. The tiny
 * model is made by src/test/peers/tiny_likelihood.py; for another one see src/test/peers/lm_eval_likelihood.py.
 */
class LikelihoodPeersTest {
    private static final Path TINY = Path.of("src/test/resources/peers/likelihood");

    @ParameterizedTest
    @ValueSource(strings = {"whole.json", "cut.json"})
    void aTinyDecoderAnswersAsInTheHarness(String expected) throws IOException {
        compare(TINY, TINY.resolve(expected), 128);
    }

    @Test
    @EnabledIfEnvironmentVariable(named = "GAPX_LIKELIHOOD", matches = ".+")
    void aLanguageModelAnswersAsInTheHarness() throws IOException {
        compare(Path.of(System.getenv("GAPX_LIKELIHOOD")), Path.of(System.getenv("GAPX_LIKELIHOOD_EXPECTED")), 8_192);
    }

    private static void compare(Path model, Path file, int window) throws IOException {
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
                new SourceRef("file:tokenizer.json", null),
                expected.get("max_length").isNull()
                        ? window
                        : expected.get("max_length").asInt(),
                Normalise.NONE,
                new PromptTemplate(expected.get("context").asText()),
                expected.get("delimiter").asText(),
                List.of());
        Likelihood[] likelihoods;
        long start = System.nanoTime();
        try (LikelihoodScorer scorer = LikelihoodScorer.open(
                "m",
                answering,
                model.resolve("model.onnx"),
                model.resolve("tokenizer.json"),
                OnnxSession.Settings.CPU)) {
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
        assertThat(worst).isLessThan(1e-3);
        for (int i = 0; i < items.size(); i++) {
            JsonNode item = expected.get("items").get(i);
            assertThat(score(Normalise.NONE, items.get(i), likelihoods[i]))
                    .as("acc of " + items.get(i))
                    .isEqualTo(item.get("acc").asDouble());
            assertThat(score(Normalise.LENGTH, items.get(i), likelihoods[i]))
                    .as("acc_norm of " + items.get(i))
                    .isEqualTo(item.get("acc_norm").asDouble());
        }
    }

    private static double score(Normalise normalise, Datapoint item, Likelihood likelihood) {
        return AnswerScorer.Choice.of(LikelihoodScorer.values(normalise, item, likelihood.sums()))
                .score("m", "b", item)
                .score();
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
