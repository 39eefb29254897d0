package org.gapexplorer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.gapexplorer.run.Provenance;
import org.gapexplorer.run.RunFolder;
import org.gapexplorer.run.RunFolder.LogMatch;
import org.gapexplorer.run.RunFolder.Score;
import org.gapexplorer.run.RunFolder.Spread;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole runs over the logs that harnesses wrote of the twelve items in src/test/peers. */
@Timeout(120)
class LogsInARunTest {
    private static final Path PEERS = Path.of("src/test/resources/peers").toAbsolutePath();
    private static final Path LM_EVAL = PEERS.resolve("lm-eval/0.4.13");

    @TempDir
    Path folder;

    private SmallStudy study;

    @BeforeEach
    void aStudyOfTheTwelveItems() throws IOException {
        study = new SmallStudy(folder)
                .with("file:items.jsonl", "file:" + LM_EVAL.resolve("samples_quiz_choice.jsonl"))
                .withSql("SELECT doc.id AS item, doc.question AS question, doc.choices AS choices, doc.gold AS answer"
                        + " FROM read_json(getvariable('items'))");
    }

    private void logs(String... logs) throws IOException {
        study.with("""
                      - benchmark: facts
                        files: {log: file:log.json}
                        format: array
                """.indent(0), String.join("\n", logs) + "\n");
    }

    private static String lmEval(String more) {
        return "      - {benchmark: facts, format: lm-eval, files: {samples: 'file:%s', results: 'file:%s'}%s}"
                .formatted(LM_EVAL.resolve("samples_quiz_free.jsonl"), LM_EVAL.resolve("results.json"), more);
    }

    private static String inspect(String more) {
        return "      - {benchmark: facts, files: {log: 'file:%s'}%s}"
                .formatted(PEERS.resolve("inspect/quiz.eval"), more);
    }

    @Test
    void aRunHasTheHarnessesMeanAndSaysWhatMatched() throws IOException {
        logs(lmEval(", filter: flexible-extract"));
        Called called = study.run();
        assertThat(called.code()).as(called.err()).isZero();
        assertThat(called.err())
                .contains("logged on facts: 12 of 12 items scored, 0 unscored, 0 not in the log;"
                        + " 12 entries matched by id, 0 by hash, 0 by text; 0 entries match no item");
        var run = new RunFolder(study.out);
        JsonNode results = new JsonMapper()
                .readTree(Files.readString(LM_EVAL.resolve("results.json")))
                .get("results");
        double published =
                results.get("quiz_free").get("exact_match,flexible-extract").asDouble();
        assertThat(RunFolder.MODELS.read(run.models())).anySatisfy(model -> {
            assertThat(model.benchmark()).isEqualTo("facts");
            assertThat(model.mean()).isCloseTo(published, within(1e-12));
        });
        LogMatch match = RunFolder.LOGS.read(run.logs()).getFirst();
        assertThat(match.format()).isEqualTo("lm-eval");
        assertThat(match.mean()).isCloseTo(published, within(1e-12));
        assertThat(RunFolder.SPREADS.read(run.spreads())).isEmpty();
        assertThat(Provenance.read(run).settings()).containsEntry("scores of logged on facts", match.toString());
    }

    @Test
    void severalLogsOfAModelAreAveragedAndTheirSpreadKept() throws IOException {
        logs(lmEval(", filter: strict-match"), inspect(", scorer: match"));
        Called called = study.run();
        assertThat(called.code()).as(called.err()).isZero();
        var run = new RunFolder(study.out);
        List<LogMatch> matches = RunFolder.LOGS.read(run.logs());
        assertThat(matches).extracting(LogMatch::format).containsExactly("lm-eval", "inspect");
        List<Spread> spreads = RunFolder.SPREADS.read(run.spreads());
        assertThat(spreads).hasSize(12).extracting(Spread::runs).containsOnly(3);
        // one run of lm-eval, two epochs of Inspect: the mean over all three
        double mean = RunFolder.SCORES.read(run.scores()).stream()
                .mapToDouble(Score::score)
                .average()
                .orElseThrow();
        assertThat(mean).isCloseTo((matches.get(0).mean() + 2 * matches.get(1).mean()) / 3, within(1e-12));
        assertThat(called.err()).contains("up to 2 runs of an item, averaged");
    }

    @Test
    void whatIsOnRecordIsNotAnsweredAgainAndTheRestIs() throws IOException {
        logs(lmEval(", filter: flexible-extract"));
        String answers = "    answers: {model: '%s', tokenizer: '%s', pooling: mean}\n"
                .formatted(SmallStudy.MODEL, SmallStudy.TOKENIZER);
        study.with("  - id: logged\n", "  - id: answering\n" + answers + "  - id: logged\n" + answers);
        Called called = study.run();
        assertThat(called.code()).as(called.err()).isZero();
        assertThat(called.err()).contains("answering on facts");
        var run = new RunFolder(study.out);
        List<Score> scores = RunFolder.SCORES.read(run.scores());
        assertThat(scores).hasSize(24);
        assertThat(scores)
                .filteredOn(score -> score.model().equals("logged"))
                .hasSize(12)
                .allMatch(score -> Double.isNaN(score.margin()));
        assertThat(scores)
                .filteredOn(score -> score.model().equals("answering"))
                .hasSize(12)
                .noneMatch(score -> Double.isNaN(score.margin()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "lm-eval |                         | holds several under 'filter': strict-match, flexible-extract; say which is meant",
                "lm-eval | , filter: x             | holds nothing named 'x' under 'filter'",
                "lm-eval | , scorer: x             | a log of format lm-eval has no scorer to choose",
                "inspect |                         | holds several under 'scorer': match, parts, sometimes",
                "inspect | , scorer: parts         | holds several under 'metric': exact, length",
                "inspect | , format: x             | the format 'x' is not known",
                "inspect | , format: query         | stands with format query, and only there",
                "inspect | , match: name           | 'name' is not one of [id, hash, text]",
                "inspect | , range: [1]            | write the worst and the best value, such as [1, 10]",
                "inspect | , scorer: match, range: [5, 6] | is 0.0, which is not in [5, 6]",
            })
    void whatALogLeavesOpenIsAskedFor(String harness, String more, String complaint) throws IOException {
        String options = more == null ? "" : more;
        logs(harness.equals("lm-eval") ? lmEval(options) : inspect(options));
        study.run().refused(complaint);
    }

    @Test
    void validateSeesWhatIsWrongWithoutAFile() throws IOException {
        logs(lmEval(", detector: d"));
        Called.gapx("study", "validate", study.file)
                .refused("model 'logged', benchmark 'facts'", "has no detector to choose; it has filter, metric");
        study.with("lm-eval,", "lm-evil,");
        Called.gapx("study", "validate", study.file).refused("the format 'lm-evil' is not known; write one of lm-eval");
    }

    @Test
    void aMistakeInALogIsToldBeforeTheLongWork() throws IOException {
        logs(lmEval(""));
        Called called = study.run();
        called.refused("holds several under 'filter'");
        assertThat(called.err()).doesNotContain("prompts");
        assertThat(new RunFolder(study.out).saliency()).doesNotExist();
    }
}
