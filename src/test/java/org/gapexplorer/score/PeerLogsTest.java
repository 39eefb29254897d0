package org.gapexplorer.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.gapexplorer.score.Logs.JSON;
import static org.gapexplorer.score.Logs.PEERS;
import static org.gapexplorer.score.Logs.mean;
import static org.gapexplorer.score.Logs.quiz;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import org.gapexplorer.run.Datasets.Datapoint;
import org.gapexplorer.study.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Logs that lm-evaluation-harness and Inspect wrote, made by the scripts in src/test/peers. */
class PeerLogsTest {
    private static JsonNode results(Path folder) throws IOException {
        return JSON.readTree(folder.resolve("results.json").toFile()).get("results");
    }

    /** The means the harness itself computed over the same items. */
    @ParameterizedTest
    @CsvSource({
        "0.4.13, samples_quiz_choice, quiz_choice, acc,         none",
        "0.4.13, samples_quiz_choice, quiz_choice, acc_norm,    none",
        "0.4.13, samples_quiz_free,   quiz_free,   exact_match, strict-match",
        "0.4.13, samples_quiz_free,   quiz_free,   exact_match, flexible-extract",
        "0.4.4,  samples_quiz_choice, quiz_choice, acc,         none",
        "0.4.4,  samples_quiz_choice, quiz_choice, acc_norm,    none",
        "0.4.4,  samples_quiz_free,   quiz_free,   exact_match, strict-match",
        "0.4.4,  samples_quiz_free,   quiz_free,   exact_match, flexible-extract",
        "0.4.2,  _quiz_choice,        quiz_choice, acc,         none",
        "0.4.2,  _quiz_choice,        quiz_choice, acc_norm,    none",
        "0.4.2,  _quiz_free,          quiz_free,   exact_match, strict-match",
        "0.4.2,  _quiz_free,          quiz_free,   exact_match, flexible-extract",
    })
    void lmEvalsOwnMeansAreFound(String version, String file, String task, String metric, String filter)
            throws IOException {
        Path folder = PEERS.resolve("lm-eval").resolve(version);
        LogScores.Matched matched = Logs.of(folder.resolve(file + ".jsonl"))
                .results(folder.resolve("results.json"))
                .metric(metric)
                .filter(filter)
                .read(quiz());
        double published = results(folder).get(task).get(metric + "," + filter).asDouble();
        assertThat(mean(matched)).isCloseTo(published, within(1e-12));
        assertThat(matched.report().mean()).isCloseTo(published, within(1e-12));
        assertThat(matched.report().byId()).isEqualTo(12);
        assertThat(matched.report().scored()).isEqualTo(12);
        assertThat(matched.report().notes()).isEmpty();
    }

    @Test
    void strictAndFlexibleDifferSoThatTheTestAboveCanTell() throws IOException {
        JsonNode free = results(PEERS.resolve("lm-eval/0.4.13")).get("quiz_free");
        assertThat(free.get("exact_match,strict-match").asDouble())
                .isNotEqualTo(free.get("exact_match,flexible-extract").asDouble());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.4.13", "0.4.4", "0.4.2"})
    void twoMetricsOrTwoFiltersAreAskedFor(String version) {
        Path folder = PEERS.resolve("lm-eval").resolve(version);
        String start = version.equals("0.4.2") ? "_quiz_" : "samples_quiz_";
        Path results = folder.resolve("results.json");
        Path choice = folder.resolve(start + "choice.jsonl");
        Path free = folder.resolve(start + "free.jsonl");
        assertThatThrownBy(() -> Logs.of(choice).results(results).read(quiz()))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("holds several under 'metric': acc, acc_norm; say which is meant")
                .hasMessageContaining("metric: acc");
        assertThatThrownBy(() -> Logs.of(choice).metric("f1").read(quiz()))
                .hasMessageContaining("nothing named 'f1' under 'metric', but acc, acc_norm");
        assertThatThrownBy(() -> Logs.of(free).results(results).read(quiz()))
                .hasMessageContaining("holds several under 'filter': strict-match, flexible-extract");
        assertThatThrownBy(() -> Logs.of(free).results(results).filter("none").read(quiz()))
                .hasMessageContaining("nothing named 'none' under 'filter', but strict-match, flexible-extract");
    }

    @Test
    void withoutItsResultsAnOldLogCannotTellItsFiltersApart() {
        Path free = PEERS.resolve("lm-eval/0.4.4/samples_quiz_free.jsonl");
        assertThatThrownBy(() -> Logs.of(free).read(quiz()))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("doc_id 0: stands twice, for filters that a log of this age does not name")
                .hasMessageContaining("add the results file as files: {results: ...}");
        assertThatThrownBy(() -> Logs.of(free).filter("strict-match").read(quiz()))
                .hasMessageContaining("does not name its filters");
    }

    @Test
    void aChoiceIsTheAnswersIndexAndATextIsItself() throws IOException {
        Path folder = PEERS.resolve("lm-eval/0.4.13");
        var chosen = Logs.of(folder.resolve("samples_quiz_choice.jsonl"))
                .metric("acc")
                .read(quiz())
                .scores();
        for (int i = 0; i < 12; i++) {
            Datapoint item = quiz().get(i);
            boolean right = chosen.get(i).answer().equals(item.answer().toString());
            assertThat(chosen.get(i).score()).as(item.item()).isEqualTo(right ? 1 : 0);
        }
        assertThat(Logs.of(folder.resolve("samples_quiz_free.jsonl"))
                        .filter("flexible-extract")
                        .read(quiz())
                        .scores())
                .filteredOn(s -> s.score() == 1)
                .extracting(s -> s.answer())
                .isNotEmpty()
                .allSatisfy(answer -> assertThat(answer).matches("\\w+"));
    }

    /** The means in the log's own header; epochs are reduced by their mean. */
    @ParameterizedTest
    @CsvSource({
        "match,     ,       match,     accuracy, 12",
        "parts,     exact,  exact,     mean,     12",
        "parts,     length, length,    mean,     12",
        "sometimes, ,       sometimes, mean,     10"
    })
    void inspectsOwnMeansAreFound(String scorer, String metric, String name, String aggregate, int scored)
            throws IOException {
        Path log = PEERS.resolve("inspect/quiz.eval");
        LogScores.Matched matched = Logs.of(log).scorer(scorer).metric(metric).read(quiz());
        assertThat(matched.report().format()).isEqualTo("inspect");
        assertThat(matched.report().scored()).isEqualTo(scored);
        assertThat(matched.report().unscored()).isEqualTo(12 - scored);
        assertThat(matched.report().entries()).isEqualTo(24);
        assertThat(matched.report().runs()).isEqualTo(2);
        assertThat(matched.report().notes()).isEmpty();
        assertThat(mean(matched))
                .isCloseTo(
                        JSON.readTree(PEERS.resolve("inspect/results.json").toFile())
                                .get(name)
                                .get(aggregate)
                                .asDouble(),
                        within(1e-12));
    }
}
