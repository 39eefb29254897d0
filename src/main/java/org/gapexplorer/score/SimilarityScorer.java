package org.gapexplorer.score;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import org.gapexplorer.model.Embedder;
import org.gapexplorer.model.OnnxSession;
import org.gapexplorer.model.TextTokenizer;
import org.gapexplorer.run.Datasets.Datapoint;
import org.gapexplorer.run.RunFolder.Score;
import org.gapexplorer.study.Progress;
import org.gapexplorer.study.SubjectModel;

/**
 * Lets a sentence encoder answer multiple-choice items: it takes the choice whose vector is most similar (cosine) to the
 * question's, the first of equals. Question and choices get the prefixes that the model's card prescribes for a query
 * and for a passage.
 *
 * <p>A benchmark's scores depend on the model and that benchmark alone, so they can be reused by themselves: batches
 * never mix benchmarks. Close it when done.
 */
public final class SimilarityScorer implements AnswerScorer {
    /** Texts embedded between two reports of progress; a fixed number, for batches must not depend on the machine. */
    private static final int CHUNK = 1_024;

    private final String model;
    private final SubjectModel.Similarity answering;
    private final TextTokenizer tokenizer;
    private final Embedder embedder;

    private SimilarityScorer(
            String model, SubjectModel.Similarity answering, TextTokenizer tokenizer, Embedder embedder) {
        this.model = model;
        this.answering = answering;
        this.tokenizer = tokenizer;
        this.embedder = embedder;
    }

    /**
     * @param model id of the subject model
     * @param answering how it answers
     */
    static SimilarityScorer open(
            String model, SubjectModel.Similarity answering, Files files, OnnxSession.Settings settings) {
        var pooling = switch (answering.pooling()) {
            case MEAN -> Embedder.Pooling.MEAN;
            case CLS -> Embedder.Pooling.CLS;
        };
        var spec = new Embedder.Spec(pooling, answering.maxTokens(), answering.quantised());
        TextTokenizer tokenizer = files.tokenizer();
        try {
            Embedder embedder = Embedder.open(files.graph(), tokenizer, spec, settings);
            return new SimilarityScorer(model, answering, tokenizer, embedder);
        } catch (RuntimeException e) {
            tokenizer.close();
            throw e;
        }
    }

    /** The margin is the similarity of the choice taken minus that of the best other choice. */
    @Override
    public List<Answer> answer(String benchmark, List<Datapoint> items, Progress progress) {
        SequencedSet<String> questions = new LinkedHashSet<>();
        SequencedSet<String> choices = new LinkedHashSet<>();
        for (Datapoint item : items) {
            if (item.choices() != null) {
                questions.add(item.question());
                choices.addAll(item.choices());
            }
        }
        var meter = new Meter(progress, model + " on " + benchmark, questions.size() + choices.size());
        Map<String, float[]> asked = embed(answering.queryPrefix(), questions, meter);
        Map<String, float[]> offered = embed(answering.passagePrefix(), choices, meter);
        return items.stream()
                .map(item -> new Answer(score(benchmark, item, asked, offered), false))
                .toList();
    }

    private Map<String, float[]> embed(String prefix, SequencedSet<String> distinct, Meter meter) {
        List<String> texts = new ArrayList<>(distinct);
        Map<String, float[]> vectors = new HashMap<>();
        for (int from = 0; from < texts.size(); from += CHUNK) {
            List<String> chunk = texts.subList(from, Math.min(from + CHUNK, texts.size()));
            float[][] embedded = embedder.embed(prefix, chunk);
            for (int i = 0; i < embedded.length; i++) {
                vectors.put(chunk.get(i), embedded[i]);
            }
            meter.done(chunk.size());
        }
        return vectors;
    }

    private Score score(String benchmark, Datapoint item, Map<String, float[]> asked, Map<String, float[]> offered) {
        if (item.choices() == null) {
            return new Score(benchmark, item.item(), model, Double.NaN, null, Double.NaN);
        }
        float[] question = asked.get(item.question());
        double[] similarity = item.choices().stream()
                .mapToDouble(choice -> dot(question, offered.get(choice)))
                .toArray();
        return Choice.of(similarity).score(model, benchmark, item);
    }

    /** The cosine: both have length 1. */
    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }

    private static final class Meter {
        private final Progress progress;
        private final String what;
        private final int total;
        private int done;

        Meter(Progress progress, String what, int total) {
            this.progress = progress;
            this.what = what;
            this.total = total;
            done(0);
        }

        void done(int more) {
            done += more;
            progress.step(what, done, total, "texts");
        }
    }

    @Override
    public void close() {
        embedder.close();
        tokenizer.close();
    }
}
