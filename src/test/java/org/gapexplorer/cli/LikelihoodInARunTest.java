package org.gapexplorer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.gapexplorer.run.Provenance;
import org.gapexplorer.run.RunFolder;
import org.gapexplorer.run.RunFolder.Score;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole runs in which the tiny decoder of src/test/peers/tiny_likelihood.py answers. */
@Timeout(120)
class LikelihoodInARunTest {
    private static final Path TINY =
            Path.of("src/test/resources/peers/likelihood").toAbsolutePath();
    private static final String ANSWERS = "{by: likelihood, model: 'file:%s', tokenizer: 'file:%s', max_tokens: 20}"
            .formatted(TINY.resolve("model.onnx"), TINY.resolve("tokenizer.json"));

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
