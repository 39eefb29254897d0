package org.gapexplorer.extract;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.gapexplorer.lens.CountedText;
import org.gapexplorer.lens.Lens;
import org.gapexplorer.model.Tokens;
import org.gapexplorer.study.Sha256;

/**
 * The work of an extraction: its prompts in batches of like length, the batches in parts of a few hundred prompts. It
 * follows from the prompts and the lens alone, so every process of every machine arrives at the same one.
 *
 * @param prompts all prompts of the study; texts and tokens are theirs, in the same order
 * @param parts for each part its batches, as numbers of prompts
 * @param key what the parts are made from
 */
record Plan(List<Prompt> prompts, List<CountedText> texts, List<Tokens> tokens, List<List<int[]>> parts, String key) {

    /**
     * @param lensKey tells this lens from every other
     * @param promptsPerPart a part is closed once it has as many
     */
    static Plan of(Lens lens, List<Prompt> prompts, String lensKey, int promptsPerPart) {
        List<CountedText> texts = prompts.stream().map(Prompt::countedText).toList();
        List<Tokens> tokens = lens.tokenize(prompts.stream().map(Prompt::text).toList());
        return new Plan(
                prompts,
                texts,
                tokens,
                parts(lens.plan(tokens), promptsPerPart),
                key(lensKey, lens.maxTokens(), prompts));
    }

    /** Consecutive batches, as many as make a part. */
    private static List<List<int[]>> parts(List<int[]> batches, int promptsPerPart) {
        List<List<int[]>> parts = new ArrayList<>();
        int inLast = promptsPerPart;
        for (int[] batch : batches) {
            if (inLast >= promptsPerPart) {
                parts.add(new ArrayList<>());
                inLast = 0;
            }
            parts.getLast().add(batch);
            inLast += batch.length;
        }
        return parts;
    }

    /** SHA-256 over the lens and all prompts, each field told apart from its neighbours. */
    private static String key(String lensKey, int maxTokens, List<Prompt> prompts) {
        MessageDigest digest = Sha256.digest();
        update(digest, lensKey);
        update(digest, Integer.toString(maxTokens));
        for (Prompt prompt : prompts) {
            update(digest, prompt.benchmark());
            update(digest, prompt.item());
            update(digest, prompt.text());
            update(digest, prompt.counted() == null ? "all" : Arrays.toString(prompt.counted()));
        }
        return Sha256.hex(digest.digest());
    }

    private static void update(MessageDigest digest, String field) {
        byte[] bytes = field.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
        digest.update(bytes);
    }

    int size() {
        return parts.size();
    }

    /** Tokens of a batch, special ones included, padding not. */
    long tokens(int[] batch) {
        return Arrays.stream(batch).mapToLong(i -> tokens.get(i).length()).sum();
    }

    /** Tokens of some parts. */
    long tokens(List<Integer> some) {
        return some.stream()
                .flatMap(part -> parts.get(part).stream())
                .mapToLong(this::tokens)
                .sum();
    }

    /** A datapoint's key. */
    record Item(String benchmark, String item) {}

    /** The datapoints of one part. */
    Set<Item> items(int part) {
        Set<Item> items = new HashSet<>();
        for (int[] batch : parts.get(part)) {
            for (int i : batch) {
                items.add(new Item(prompts.get(i).benchmark(), prompts.get(i).item()));
            }
        }
        return items;
    }
}
