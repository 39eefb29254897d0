package org.gapexplorer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.gapexplorer.model.OutsideWeights;
import org.gapexplorer.model.TextTokenizer;
import org.gapexplorer.model.TinyDecoder;
import org.gapexplorer.model.Tokens;
import org.gapexplorer.run.Provenance;
import org.gapexplorer.run.RunFolder;
import org.gapexplorer.run.RunFolder.Score;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole runs in which the tiny decoder of src/test/peers/tiny_likelihood.py answers. */
@Timeout(120)
class LikelihoodInARunTest {
    private static final Path TINY =
            Path.of("src/test/resources/peers/likelihood").toAbsolutePath();
    private static final String ANSWERS = "{by: likelihood, model: 'file:%s', tokenizer: 'file:%s', max_tokens: 20}"
            .formatted(TINY.resolve("model.onnx"), TINY.resolve("tokenizer.json"));

    /** Of its tokenizer. */
    private static final int VOCABULARY = 555;

    @TempDir
    Path folder;

    private SmallStudy study;

    @BeforeEach
    void aStudyThatTheDecoderAnswers() throws IOException {
        study = new SmallStudy(folder).with("""
                logs:
                      - benchmark: facts
                        files: {log: file:log.json}
                        format: array
                """.indent(0), "answers: " + ANSWERS + "\n");
    }

    @Test
    void aRunHasItsScoresOnceAndSaysHowTheyWereMade() throws IOException {
        Called called = study.run();
        assertThat(called.code()).as(called.err()).isZero();
        assertThat(called.err()).contains("logged on facts", "3 of 3 items");
        var run = new RunFolder(study.out);
        List<Score> scores = RunFolder.SCORES.read(run.scores());
        assertThat(scores).hasSize(3).allSatisfy(score -> {
            assertThat(score.score()).isIn(0.0, 1.0);
            assertThat(score.answer()).isIn("0", "1");
            assertThat(score.margin()).isPositive();
        });
        assertThat(Provenance.read(run).settings())
                .containsEntry(
                        "scores of logged on facts",
                        "by log-likelihood per character; 3 of 3 items longer than 20 tokens, their beginning left out");
        assertThat(study.run().err()).doesNotContain("logged on facts: 3");
        assertThat(RunFolder.SCORES.read(run.scores())).isEqualTo(scores);
    }

    /** Margins against a plain loop over the tokens, begun by BOS or not. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void weightsMayLieElsewhereAndTheTokenizersConfigurationSaysWhatATextBeginsWith(boolean bos) throws IOException {
        // short texts: after a long one the first token changes nothing in this decoder
        String items = """
                {"item": "a", "question": "cat", "choices": ["sat", "ran"], "answer": 0}
                {"item": "b", "question": "ice", "choices": ["hot", "cold"], "answer": 1}
                """;
        Files.writeString(study.items, items);
        Files.writeString(study.log, "[1, 0]");
        TinyDecoder decoder = new TinyDecoder(VOCABULARY);
        Path data = Files.createDirectories(folder.resolve("weights")).resolve("tiny.data");
        OutsideWeights.split(
                decoder.graph(TinyDecoder.Head.PLAIN).toBytes(), folder.resolve("tiny.onnx"), "tiny.data", data);
        Files.writeString(
                folder.resolve("tokenizer_config.json"), "{\"bos_token\": \"<s>\", \"add_bos_token\": " + bos + "}");
        study.with(
                        "model: 'file:" + TINY.resolve("model.onnx") + "'",
                        "model: file:tiny.onnx, max_tokens: 400,"
                                + " context: '{question}', model_data: ['file:weights/tiny.data'], tokenizer_config: file:tokenizer_config.json")
                .with(", max_tokens: 20}", "}");
        Called called = study.run();
        assertThat(called.code()).as(called.err()).isZero();

        Map<String, Score> scores = RunFolder.SCORES.read(new RunFolder(study.out).scores()).stream()
                .collect(Collectors.toMap(Score::item, score -> score));
        for (JsonNode item : new ObjectMapper()
                .readerFor(JsonNode.class)
                .<JsonNode>readValues(items)
                .readAll()) {
            double first = value(decoder, bos, item, 0);
            double second = value(decoder, bos, item, 1);
            Score score = scores.get(item.get("item").asText());
            assertThat(score.answer()).isEqualTo(first >= second ? "0" : "1");
            assertThat(score.margin()).isCloseTo(Math.abs(first - second), within(1e-4));
            assertThat(first).as("the other way").isNotCloseTo(value(decoder, !bos, item, 0), within(0.01));
        }
    }

    private static double value(TinyDecoder decoder, boolean bos, JsonNode item, int choice) {
        String context = item.get("question").asText();
        String words = item.get("choices").get(choice).asText();
        try (TextTokenizer tokenizer = TextTokenizer.load(TINY.resolve("tokenizer.json"))) {
            List<Tokens> tokens = tokenizer.encode(List.of(context, context + " " + words), 1_000);
            // the file itself puts BOS before a text
            int from = bos ? 0 : 1;
            long[] ids =
                    Arrays.copyOfRange(tokens.get(1).ids(), from, tokens.get(1).length());
            int before = tokens.get(0).length() - from;
            // as the harness has it, the context's own tokens stand before the choice, however the whole is cut
            System.arraycopy(tokens.get(0).ids(), from, ids, 0, before);
            double sum = 0;
            for (int i = before; i < ids.length; i++) {
                sum += decoder.logProbability(TinyDecoder.Head.PLAIN, Arrays.copyOf(ids, i), ids[i]);
            }
            return sum / words.length();
        }
    }

    @Test
    void aBenchmarkWithoutChoicesIsRefusedBeforeTheWork() throws IOException {
        Files.writeString(study.items, "{\"item\": \"ice\", \"question\": \"What does water become?\"}\n");
        study.run().refused("models.logged.answers", "by likelihood needs choices", "facts", "answers.benchmarks");
    }

    @Test
    void aModelWithoutAVocabularyHeadIsRefused() throws IOException {
        study.with("'file:" + TINY.resolve("model.onnx") + "'", SmallStudy.MODEL);
        study.run().refused("has no vocabulary head", "text generation");
    }

    @Test
    void anotherModelsTokenizerIsNoticed() throws IOException {
        study.with("'file:" + TINY.resolve("tokenizer.json") + "'", SmallStudy.TOKENIZER);
        study.run().refused("tokens, but the tokenizer gives token", "tokenizer.json that belongs to the model");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "by: likelihood | by: likely            | 'likely' is not one of [similarity, likelihood]",
                "by: likelihood | by: similarity, benchmarks: [facts] | benchmarks with by: likelihood",
                "by: likelihood | by: likelihood, pooling: mean       | go with by: similarity",
                "max_tokens: 20 | max_tokens: 2                       | must be at least 3",
                "max_tokens: 20 | normalise: none                     | max_tokens: is missing",
                "max_tokens: 20 | max_tokens: 20, normalise: bytes    | 'bytes' is not one of [length, none]",
                "max_tokens: 20 | max_tokens: 20, context: 'Well?'    | answers.context: the template has no {question}",
                "max_tokens: 20 | max_tokens: 20, benchmarks: [fact]  | there is no benchmark 'fact' in this study",
            })
    void whatIsWrongInTheStudyFileIsNamed(String there, String instead, String complaint) throws IOException {
        study.with(there, instead);
        Called.gapx("study", "validate", study.file).refused(complaint);
    }
}
