package org.gapexplorer.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.gapexplorer.JavaProcess;
import org.gapexplorer.model.Device;
import org.gapexplorer.model.OnnxSession;
import org.gapexplorer.run.Datasets.Datapoint;
import org.gapexplorer.score.AnswerScorer;
import org.gapexplorer.score.AnswerScorer.Answer;
import org.gapexplorer.study.Problem;
import org.gapexplorer.study.Progress;
import org.gapexplorer.study.PromptTemplate;
import org.gapexplorer.study.SourceRef;
import org.gapexplorer.study.SubjectModel;
import org.gapexplorer.study.SubjectModel.Normalise;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A benchmark answered by the tiny decoder of src/test/peers/tiny_likelihood.py, stopped on the way. */
@Timeout(120)
class AnswerSlicesTest {
    private static final Path TINY =
            Path.of("src/test/resources/peers/likelihood").toAbsolutePath();

    @TempDir
    Path folder;

    /** Answers slowly, in a process that the test kills: its folder. */
    public static void main(String[] arguments) {
        answers(Path.of(arguments[0]), items(), "key", (what, done, total, unit) -> {
            try {
                Thread.sleep(3);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static List<Answer> answers(Path slices, List<Datapoint> items, String key, Progress progress) {
        var answering = new SubjectModel.Likelihood(
                new SourceRef("file:model.onnx", null),
                List.of(),
                new SourceRef("file:tokenizer.json", null),
                null,
                128,
                Normalise.LENGTH,
                new PromptTemplate("Question: {question}\nAnswer:"),
                " ",
                List.of());
        try (AnswerScorer scorer = AnswerScorer.open(
                "m",
                answering,
                new AnswerScorer.Files(TINY.resolve("model.onnx"), List.of(), TINY.resolve("tokenizer.json"), null),
                new OnnxSession.Settings(Device.CPU, 1))) {
            return new AnswerSlices(slices).answers(scorer, "m", "b", items, key, progress);
        }
    }

    /** Five slices; every seventh item has no choices. */
    private static List<Datapoint> items() {
        Random random = new Random(3);
        List<Datapoint> items = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            List<String> choices = random.ints(4, 0, 100_000)
                    .mapToObj(number -> "stone " + number)
                    .toList();
            String question = "cat ".repeat(1 + random.nextInt(20)) + i;
            items.add(new Datapoint("item-" + i, question, i % 7 == 0 ? null : choices, random.nextInt(4), null));
        }
        return items;
    }

    private Map<Path, FileTime> slices() throws IOException {
        Map<Path, FileTime> times = new HashMap<>();
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file :
                        files.filter(f -> f.toString().endsWith(".parquet")).toList()) {
                    times.put(file, Files.getLastModifiedTime(file));
                }
            }
        }
        return times;
    }

    @Test
    void whatAKilledProcessAnsweredIsNotAskedAgainAndTheAnswersAreThoseOfAnUninterruptedOne(@TempDir Path other)
            throws Exception {
        Process process = JavaProcess.start(AnswerSlicesTest.class, other.resolve("log.txt"), Map.of(), folder);
        while (process.isAlive() && slices().size() < 2) {
            Thread.sleep(1);
        }
        // SIGKILL: no shutdown hook, no finally
        process.destroyForcibly();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(other.resolve("log.txt")))
                .isEqualTo(128 + 9);
        Map<Path, FileTime> before = slices();
        assertThat(before).hasSizeBetween(2, 4);

        List<Long> done = new ArrayList<>();
        List<Answer> resumed = answers(folder, items(), "key", (what, at, total, unit) -> {
            assertThat(total).isEqualTo(300);
            done.add(at);
        });
        assertThat(done.getFirst()).isEqualTo(64L * before.size());
        assertThat(slices()).hasSize(5).containsAllEntriesOf(before);
        assertThat(resumed).isEqualTo(answers(other.resolve("whole"), items(), "key", Progress.SILENT));
        assertThat(resumed)
                .extracting(answer -> answer.score().item())
                .containsExactlyElementsOf(items().stream().map(Datapoint::item).toList());
        assertThat(resumed)
                .filteredOn(answer -> answer.score().answer() == null)
                .hasSize(43);
    }

    @Test
    void anotherModelsSlicesAreDeleted() throws IOException {
        answers(folder, items(), "key", Progress.SILENT);
        Files.writeString(folder.resolve("part-00009.parquet"), "of a longer benchmark");
        long[] asked = {0};
        answers(folder, items(), "another key", (what, at, total, unit) -> asked[0]++);
        assertThat(asked[0]).isGreaterThan(200);
        assertThat(slices()).hasSize(5);
        new AnswerSlices(folder).clear();
        assertThat(folder).doesNotExist();
    }

    @Test
    void anItemThatCannotBeAnsweredIsToldBeforeAnyIs() {
        List<Datapoint> items = items();
        items.set(299, new Datapoint("long", "?", List.of("yes", "stone ".repeat(200)), 0, null));
        assertThatThrownBy(() -> answers(folder.resolve("m@b"), items, "key", (what, at, total, unit) -> {
                    throw new AssertionError("began");
                }))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("item long", "max_tokens (128)");
    }
}
