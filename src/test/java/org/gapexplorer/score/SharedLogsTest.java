package org.gapexplorer.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.gapexplorer.score.Logs.JSON;
import static org.gapexplorer.score.Logs.SHARED;
import static org.gapexplorer.score.Logs.mean;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.ZipFile;
import org.gapexplorer.run.Datasets.Datapoint;
import org.gapexplorer.run.RunFolder.Score;
import org.gapexplorer.study.Problem;
import org.gapexplorer.study.SubjectModel.Match;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs of real evaluations; needs the folder ../shared/score-logs. */
class SharedLogsTest {
    private static final Path LM_EVAL =
            SHARED.resolve("lm-eval/samples_math_perturbed_full_2026-01-21T03-44-18.458309.jsonl");
    private static final Path HELM =
            SHARED.resolve("helm/mmlu-subject=philosophy,method=multiple_choice_joint,model=openai_gpt2");
    private static final Path EVAL =
            SHARED.resolve("inspect/2025-02-11T15-18-04-05-00_popularity_mj7khqpMM4GBCfVQozKgzB.eval");
    private static final Path INSPECT = SHARED.resolve("inspect/data_arc_sonnet.json");

    @TempDir
    Path folder;

    @BeforeAll
    static void theLogsAreThere() {
        assumeThat(SHARED.resolve("README.md")).as("real evaluation logs").exists();
    }

    private static List<Datapoint> helmItems(boolean ids) throws IOException {
        var items = new ArrayList<Datapoint>();
        for (JsonNode state :
                JSON.readTree(HELM.resolve("scenario_state.json").toFile()).get("request_states")) {
            JsonNode instance = state.get("instance");
            String id = ids ? instance.get("id").asText() : "item " + items.size();
            items.add(Logs.item(id, instance.get("input").get("text").asText()));
        }
        return items;
    }

    @Test
    void lmEvalIsMatchedByTextWhereNumbersCountOtherItems() throws IOException {
        List<String> problems = Files.readAllLines(LM_EVAL).stream()
                .map(SharedLogsTest::problem)
                .toList();
        List<Datapoint> fromOne = IntStream.range(0, problems.size())
                .mapToObj(i -> Logs.item(Integer.toString(i + 1), problems.get(i)))
                .toList();
        LogScores.Matched matched = Logs.of(LM_EVAL).read(fromOne);
        assertThat(matched.report().format()).isEqualTo("lm-eval");
        assertThat(matched.report().byText()).isEqualTo(10);
        assertThat(matched.report().byId()).isZero();
        List<Datapoint> fromZero = IntStream.range(0, problems.size())
                .mapToObj(i -> Logs.item(Integer.toString(i), problems.get(i)))
                .toList();
        assertThat(Logs.of(LM_EVAL).read(fromZero).report().byId()).isEqualTo(10);
        assertThat(mean(matched)).isZero();
    }

    private static String problem(String line) {
        try {
            return JSON.readTree(line).get("doc").get("problem").asText();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** HELM's own means, by split, in stats.json. */
    @Test
    void helmsOwnMeansAreFound() throws IOException {
        JsonNode states =
                JSON.readTree(HELM.resolve("scenario_state.json").toFile()).get("request_states");
        for (String metric : List.of("exact_match", "quasi_exact_match", "exact_match@5")) {
            List<Score> scores =
                    Logs.of(HELM).metric(metric).read(helmItems(true)).scores();
            for (String split : List.of("test", "valid")) {
                double ours = IntStream.range(0, scores.size())
                        .filter(i -> states.get(i)
                                .get("instance")
                                .get("split")
                                .asText()
                                .equals(split))
                        .mapToDouble(i -> scores.get(i).score())
                        .average()
                        .orElseThrow();
                assertThat(ours).as(metric + " on " + split).isCloseTo(helmsMean(metric, split), within(1e-12));
            }
        }
    }

    private static double helmsMean(String metric, String split) throws IOException {
        for (JsonNode stat : JSON.readTree(HELM.resolve("stats.json").toFile())) {
            JsonNode name = stat.get("name");
            if (name.get("name").asText().equals(metric)
                    && name.get("split").asText().equals(split)
                    && !name.has("perturbation")) {
                return stat.get("mean").asDouble();
            }
        }
        throw new IllegalStateException(metric);
    }

    @Test
    void helmIsMatchedByTextTooAndItsStatisticIsAskedFor() throws IOException {
        LogScores.Matched byText = Logs.of(HELM).metric("exact_match").read(helmItems(false));
        assertThat(byText.report().byText()).isEqualTo(10);
        assertThat(byText.scores())
                .extracting(Score::score)
                .isEqualTo(Logs.of(HELM).metric("exact_match").read(helmItems(true)).scores().stream()
                        .map(Score::score)
                        .toList());
        assertThatThrownBy(() -> Logs.of(HELM).read(helmItems(true)))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("holds several under 'metric': num_references, num_train_trials")
                .hasMessageContaining("exact_match");
        assertThatThrownBy(() -> Logs.of(HELM).metric("num_references").read(helmItems(true)))
                .hasMessageContaining("is 4.0, which is not in [0, 1]");
    }

    @Test
    void aHelmFileCutShortIsReadAsFarAsItGoes() throws IOException {
        String stats = Files.readString(HELM.resolve("per_instance_stats.json"));
        Files.writeString(folder.resolve("per_instance_stats.json"), stats.substring(0, stats.length() / 2));
        String states = Files.readString(HELM.resolve("scenario_state.json"));
        Files.writeString(folder.resolve("scenario_state.json"), states.substring(0, states.length() / 4));
        LogScores.Matched matched = Logs.of(folder).metric("exact_match").read(helmItems(true));
        assertThat(matched.report().scored()).isBetween(3, 6);
        assertThat(matched.report().absent()).isEqualTo(10 - matched.report().scored());
        assertThat(matched.report().notes())
                .anyMatch(n -> n.startsWith("per_instance_stats.json ends in the middle"))
                .anyMatch(n -> n.startsWith("scenario_state.json ends in the middle"))
                .anyMatch(n -> n.endsWith("instances have scores and no request state"));
    }

    /** The accuracies in the logs' headers. */
    @Test
    void inspectsOwnMeansAreFound() throws IOException {
        JsonNode arc = JSON.readTree(INSPECT.toFile());
        var items = new ArrayList<Datapoint>();
        arc.get("samples")
                .forEach(s ->
                        items.add(Logs.item("x" + s.get("id"), s.get("input").asText())));
        LogScores.Matched json = Logs.of(INSPECT).read(items);
        assertThat(json.report().byText()).isEqualTo(5);
        assertThat(mean(json)).isEqualTo(accuracy(arc));
        try (ZipFile zip = new ZipFile(EVAL.toFile())) {
            JsonNode header = JSON.readTree(zip.getInputStream(zip.getEntry("header.json")));
            var questions = new ArrayList<Datapoint>();
            for (JsonNode s : JSON.readTree(zip.getInputStream(zip.getEntry("summaries.json")))) {
                questions.add(Logs.item(s.get("id").asText(), s.get("input").asText()));
            }
            LogScores.Matched eval = Logs.of(EVAL).read(questions);
            assertThat(eval.report().byId()).isEqualTo(10);
            assertThat(mean(eval)).isCloseTo(accuracy(header), within(1e-12)).isEqualTo(0.8);
        }
    }

    private static double accuracy(JsonNode log) {
        return log.get("results")
                .get("scores")
                .get(0)
                .get("metrics")
                .get("accuracy")
                .get("value")
                .asDouble();
    }

    @Test
    void anEvalFileThatLostItsEndGivesWhatIsWhole() throws IOException {
        byte[] whole = Files.readAllBytes(EVAL);
        Path cut = folder.resolve("cut.eval");
        Files.write(cut, java.util.Arrays.copyOf(whole, whole.length / 2));
        List<Datapoint> items = IntStream.rangeClosed(1, 10)
                .mapToObj(i -> Logs.item(Integer.toString(i), "?"))
                .toList();
        LogScores.Matched matched = Logs.of(cut).match(Match.ID).read(items);
        assertThat(matched.report().scored()).isBetween(3, 7);
        assertThat(matched.report().notes())
                .anyMatch(n -> n.contains("has lost its directory"))
                .anyMatch(n -> n.contains("there is no header.json"));
    }
}
