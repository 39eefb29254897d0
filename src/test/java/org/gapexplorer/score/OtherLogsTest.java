package org.gapexplorer.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.gapexplorer.score.Logs.SHARED;
import static org.gapexplorer.score.Logs.mean;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.gapexplorer.run.Datasets.Datapoint;
import org.gapexplorer.run.RunFolder.Score;
import org.gapexplorer.study.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Formats whose harness cannot be run here: lines as their own code writes them. */
class OtherLogsTest {
    @TempDir
    Path folder;

    private Logs file(String... lines) throws IOException {
        return Logs.of(Files.writeString(folder.resolve("log.jsonl"), String.join("\n", lines) + "\n"));
    }

    private static List<Datapoint> items(String... idsAndQuestions) {
        return IntStream.range(0, idsAndQuestions.length / 2)
                .mapToObj(i -> Logs.item(idsAndQuestions[2 * i], idsAndQuestions[2 * i + 1]))
                .toList();
    }

    private static List<Double> scores(LogScores.Matched matched) {
        return matched.scores().stream().map(Score::score).toList();
    }

    /** The report's own eval entry: 8 of 8 passed. One prompt is empty, so that only its id tells. */
    @Test
    void garaksOwnSumsAreFound() throws IOException {
        Path report = SHARED.resolve("garak/test.report.jsonl");
        assumeThat(report).exists();
        var items = new ArrayList<Datapoint>();
        for (String line : Files.readAllLines(report)) {
            var entry = Logs.JSON.readTree(line);
            if (entry.path("status").asInt() == 2) {
                String text = entry.at("/prompt/turns/0/content/text").asText();
                items.add(Logs.item(text.isEmpty() ? entry.get("uuid").asText() : "i" + items.size(), text + " "));
            }
        }
        LogScores.Matched matched = Logs.of(report).read(items);
        assertThat(matched.report().format()).isEqualTo("garak");
        assertThat(matched.report().entries()).isEqualTo(8);
        assertThat(matched.report().byText()).isEqualTo(7);
        assertThat(matched.report().byId()).isEqualTo(1);
        assertThat(mean(matched)).isEqualTo(8 / 8.0);
        assertThat(matched.report().notes()).isEmpty();
    }

    @Test
    void aReportWhoseSumsAreNotItsAttemptsIsToldSo() {
        Path report = SHARED.resolve("garak/test_with_ci.report.jsonl");
        assumeThat(report).exists();
        assertThat(Logs.of(report).read(items("x", "Quick brown fox")).report().notes())
                .containsExactly(
                        "the report sums up test.Test with always.Pass as 37 of 50 passed, its attempts are 4 of 4");
    }

    @Test
    void garaksOutputsAreRunsAndItsDetectorsAreAskedFor() throws IOException {
        // 0.12 and before: the prompt is a string
        String attempt =
                "{\"entry_type\": \"attempt\", \"status\": %d, \"uuid\": \"%s\", \"seq\": 0, \"probe_classname\": \"p.P\","
                        + " \"prompt\": \"%s\", \"outputs\": [\"x\", \"y\", \"z\"], \"detector_results\": {%s}}";
        Logs log = file(
                "{\"entry_type\": \"start_run setup\", \"run.eval_threshold\": 0.7}",
                attempt.formatted(1, "u", "Say it", ""),
                attempt.formatted(1, "v", "Say more", ""),
                attempt.formatted(2, "u", "Say it", "\"d.One\": [0.69, 0.7, null], \"d.Two\": [1, 1, 1]"),
                "{\"entry_type\": \"eval\", \"probe\": \"p.P\", \"detector\": \"detector.d.One\", \"passed\": 1, \"total\": 2}");
        assertThatThrownBy(() -> log.read(items("a", "Say it")))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("holds several under 'detector': d.One, d.Two; say which is meant");
        LogScores.Matched matched = log.detector("d.One").read(items("a", "Say it"));
        assertThat(scores(matched)).containsExactly(1 / 2.0);
        assertThat(matched.spreads().getFirst().runs()).isEqualTo(2);
        assertThat(matched.spreads().getFirst().deviation()).isCloseTo(Math.sqrt(0.5), within(1e-15));
        assertThat(matched.report().notes())
                .containsExactly(
                        "1 attempts have no detector's results", "the run did not end: there is no completion entry");
    }

    @Test
    void openAiEvalsAreMatchedByTheirPromptOrId() throws IOException {
        String match =
                "{\"run_id\": \"r\", \"event_id\": 1, \"sample_id\": \"quiz.test.%d\", \"type\": \"match\", \"data\":"
                        + " {\"correct\": %s, \"expected\": \"x\", \"picked\": \"%s\"}}";
        String sampling =
                "{\"run_id\": \"r\", \"event_id\": 0, \"sample_id\": \"quiz.test.%d\", \"type\": \"sampling\", \"data\":"
                        + " {\"prompt\": [{\"role\": \"system\", \"content\": \"Be brief.\"}, {\"role\": \"user\", \"content\": \"%s\"}],"
                        + " \"sampled\": [\"x\"]}}";
        Logs log = file(
                "{\"spec\": {\"completion_fns\": [\"m\"]}}",
                sampling.formatted(1, "two?"),
                match.formatted(1, "true", "x"),
                match.formatted(0, "false", "y"),
                sampling.formatted(0, "one?"),
                sampling.formatted(2, "three?"),
                "{\"final_report\": {\"accuracy\": 0.5}}");
        LogScores.Matched matched = log.read(items("a", "one?", "b", "two?", "c", "three?"));
        assertThat(matched.report().format()).isEqualTo("openai-evals");
        assertThat(scores(matched)).containsExactly(0.0, 1.0, Double.NaN);
        assertThat(matched.scores().getFirst().answer()).isEqualTo("y");
        assertThat(mean(matched)).isEqualTo(0.5);
        assertThat(matched.report().notes())
                .containsExactly("1 samples were begun and have no score, such as quiz.test.2");
        assertThat(log.read(items("quiz.test.0", "?", "quiz.test.1", "?"))
                        .report()
                        .byId())
                .isEqualTo(2);
        assertThat(log.read(items("0", "one?", "1", "two?")).report().byId()).isEqualTo(2);
    }

    @Test
    void openAiEvalsMayHaveMetrics() throws IOException {
        String event =
                "{\"run_id\": \"r\", \"event_id\": 1, \"sample_id\": \"q.%d\", \"type\": \"metrics\", \"data\": {\"f1\": %s,"
                        + " \"choice\": \"A\", \"bleu\": 0.5}}";
        Logs log = file("{\"spec\": {}}", event.formatted(0, "0.25"), event.formatted(1, "NaN"));
        assertThatThrownBy(() -> log.read(items("q.0", "?")))
                .hasMessageContaining("holds several under 'metric': f1, bleu");
        LogScores.Matched matched = log.metric("f1").read(items("q.0", "?", "q.1", "?"));
        assertThat(scores(matched)).containsExactly(0.25, Double.NaN);
        assertThat(matched.report().notes()).containsExactly("the run did not end: there is no final report");
    }

    /** The harness's table: game 1 as it is, game 0 turned round, a clear verdict three times. */
    @Test
    void arenaHardsVerdictsAreCountedAsTheHarnessCountsThem() throws IOException {
        String judged =
                "{\"uid\": \"%s\", \"category\": \"hard_prompt\", \"judge\": \"j\", \"model\": \"m\", \"baseline\": \"b\","
                        + " \"games\": [{\"score\": %s, \"judgment\": {}}, {\"score\": %s, \"judgment\": {}}]}";
        Logs log = file(
                judged.formatted("w", "\"B>>A\"", "\"A>B\""), // 1 1 1 1
                judged.formatted("x", "\"A>>B\"", "\"A>B\""), // 0 0 0 1
                judged.formatted("y", "\"A=B\"", "\"A<<B\""), // .5 0 0 0
                judged.formatted("z", "null", "\"A>B\""));
        LogScores.Matched matched = log.read(items("w", "?", "x", "?", "y", "?", "z", "?"));
        assertThat(matched.report().format()).isEqualTo("arena-hard");
        assertThat(scores(matched)).containsExactly(1.0, 0.25, 0.125, Double.NaN);
        assertThatThrownBy(() -> file(judged.formatted("w", "\"A>C\"", "null")).read(items("w", "?")))
                .hasMessageContaining("line 1: the verdict is 'A>C'; write one of A>>B to B>>A");
    }

    @Test
    void autoDetectsRatingsRunFromOneToTen() throws IOException {
        Logs log = file(
                "{\"init_points\": [\"t:sines\"], \"new_points\": [{\"task_name\": \"x\"}],",
                "\"t:sines\": {\"seed_prompts\": [{\"prompt\": \"one\", \"score\": 1.0}],",
                "\"steps\": [{\"prompt\": \"one\", \"score\": 1.0, \"answer\": \"a\"}, {\"prompt\": \"two\", \"score\": 10},",
                "{\"prompt\": \"three\", \"score\": 3.1}]}, \"optimize_prompt\": \"…\"}");
        List<Datapoint> items = items("a", "one", "t:sines/1", "?", "c", "three");
        LogScores.Matched matched = log.read(items);
        assertThat(matched.report().format()).isEqualTo("autodetect");
        assertThat(scores(matched)).containsExactly(0.0, 1.0, 2.1 / 9);
        // below 3.1 is what AutoDetect counts as found weakness
        assertThat(scores(log.metric("pass").read(items))).containsExactly(0.0, 1.0, 1.0);
        assertThatThrownBy(() -> log.metric("x").read(items)).hasMessageContaining("but rating, pass");
    }

    @Test
    void everyEvalEverHasAScoreAndWhetherItIsCorrect() throws IOException {
        String line =
                "{\"schema_version\": \"0.2.1\", \"evaluation_id\": \"e\", \"model_id\": \"%s\", \"evaluation_name\": \"%s\","
                        + " \"sample_id\": \"%s\", \"sample_hash\": \"%s\", \"input\": {\"raw\": \"Q: %s A:\", \"reference\": [\"r\"]},"
                        + " \"answer_attribution\": [{\"extracted_value\": \"D\"}], \"evaluation\": {\"score\": %s, \"is_correct\": false}}";
        Logs log = file(
                line.formatted("m", "quiz", "id1", "h1", "one?", "0.5"),
                line.formatted("m", "quiz", "2", "h2", "two?", "1"));
        LogScores.Matched matched = log.read(items("id1", "one?", "h2", "two?"));
        assertThat(matched.report().format()).isEqualTo("every-eval-ever");
        assertThat(scores(matched)).containsExactly(0.5, 1.0);
        assertThat(matched.report().byId()).isEqualTo(1);
        assertThat(matched.report().byHash()).isEqualTo(1);
        assertThat(matched.scores().getFirst().answer()).isEqualTo("D");
        assertThat(scores(log.metric("is_correct").read(items("id1", "one?")))).containsExactly(0.0);
        Logs two = file(
                line.formatted("m", "quiz", "1", "", "one?", "1"), line.formatted("m", "maths", "1", "", "one?", "0"));
        assertThatThrownBy(() -> two.read(items("1", "one?")))
                .hasMessageContaining("holds several under 'filter': quiz, maths");
        assertThat(scores(two.filter("maths").read(items("1", "one?")))).containsExactly(0.0);
        Logs models = file(
                line.formatted("m", "quiz", "1", "", "one?", "1"), line.formatted("n", "quiz", "1", "", "one?", "0"));
        assertThatThrownBy(() -> models.read(items("1", "one?")))
                .hasMessageContaining("is about 'n', entries before about 'm'");
    }

    private Path helm(String stats, String states) throws IOException {
        Path run = Files.createDirectories(folder.resolve("run"));
        Files.writeString(run.resolve("per_instance_stats.json"), "[" + stats + "]");
        Files.writeString(run.resolve("scenario_state.json"), "{\"request_states\": [" + states + "]}");
        return run;
    }

    private static String stat(String id, String perturbation, int trial, String stat) {
        return "{\"instance_id\": \"%s\"%s, \"train_trial_index\": %d, \"stats\": [{\"name\": {\"name\": \"em\", \"split\": \"test\"}, %s}]}"
                .formatted(id, perturbation, trial, stat);
    }

    private static String state(String id, String perturbation, int trial, String text) {
        return "{\"instance\": {\"id\": \"%s\"%s, \"input\": {\"text\": \"%s\"}}, \"train_trial_index\": %d, \"result\": {\"completions\": [{\"text\": \" yes\"}]}}"
                .formatted(id, perturbation, text, trial);
    }

    /** Trials are runs; a perturbed instance is another text, and left out unless it is asked for. */
    @Test
    void helmIsJoinedOnInstancePerturbationAndTrialInAnyOrder() throws IOException {
        String typos = ", \"perturbation\": {\"name\": \"typos\", \"prob\": 0.1}";
        Path run = helm(
                String.join(
                        ",",
                        stat("id1", "", 0, "\"count\": 1, \"mean\": 1.0"),
                        stat("id1", "", 1, "\"count\": 1, \"mean\": 0.5"),
                        stat("id1", typos, 0, "\"count\": 1, \"mean\": 0.0"),
                        stat("id2", "", 0, "\"count\": 0"),
                        stat("id3", "", 0, "\"count\": 1, \"mean\": 0.25")),
                String.join(
                        ",",
                        state("id2", "", 0, "two?"),
                        state("id1", typos, 0, "noe?"),
                        state("id1", "", 1, "one?"),
                        state("id1", "", 0, "one?"),
                        state("id4", "", 0, "four?")));
        LogScores.Matched matched = Logs.of(run).read(items("x", "one?", "y", "two?", "id3", "three?", "z", "four?"));
        assertThat(scores(matched)).containsExactly(0.75, Double.NaN, 0.25, Double.NaN);
        assertThat(matched.scores().getFirst().answer()).isEqualTo("yes");
        assertThat(matched.spreads().getFirst().runs()).isEqualTo(2);
        assertThat(matched.report().unscored()).isEqualTo(1);
        assertThat(matched.report().absent()).isEqualTo(1);
        assertThat(matched.report().notes())
                .containsExactly(
                        "1 entries of perturbed instances left out (filter: one of typos)",
                        "1 instances have scores and no request state",
                        "1 requests have no scores");
        assertThat(scores(Logs.of(run).filter("typos").read(items("x", "noe?"))))
                .containsExactly(0.0);
    }

    @Test
    void aHelmFolderWithoutTextsGoesByIds() throws IOException {
        Path run = helm(stat("id1", "", 0, "\"count\": 1, \"mean\": 1.0"), "");
        Files.delete(run.resolve("scenario_state.json"));
        LogScores.Matched matched = Logs.of(run).read(items("id1", "one?"));
        assertThat(scores(matched)).containsExactly(1.0);
        assertThat(matched.report().notes()).first().asString().contains("without scenario_state.json");
        Files.delete(run.resolve("per_instance_stats.json"));
        assertThatThrownBy(() -> Logs.of(run).as("helm").read(items("id1", "one?")))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("per_instance_stats.json: is not in the run folder");
    }

    private static String inspect(String status, String... samples) {
        return "{\"version\": 2, \"status\": \"%s\", \"eval\": {\"config\": {\"epochs_reducer\": [\"max\"]}}, \"results\": {\"total_samples\": 3}, \"samples\": [%s]}"
                .formatted(status, String.join(",", samples));
    }

    @Test
    void whatInspectLeftUndoneIsTold() throws IOException {
        LogScores.Matched matched = file(inspect(
                        "error",
                        "{\"id\": \"a\", \"epoch\": 1, \"scores\": {\"s\": {\"value\": \"P\"}}}",
                        "{\"id\": \"b\", \"epoch\": 1, \"error\": {\"message\": \"out of time\"}}"))
                .read(items("a", "?", "b", "?", "c", "?"));
        assertThat(matched.report().format()).isEqualTo("inspect");
        assertThat(scores(matched)).containsExactly(0.5, Double.NaN, Double.NaN);
        assertThat(matched.report().unscored()).isEqualTo(1);
        assertThat(matched.report().notes())
                .containsExactly(
                        "the evaluation's status is error",
                        "the harness reduces epochs by max, here they are averaged",
                        "1 of its 3 samples are missing");
    }

    /** As the harness maps values to numbers; what it would take for 0 with a warning is refused. */
    @Test
    void inspectsValuesAreThoseOfTheHarness() throws IOException {
        List<String> values =
                List.of("\"C\"", "\"I\"", "\"P\"", "\"N\"", "\"Yes\"", "\"false\"", "\"0.25\"", "true", "0.75", "null");
        var samples = new ArrayList<String>();
        var items = new ArrayList<Datapoint>();
        for (int i = 0; i < values.size(); i++) {
            samples.add("{\"id\": \"s%d\", \"epoch\": 1, \"scores\": {\"s\": {\"value\": %s}}}"
                    .formatted(i, values.get(i)));
            items.add(Logs.item("s" + i, "?"));
        }
        assertThat(scores(
                        file(inspect("success", samples.toArray(String[]::new))).read(items)))
                .containsExactly(1.0, 0.0, 0.5, 0.0, 1.0, 0.0, 0.25, 1.0, 0.75, Double.NaN);
        for (String bad : List.of("\"maybe\"", "[[1]]", "{\"a\": {}}", "\"NaN or so\"")) {
            String sample = "{\"id\": \"s0\", \"scores\": {\"s\": {\"value\": %s}}}".formatted(bad);
            assertThatThrownBy(() -> file(inspect("success", sample)).read(items))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("which is no number, truth value or one of C, I, P, N");
        }
    }

    @Test
    void ofALogsListsTheMetricPicksAnElement() throws IOException {
        Logs log = file(inspect(
                "success",
                "{\"id\": \"a\", \"epoch\": 1, \"scores\": {\"s\": {\"value\": [\"C\", 0.25]}}}",
                "{\"id\": \"b\", \"epoch\": 1, \"scores\": {\"s\": {\"value\": [0.75]}}}",
                "{\"id\": \"c\", \"epoch\": 1, \"scores\": {\"s\": {\"value\": []}}}"));
        List<Datapoint> items = items("a", "?", "b", "?", "c", "?");
        assertThat(scores(log.metric("0").read(items))).containsExactly(1.0, 0.75, Double.NaN);
        assertThat(scores(log.metric("1").read(items))).containsExactly(0.25, Double.NaN, Double.NaN);
        assertThatThrownBy(() -> log.read(items))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("holds several under 'metric': 0, 1; say which is meant, for instance metric: 0");
        assertThatThrownBy(() -> log.metric("2").read(items))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("holds nothing named '2' under 'metric', but 0, 1");
    }

    /** The subtasks of one benchmark each count from 0. */
    @Test
    void severalFilesThatCountFromZeroAreToldApartByTheirTexts() throws IOException {
        String entry =
                "{\"doc_id\": %d, \"doc\": {\"question\": \"%s\"}, \"filter\": \"none\", \"metrics\": [\"acc\"], \"acc\": %d}\n";
        Path one = Files.writeString(
                folder.resolve("samples_one.jsonl"), entry.formatted(0, "one?", 1) + entry.formatted(1, "two?", 0));
        Path two = Files.writeString(
                folder.resolve("samples_two.jsonl"), entry.formatted(0, "three?", 1) + entry.formatted(1, "four?", 0));
        LogScores.Matched matched =
                Logs.of(one, two).read(items("0", "one?", "1", "two?", "2", "three?", "3", "four?"));
        assertThat(scores(matched)).containsExactly(1.0, 0.0, 1.0, 0.0);
        assertThat(matched.report().runs()).isEqualTo(1);
        assertThat(matched.spreads()).isEmpty();
    }
}
