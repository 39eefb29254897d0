package org.gapexplorer.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.gapexplorer.label.ChatServer.Reply;
import org.gapexplorer.study.Problem;
import org.gapexplorer.study.Progress;
import org.gapexplorer.wordnet.WordNet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Concepts that fire on planted words, and a server that is asked what they are. */
class LabellerTest {
    private static final List<Set<String>> FIRE = List.of(
            Set.of("dollar", "cent", "pound", "franc"),
            Set.of("dog", "cat", "horse", "cow"),
            Set.of("red", "green", "blue", "yellow"),
            Set.of());
    private static final Pattern MARKED = Pattern.compile("\\[(\\w+)]");
    private static final Pattern COLOUR = Pattern.compile("\\[(red|green|blue|yellow)]");
    private static final Pattern ANIMAL = Pattern.compile("\\[(dog|cat|horse|cow)]");
    private static WordNet wordNet;

    @TempDir
    Path folder;

    @BeforeAll
    static void open() {
        wordNet = WordNet.open();
    }

    @AfterAll
    static void close() {
        wordNet.close();
    }

    private static LabelMaker.Options options() {
        Random strength = new Random(9);
        Told lens = new Told(
                FIRE.size(), (word, concept) -> FIRE.get(concept).contains(word) ? 1 + strength.nextFloat() : 0f);
        float[] wDec = new float[FIRE.size() * 4];
        Random random = new Random(4);
        for (int i = 0; i < wDec.length; i++) {
            wDec[i] = (float) random.nextGaussian();
        }
        List<String> texts = new ArrayList<>();
        List<String> words = FIRE.stream().flatMap(Set::stream).sorted().toList();
        List<String> verbs = List.of("saw", "drew", "named", "kept", "lost", "found", "sold");
        List<String> places = List.of("garden", "market", "kitchen", "harbour", "school", "office");
        for (String word : words) {
            for (String verb : verbs) {
                for (String place : places) {
                    texts.add("Somebody %s the %s in a %s today.".formatted(verb, word, place));
                }
            }
        }
        List<String> evidence = new ArrayList<>();
        List<String> heldOut = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            (i % 2 == 0 ? evidence : heldOut).add(texts.get(i));
        }
        return new LabelMaker.Options(lens, FIRE.size(), wDec, evidence, heldOut, WordVectors.NONE, wordNet, 1);
    }

    /** Names the words that are marked, as a model that understands the task would at least. */
    private static Reply marked(String question) {
        String words = MARKED.matcher(question)
                .results()
                .map(m -> m.group(1))
                .distinct()
                .collect(Collectors.joining(" and "));
        return Reply.says("  mentions of " + words + "\n", 400);
    }

    private static Labeller.Result run(LabelMaker.Options options, Labeller.Round round) {
        return Labeller.run(options, "told 0123", round, Progress.SILENT);
    }

    private Labeller.Round round(ChatServer server, long budget) {
        return new Labeller.Round(
                ChatEndpointTest.endpoint(server, 0), budget, c -> true, folder.resolve("answers.jsonl"));
    }

    @Test
    void aLabelThatNamesWhatFiresIsGoodAndOneThatDoesNotIsUnclear() throws IOException {
        Function<String, Reply> honest = LabellerTest::marked;
        try (ChatServer server =
                new ChatServer(q -> COLOUR.matcher(q).find() ? Reply.says("dogs and horses", 400) : honest.apply(q))) {
            Labeller.Result result = run(options(), round(server, 1_000_000));
            Map<Integer, ConceptLabel> labels = byConcept(result);
            // concept 3 never fires, so nobody is asked
            assertThat(labels).containsOnlyKeys(0, 1, 2);
            assertThat(labels.get(0).label())
                    .startsWith("mentions of ")
                    .contains("dollar")
                    .doesNotContain("\n");
            assertThat(labels.get(0).quality()).isGreaterThan(0.95);
            assertThat(labels.get(1).quality()).isGreaterThan(0.95);
            assertThat(labels.get(0).kind()).isEqualTo(LabelKind.MEANING);
            assertThat(labels.get(2).quality()).isLessThan(0.6);
            assertThat(labels.get(2).kind()).isEqualTo(LabelKind.UNCLEAR);
            assertThat(labels.get(0).source()).isEqualTo("explainer-1");
            assertThat(labels.get(0).density()).isGreaterThan(0);
            assertThat(Arrays.stream(labels.get(0).histogram()).sum()).isPositive();
            assertThat(result.tokens()).isEqualTo(1_200);
            assertThat(result.left()).isZero();
            assertThat(server.keys()).containsOnly("Bearer secret-key");
            assertThat(server.asked()).allSatisfy(question -> {
                assertThat(question.path("model").asText()).isEqualTo("explainer-1");
                assertThat(question.at("/messages/0/role").asText()).isEqualTo("system");
                assertThat(question.at("/messages/1/content").asText().lines().count())
                        .isLessThanOrEqualTo(16);
            });
        }
    }

    @Test
    void aLabelThatCouldNotBeTriedIsUnclear() throws IOException {
        LabelMaker.Options all = options();
        List<String> colourless = all.heldOut().stream()
                .filter(text -> FIRE.get(2).stream().noneMatch(text::contains))
                .toList();
        var options = new LabelMaker.Options(
                all.reader(),
                all.concepts(),
                all.wDec(),
                all.evidence(),
                colourless,
                all.vectors(),
                all.wordNet(),
                all.seed());
        try (ChatServer server = new ChatServer(LabellerTest::marked)) {
            Map<Integer, ConceptLabel> labels = byConcept(run(options, round(server, 1_000_000)));
            assertThat(labels.get(2).quality()).isNull();
            assertThat(labels.get(2).kind()).isEqualTo(LabelKind.UNCLEAR);
            assertThat(labels.get(2).label()).startsWith("mentions of ");
            assertThat(labels.get(0).kind()).isEqualTo(LabelKind.MEANING);
        }
    }

    private static Map<Integer, ConceptLabel> byConcept(Labeller.Result result) {
        return result.labels().stream().collect(Collectors.toMap(ConceptLabel::concept, label -> label));
    }

    @Test
    void theBudgetEndsTheAskingAndAHigherOneGoesOnWithoutAskingAgain() throws IOException {
        try (ChatServer server = new ChatServer(LabellerTest::marked)) {
            Labeller.Result first = run(options(), round(server, 500));
            assertThat(server.asked()).hasSize(2);
            assertThat(first.left()).isEqualTo(1);
            assertThat(first.labels()).hasSize(2);
            Labeller.Result second = run(options(), round(server, 5_000));
            assertThat(server.asked()).hasSize(3);
            assertThat(second.left()).isZero();
            assertThat(second.tokens()).isEqualTo(1_200);
        }
    }

    @Test
    void anAnswerCutOffByAnInterruptionIsAskedForAgainAndNoOther() throws IOException {
        Path answers = folder.resolve("answers.jsonl");
        try (ChatServer server = new ChatServer(LabellerTest::marked)) {
            run(options(), round(server, 5_000));
            byte[] whole = Files.readAllBytes(answers);
            Files.write(answers, Arrays.copyOf(whole, whole.length - 5));
            Labeller.Result again = run(options(), round(server, 5_000));
            assertThat(server.asked()).hasSize(4);
            assertThat(again.labels()).hasSize(3);
            assertThat(Files.readString(answers).lines()).hasSize(3);
        }
    }

    @Test
    void whatWasAnsweredBeforeAFailureIsKept() throws IOException {
        AtomicInteger calls = new AtomicInteger();
        try (ChatServer server = new ChatServer(q ->
                calls.incrementAndGet() > 2 ? new Reply(500, "{\"error\":{\"message\":\"down\"}}", 0) : marked(q))) {
            assertThatThrownBy(() -> run(options(), round(server, 5_000)))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("does not answer (HTTP 500)");
            assertThat(Files.readString(folder.resolve("answers.jsonl")).lines())
                    .hasSize(2);
        }
    }

    @Test
    void answersThatAreEmptyOrCutOffCostTokensAndAreAskedForAgain() throws IOException {
        try (ChatServer server = new ChatServer(q -> COLOUR.matcher(q).find()
                ? new Reply(200, "colours such as red, gr", 300, "length")
                : Reply.says(ANIMAL.matcher(q).find() ? "" : "money", 100))) {
            Labeller.Result result = run(options(), round(server, 5_000));
            assertThat(byConcept(result)).containsOnlyKeys(0);
            assertThat(result.silent()).isEqualTo(2);
            assertThat(result.tokens()).isEqualTo(500);
        }
        try (ChatServer server = new ChatServer(LabellerTest::marked)) {
            Labeller.Result result = run(options(), round(server, 5_000));
            assertThat(server.asked()).hasSize(2);
            assertThat(byConcept(result)).containsOnlyKeys(0, 1, 2);
            assertThat(byConcept(result).get(0).label()).isEqualTo("money");
            assertThat(result.silent()).isZero();
            assertThat(result.tokens()).as("of both rounds").isEqualTo(500 + 800);
            run(options(), round(server, 5_000));
            assertThat(server.asked()).as("all have an answer").hasSize(2);
        }
    }

    @Test
    void aModelThatNeverFinishesIsNotAskedForAllConcepts() throws IOException {
        LabelMaker.Options three = options();
        LabelMaker.Options many = new LabelMaker.Options(
                new Told(30, (word, concept) -> FIRE.get(concept % 3).contains(word) ? 1f : 0f),
                30,
                new float[30 * 4],
                three.evidence(),
                three.heldOut(),
                WordVectors.NONE,
                wordNet,
                1);
        try (ChatServer server = new ChatServer(q -> new Reply(200, "<think>Well", 300, "length"))) {
            assertThatThrownBy(() -> run(many, round(server, 1_000_000)))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("explainer-1")
                    .hasMessageContaining("--max-tokens");
            assertThat(server.asked()).hasSize(8);
        }
    }

    @Test
    void hostileAndEmptyAnswersAreKeptAsOneShortLineOrNoLabel() throws IOException {
        try (ChatServer server = new ChatServer(q -> Reply.says(
                COLOUR.matcher(q).find() ? " \n " : "<img src=x onerror=alert(1)>\u0000\n" + "very ".repeat(200),
                -1))) {
            Labeller.Result result = run(options(), round(server, 1_000_000));
            assertThat(result.labels()).hasSize(2).allSatisfy(label -> {
                assertThat(label.label())
                        .hasSizeLessThanOrEqualTo(LabelFile.MAX_LABEL)
                        .doesNotContain("\n");
                assertThat(label.label().chars()).noneMatch(Character::isISOControl);
            });
            // without a count of tokens, characters are counted
            assertThat(result.tokens()).isGreaterThan(500);
            Path written = folder.resolve("labels.jsonl");
            LabelFile.write(written, result.labels());
            assertThat(LabelFile.read(written)).hasSize(2);
        }
    }

    @Test
    void answersOfAnotherLensAreRefusedNamingBoth() throws IOException {
        Path answers = folder.resolve("answers.jsonl");
        try (ChatServer server = new ChatServer(LabellerTest::marked)) {
            run(options(), round(server, 500));
            String before = Files.readString(answers);
            assertThatThrownBy(() -> Labeller.run(options(), "other 4567", round(server, 5_000), Progress.SILENT))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("answers.jsonl, line 1")
                    .hasMessageContaining("told 0123")
                    .hasMessageContaining("other 4567");
            assertThat(Files.readString(answers)).isEqualTo(before);
            assertThat(server.asked()).hasSize(2);
            Files.writeString(answers, before.replaceAll(",\"lens\":\"[^\"]*\"", ""));
            assertThat(run(options(), round(server, 5_000)).labels())
                    .as("a file of an earlier version")
                    .hasSize(3);
            assertThat(server.asked()).hasSize(3);
        }
    }

    @Test
    void aDamagedFileOfAnswersIsNotOverwritten() throws IOException {
        Path answers = Files.writeString(folder.resolve("answers.jsonl"), "my notes\n");
        try (ChatServer server = new ChatServer(LabellerTest::marked)) {
            assertThatThrownBy(() -> run(options(), round(server, 500)))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("line 1")
                    .hasMessageContaining("is no answer");
            assertThat(Files.readString(answers)).isEqualTo("my notes\n");
        }
    }
}
