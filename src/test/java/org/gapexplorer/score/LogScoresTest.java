package org.gapexplorer.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.gapexplorer.run.Datasets.Datapoint;
import org.gapexplorer.run.RunFolder.LogMatch;
import org.gapexplorer.run.RunFolder.Score;
import org.gapexplorer.run.RunFolder.Spread;
import org.gapexplorer.study.Problem;
import org.gapexplorer.study.SubjectModel.Match;
import org.gapexplorer.study.SubjectModel.Reading;
import org.gapexplorer.study.SubjectModel.ScoreLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogScoresTest {
    private static final List<Datapoint> ITEMS =
            List.of(Logs.item("a", "What is a?"), Logs.item("b", "What is b?"), Logs.item("c", "What is c?"));

    @TempDir
    Path folder;

    private Logs file(String name, String text) throws IOException {
        return Logs.of(Files.writeString(folder.resolve(name), text));
    }

    private LogScores.Matched array(String json) throws IOException {
        return file("results.json", json).as("array").read(ITEMS);
    }

    private static LogScores.Matched query(String sql) {
        var log = new ScoreLog("bench", Map.of(), "query", sql, Reading.PLAIN);
        return LogScores.read("m", log, Map.of(), ITEMS);
    }

    /** An entry as lm-evaluation-harness writes it. */
    private static String entry(int id, String question, String score) {
        return "{\"doc_id\": %d, \"doc\": {\"question\": \"%s\"}, \"filter\": \"none\", \"metrics\": [\"acc\"], \"acc\": %s}\n"
                .formatted(id, question, score);
    }

    @Test
    void anArrayIsReadInTheBenchmarksOrder() throws IOException {
        LogScores.Matched matched = array("[\n1, null,\n 0.25]");
        assertThat(matched.scores())
                .containsExactly(
                        new Score("bench", "a", "m", 1, null, Double.NaN),
                        new Score("bench", "b", "m", Double.NaN, null, Double.NaN),
                        new Score("bench", "c", "m", 0.25, null, Double.NaN));
        assertThat(matched.report())
                .isEqualTo(new LogMatch(
                        "m", "bench", "array", 3, 3, 2, 1, 0, 3, 0, 0, 0, 0, 0, 1, 0.625, List.of(), List.of()));
        assertThat(array("[true, false, 1e-1]").scores())
                .extracting(Score::score)
                .containsExactly(1.0, 0.0, 0.1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[1, 0]          | holds 2 scores, but the benchmark has 3 items",
                "[1, 0, 1, 1]    | holds 4 scores, but the benchmark has 3 items",
                "[1, NaN, 0]     | element 1: is NaN; write one JSON array of numbers in [0, 1], with null where an item is unscored",
                "[1, 2, 0]       | element 1: is 2.0",
                "[1, 0, -1]      | element 2: is -1.0",
                "[1, \"0\", 1]   | element 1: is VALUE_STRING, not a number",
                "[1, [0], 1]     | element 1: is START_ARRAY, not a number",
                "{\"a\": 1}      | is not a JSON array",
                "[1, 0, 1] [2]   | goes on after its array",
                "[1, 0,          | is not JSON",
                "``              | is not a JSON array",
            })
    void aBadArrayIsOneMessageThatNamesTheFile(String json, String complaint) {
        assertThatThrownBy(() -> array(json))
                .isInstanceOf(Problem.class)
                .hasMessageStartingWith("model 'm', benchmark 'bench'")
                .hasMessageContaining("results.json")
                .hasMessageContaining(complaint);
    }

    @Test
    void aLogHasAFileAndAFormat() throws IOException {
        assertThatThrownBy(() -> Logs.of().read(ITEMS)).hasMessageContaining("the log names no file to read");
        assertThatThrownBy(() -> Logs.of().as("array").read(ITEMS)).hasMessageContaining("names no file to read");
        assertThatThrownBy(() -> file("x", "hello").as("excel").read(ITEMS))
                .hasMessageContaining("the format 'excel' is not known; write one of lm-eval, ");
        assertThatThrownBy(() -> file("x", "hello").read(ITEMS))
                .isInstanceOf(Problem.class)
                .hasMessageContaining(
                        "its format cannot be told from how it begins; write format: with one of lm-eval, ");
        assertThatThrownBy(() -> file("x", "[1,0,1]").scorer("match").read(ITEMS))
                .hasMessageContaining("a log of format array has no scorer to choose; leave it out");
        assertThatThrownBy(() -> file("x", entry(0, "?", "1")).scorer("match").read(ITEMS))
                .hasMessageContaining("a log of format lm-eval has no scorer to choose; it has filter, metric");
    }

    @Test
    void aQueryIsMatchedByIdAndReported() {
        LogScores.Matched matched = query(
                "FROM (VALUES ('c', 1, 'C'), ('z', 1, 'Z'), ('a', NULL, 'A'), ('y', 0, 'Y')) t(item, score, answer)");
        assertThat(matched.scores())
                .containsExactly(
                        new Score("bench", "a", "m", Double.NaN, "A", Double.NaN),
                        new Score("bench", "b", "m", Double.NaN, null, Double.NaN),
                        new Score("bench", "c", "m", 1, "C", Double.NaN));
        assertThat(matched.report())
                .hasToString("1 of 3 items scored, 1 unscored, 1 not in the log; 2 entries matched by id, 0 by hash,"
                        + " 0 by text; 2 entries match no item (z, y)");
    }

    @Test
    void aLogWithoutOneKnownIdIsTold() {
        assertThatThrownBy(() -> query("SELECT 'A' AS item, 1 AS score"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("log: 'A', benchmark: 'a'");
    }

    @Test
    void textsAreEqualWhateverTheirSpaceAndComposition() throws IOException {
        List<Datapoint> items = List.of(Logs.item("x", "Où est le caf\u00e9 ?"), Logs.item("y", "Where?"));
        LogScores.Matched matched = file("log", entry(0, "\\tOu\\u0300  est\\u00a0le cafe\\u0301\\n?", "1"))
                .read(items);
        assertThat(matched.report().byText()).isEqualTo(1);
        assertThat(matched.scores().getFirst().score()).isEqualTo(1);
        assertThatThrownBy(() -> file("log", entry(0, "where?", "1")).read(items))
                .hasMessageContaining("not one id of the log is an item")
                .hasMessageContaining("nor does a hash or text match");
    }

    @Test
    void anItemsHashIsFoundAsItsIdOrOfItsQuestion() throws IOException {

        String hash = "0000000000000000000000000000000000000000000000000000000000000000";
        List<Datapoint> items = List.of(Logs.item(hash, "one"), Logs.item("b", "What is b?"));
        String line =
                "{\"doc_id\": %d, \"doc\": {}, \"filter\": \"none\", \"metrics\": [\"acc\"], \"acc\": 1, \"doc_hash\": \"%s\","
                        + " \"prompt_hash\": \"%s\"}\n";
        LogScores.Matched matched = file(
                        "log", line.formatted(7, hash, "") + line.formatted(8, "", SHA256_OF_WHAT_IS_B))
                .read(items);
        assertThat(matched.report().byHash()).isEqualTo(2);
        assertThat(matched.report().scored()).isEqualTo(2);
    }

    /** Numbers that the texts speak against count other items: here from 0, in the benchmark from 1. */
    @Test
    void aNumberIsNotBelievedAgainstTheText() throws IOException {
        List<Datapoint> items = List.of(Logs.item("1", "one?"), Logs.item("2", "two?"), Logs.item("3", "three?"));
        String log = entry(0, "one?", "1") + entry(1, "two?", "0") + entry(2, "three?", "0");
        LogScores.Matched matched = file("log", log).read(items);
        assertThat(matched.scores()).extracting(Score::score).containsExactly(1.0, 0.0, 0.0);
        assertThat(matched.report().byText()).isEqualTo(3);
        LogScores.Matched told = file("log", log).match(Match.ID).read(items);
        assertThat(told.scores()).extracting(Score::score).containsExactly(0.0, 0.0, Double.NaN);
        assertThat(told.report().unknown()).isEqualTo(1);
    }

    @Test
    void aNumberIsBelievedWhereTheQuestionIsPartOfThePromptAndNothingSpeaksAgainstIt() throws IOException {
        List<Datapoint> items = List.of(Logs.item("0", "one?"), Logs.item("1", "two?"));
        String log = entry(0, "Q: one? A:", "1") + entry(1, "Q: two? A:", "0");
        assertThat(file("log", log).read(items).report().byId()).isEqualTo(2);
        String shifted = entry(1, "Q: one? A:", "1") + entry(0, "Q: two? A:", "0");
        assertThatThrownBy(() -> file("log", shifted).read(items))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("agree in nothing but numbers such as '0'")
                .hasMessageContaining("add match: id if they are the same");
    }

    @Test
    void questionsThatSeveralItemsAskAreToldApartByTheirChoices() throws IOException {
        List<Datapoint> items = List.of(
                new Datapoint("x", "Who?", List.of("Ann", "Bob"), null, null),
                new Datapoint("y", "Who?", List.of("Cid", "Dot"), null, null));
        String line =
                "{\"doc_id\": 9, \"doc\": {\"q\": \"Who?\", \"choices\": %s}, \"filter\": \"none\", \"metrics\": [\"acc\"],"
                        + " \"acc\": %d}\n";
        LogScores.Matched matched =
                file("log", line.formatted("[\"Cid\", \"Dot\"]", 1)).read(items);
        assertThat(matched.scores()).extracting(Score::score).containsExactly(Double.NaN, 1.0);
        LogScores.Matched partly = file(
                        "log",
                        line.formatted("[\"Ann\", \"Bob\"]", 1)
                                + line.formatted("[]", 1).replace("9", "10"))
                .read(items);
        assertThat(partly.report().ambiguous()).isEqualTo(1);
        assertThat(partly.report()).asString().contains("1 entries match no item (10), 1 of them several");
    }

    @Test
    void unscoredIsNullOrNaN() throws IOException {
        LogScores.Matched matched = file(
                        "log",
                        entry(0, "What is a?", "NaN") + entry(1, "What is b?", "null") + entry(2, "What is c?", "true"))
                .read(ITEMS);
        assertThat(matched.scores()).extracting(Score::score).containsExactly(Double.NaN, Double.NaN, 1.0);
        assertThat(matched.report().unscored()).isEqualTo(2);
        assertThat(matched.report().mean()).isEqualTo(1);
    }

    @Test
    void entriesThatRepeatAnotherAreCountedAndThoseThatContradictItAreAProblem() throws IOException {
        String once = entry(0, "What is a?", "1");
        assertThat(file("log", once + once).read(ITEMS).report().duplicates()).isEqualTo(1);
        assertThatThrownBy(() -> file("log", once + entry(0, "What is a?", "0")).read(ITEMS))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("line 2: item 'a' has a score of 0.0, and one of 1.0 in line 1")
                .hasMessageContaining("give repeated runs a file each");
    }

    /** Sample standard deviations computed by hand: of 1, 0, 0 it is the root of (4/9 + 1/9 + 1/9) / 2. */
    @Test
    void runsAreAveragedAndTheirSpreadIsKept() throws IOException {
        Path one = Files.writeString(folder.resolve("1"), entry(0, "What is a?", "1") + entry(1, "What is b?", "1"));
        Path two = Files.writeString(folder.resolve("2"), entry(0, "What is a?", "0") + entry(1, "What is b?", "NaN"));
        LogScores.Input third = file("3", "[0, 1, null]").input();
        LogScores.Matched matched =
                LogScores.read("m", List.of(Logs.of(one, two).input(), third), ITEMS);
        assertThat(matched.scores().get(0).score()).isCloseTo(1 / 3.0, within(1e-15));
        assertThat(matched.scores().get(1).score()).isEqualTo(1);
        assertThat(matched.scores().get(2).score()).isNaN();
        assertThat(matched.spreads()).extracting(Spread::item).containsExactly("a", "b");
        assertThat(matched.spreads()).extracting(Spread::runs).containsExactly(3, 2);
        assertThat(matched.spreads().get(0).deviation()).isCloseTo(Math.sqrt(1 / 3.0), within(1e-15));
        assertThat(matched.spreads().get(1).deviation()).isZero();
        assertThat(matched.reports()).extracting(LogMatch::format).containsExactly("lm-eval", "array");
        assertThat(matched.reports()).extracting(LogMatch::runs).containsExactly(2, 1);
        assertThat(matched.report().mean()).isEqualTo(0.75);
    }

    @Test
    void otherScalesAndDirectionsAreToldByTheStudy() throws IOException {
        String log = entry(0, "What is a?", "1") + entry(1, "What is b?", "10") + entry(2, "What is c?", "4");
        assertThatThrownBy(() -> file("log", log).read(ITEMS))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("line 2: is 10.0, which is not in [0, 1]; say how its scores run, with range:");
        assertThat(file("log", log).range(1, 10, false).read(ITEMS).scores())
                .extracting(Score::score)
                .containsExactly(0.0, 1.0, 3 / 9.0);
        assertThat(file("log", log).range(1, 10, true).read(ITEMS).scores())
                .extracting(Score::score)
                .containsExactly(1.0, 0.0, 1 - 3 / 9.0);
    }

    @Test
    void aMetricThatIsBetterLowerHasToBeInverted() throws IOException {
        Path results = Files.writeString(
                folder.resolve("results.json"),
                "{\"results\": {\"t\": {\"acc,none\": 0.5}}, \"higher_is_better\": {\"t\": {\"acc\": false}}}");
        Logs log = file("samples_t.jsonl", entry(0, "What is a?", "0.25")).results(results);
        assertThatThrownBy(() -> log.read(ITEMS))
                .hasMessageContaining("its results file says that a lower 'acc' is better; add invert: true");
        assertThat(log.range(0, 1, true).read(ITEMS).scores().getFirst().score())
                .isEqualTo(0.75);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"doc_id\": 2, \"do", "{\"doc_id\": 2, \"doc\": {}, \"acc\": tr", "{", "{\"doc_id\""})
    void aLastLineThatIsCutIsLeftOutAndTold(String cut) throws IOException {
        LogScores.Matched matched = file("log", entry(0, "What is a?", "1") + entry(1, "What is b?", "1") + cut)
                .read(ITEMS);
        assertThat(matched.report().scored()).isEqualTo(2);
        assertThat(matched.report().notes())
                .containsExactly("log ends in the middle: what stands after entry 2 is missing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"doc_id\": 2, x}          | line 2: is not JSON",
                "[1]                         | is not an object",
                "{\"doc\": {}}               | line 2: has no doc_id",
                "{\"doc_id\": 2, \"filter\": \"none\"} | line 2: has no 'acc'",
                "{\"doc_id\": 2, \"filter\": \"none\", \"acc\": [1, 2]} | line 2: 'acc' is ARRAY",
            })
    void aBadEntryIsToldWithItsLine(String line, String complaint) {
        assertThatThrownBy(() -> file("log", entry(0, "What is a?", "1") + line + "\n" + entry(1, "What is b?", "1"))
                        .read(ITEMS))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("log, ")
                .hasMessageContaining(complaint);
    }

    @Test
    void deepNestingIsRefusedInAConstantStack() {
        String deep = "{\"doc_id\": 1, \"doc\": " + "[".repeat(10_000);
        assertThatThrownBy(() -> file("log", entry(0, "What is a?", "1") + deep).read(ITEMS))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("is out of bounds");
    }

    // printf 'What is b?' | sha256sum
    private static final String SHA256_OF_WHAT_IS_B =
            "4555230e79b3efd3f58cdd9dd46277675925c90353377095d34ffb6ad5dd17d4";
}
