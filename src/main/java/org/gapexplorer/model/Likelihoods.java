package org.gapexplorer.model;

import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ObjIntConsumer;
import java.util.stream.IntStream;
import org.gapexplorer.study.Problem;

/**
 * Log-probabilities of continuations under a decoder: natural logarithms, float32 softmax over the whole vocabulary. Only
 * the rows of the wanted tokens reach the vocabulary head, and only the wanted numbers leave the graph. Close it when done.
 */
public final class Likelihoods implements AutoCloseable {
    private static final String PLACES = "gapx_places";
    private static final String WANTED = "gapx_wanted";
    private static final String LOG_PROBABILITY = "gapx_log_probability";
    private static final String READ = "gapx_read";
    private static final String VOCABULARY = "gapx_vocabulary";

    private static final int MAX_ITEMS = 64;
    private static final int MAX_BATCH_TOKENS = 2_048;
    /** Logits computed at once: 128 MB of float32, and as much again for their softmax. */
    private static final int MAX_LOGITS = 1 << 25;

    private final String where;
    private final OnnxSession session;
    private final Batching batching;
    private final boolean sharing;
    private final int vocabulary;

    private Likelihoods(OnnxGraph model, OnnxSession session) {
        this.where = model.where();
        this.session = session;
        this.batching = model.batching();
        // where activations are quantised by the range of a whole text, what follows a token changes its numbers
        this.sharing = !model.quantisesWhileRunning();
        this.vocabulary = probe();
    }

    /**
     * Opens a decoder.
     *
     * @throws Problem if the graph gives no logits for each token, or asks for inputs that are not known
     */
    public static Likelihoods open(OnnxGraph model, OnnxSession.Settings settings) {
        VocabularyHead head = VocabularyHead.of(model);
        GraphEditor graph = new GraphEditor(model);
        String places = graph.longInput(PLACES, -1, 2);
        String wanted = graph.longInput(WANTED, -1, 2);
        String rows = graph.node("GatherND", "rows", head.rows(), places);
        String logits = graph.again(head.nodes(), head.rows(), rows, head.logits());
        String chances =
                graph.node("LogSoftmax", "log_softmax", List.of("axis", -1), graph.toFloat("logits_float", logits));
        graph.named(LOG_PROBABILITY, graph.node("GatherND", "picked", chances, wanted));
        graph.named(READ, graph.toInt("read_int", graph.node("Shape", "read", head.rows())));
        graph.named(VOCABULARY, graph.toInt("vocabulary_int", graph.node("Shape", "vocabulary", chances)));
        OnnxSession session = OnnxSession.open(graph.build(List.of(LOG_PROBABILITY, READ, VOCABULARY)), settings);
        try {
            return new Likelihoods(model, session);
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }

    /** Two tokens, to see that there are logits for both; the size of the vocabulary. */
    private int probe() {
        Row two = new Row(new long[2]);
        two.targets.add(new Target(0, 0, 0, 0));
        try (OnnxSession.Outputs outputs = run(List.of(two))) {
            int[] read = new int[outputs.ints(READ).remaining()];
            outputs.ints(READ).get(read);
            if (read.length != 3 || read[0] != 1 || read[1] != 2) {
                throw new Problem(
                        where,
                        "for 2 tokens it computes logits of the shape " + Arrays.toString(read)
                                + ", not one row per token",
                        "export it for text generation with the logits of all tokens");
            }
            return outputs.ints(VOCABULARY).get(1);
        }
    }

    /** How many tokens the model knows. */
    public int vocabulary() {
        return vocabulary;
    }

    /** One text the model reads, and what is wanted of it. */
    private record Row(long[] input, List<Target> targets) {
        Row(long[] input) {
            this(input, new ArrayList<>());
        }

        long places() {
            return targets.stream().mapToInt(Target::place).distinct().count();
        }
    }

    /** The log-probability of a token by the logits of a place; it belongs to a continuation of an item. */
    private record Target(int item, int continuation, int place, long token) {}

    /**
     * The sum of the log-probabilities of each continuation's tokens, item by item. Continuations of one item that begin
     * alike are read once.
     *
     * @param items each item's continuations
     * @param done takes an item's sums with its index in {@code items}, as soon as they are known; in no certain order
     * @throws Problem if a token is not in the model's vocabulary
     */
    public void sums(List<List<Continuation>> items, ObjIntConsumer<double[]> done) {
        List<Row> rows = new ArrayList<>();
        double[][] sums = new double[items.size()][];
        int[] open = new int[items.size()];
        for (int item = 0; item < sums.length; item++) {
            sums[item] = new double[items.get(item).size()];
            List<Row> own = rows(item, items.get(item));
            open[item] = own.size();
            rows.addAll(own);
        }
        int[] lengths = rows.stream().mapToInt(row -> row.input.length).toArray();
        for (int[] batch : LengthBatches.plan(lengths, batching, MAX_ITEMS, MAX_BATCH_TOKENS)) {
            List<Row> all = Arrays.stream(batch).mapToObj(rows::get).toList();
            for (List<Row> some : byLogits(all)) {
                add(some, sums);
                for (Row row : some) {
                    int item = row.targets.getFirst().item;
                    if (--open[item] == 0) {
                        done.accept(sums[item], item);
                    }
                }
            }
        }
    }

    private List<Row> rows(int item, List<Continuation> continuations) {
        List<Row> rows = new ArrayList<>();
        // longest first: what a row begins with need not be read again
        int[] order = IntStream.range(0, continuations.size())
                .boxed()
                .sorted(Comparator.comparingInt(i -> -continuations.get(i).tokens().length))
                .mapToInt(Integer::intValue)
                .toArray();
        for (int index : order) {
            Continuation continuation = continuations.get(index);
            requireKnown(continuation.tokens());
            long[] input = continuation.input();
            Row row = rows.stream()
                    .filter(other -> covers(other.input, input))
                    .findFirst()
                    .orElseGet(() -> {
                        Row own = new Row(input);
                        rows.add(own);
                        return own;
                    });
            for (int place = continuation.firstPlace(); place < input.length; place++) {
                row.targets.add(new Target(item, index, place, continuation.tokens()[place + 1]));
            }
        }
        return rows;
    }

    private boolean covers(long[] other, long[] input) {
        int same = Arrays.mismatch(other, input);
        return same < 0 || sharing && same == input.length;
    }

    private void requireKnown(long[] tokens) {
        long highest = Arrays.stream(tokens).max().orElse(0);
        if (highest >= vocabulary) {
            throw new Problem(
                    where,
                    "knows " + vocabulary + " tokens, but the tokenizer gives token " + highest,
                    "give the tokenizer.json that belongs to the model");
        }
    }

    /** Cuts a batch where its logits would be too many to hold. */
    private List<List<Row>> byLogits(List<Row> batch) {
        List<List<Row>> parts = new ArrayList<>();
        long logits = Long.MAX_VALUE;
        for (Row row : batch) {
            long more = row.places() * vocabulary;
            if (logits > MAX_LOGITS - more) {
                parts.add(new ArrayList<>());
                logits = 0;
            }
            logits += more;
            parts.getLast().add(row);
        }
        return parts;
    }

    private void add(List<Row> rows, double[][] sums) {
        try (OnnxSession.Outputs outputs = run(rows)) {
            FloatBuffer values = outputs.floats(LOG_PROBABILITY);
            rows.stream()
                    .flatMap(row -> row.targets.stream())
                    .forEach(target -> sums[target.item][target.continuation] += values.get());
        }
    }

    private OnnxSession.Outputs run(List<Row> rows) {
        List<Tokens> texts = new ArrayList<>();
        Map<List<Integer>, Integer> places = new LinkedHashMap<>();
        List<Long> wanted = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
            texts.add(tokens(rows.get(row).input));
            for (Target target : rows.get(row).targets) {
                wanted.add((long) places.computeIfAbsent(List.of(row, target.place), place -> places.size()));
                wanted.add(target.token);
            }
        }
        long[] flat = places.keySet().stream()
                .flatMap(List::stream)
                .mapToLong(Integer::longValue)
                .toArray();
        long[] picks = wanted.stream().mapToLong(Long::longValue).toArray();
        Map<String, OnnxSession.Input> more = new HashMap<>();
        more.put(PLACES, new OnnxSession.Input.Longs(LongBuffer.wrap(flat), places.size(), 2));
        more.put(WANTED, new OnnxSession.Input.Longs(LongBuffer.wrap(picks), picks.length / 2, 2));
        return session.run(new TokenBatch(texts), more);
    }

    private static Tokens tokens(long[] ids) {
        return new Tokens(
                ids, new int[ids.length], new int[ids.length], new boolean[ids.length], false, new String[ids.length]);
    }

    @Override
    public void close() {
        session.close();
    }
}
