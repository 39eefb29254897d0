package org.gapexplorer.train;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import org.gapexplorer.lens.CountedText;
import org.gapexplorer.model.HiddenStates;
import org.gapexplorer.study.Problem;
import org.gapexplorer.study.Progress;
import org.gapexplorer.study.Sha256;

/** Runs texts through a model and keeps the residual rows of their own tokens, special ones left out. */
final class Activations {
    /** Texts handed over at once, to bound what is held of their tokens. */
    private static final int POOL = 2048;

    private final HiddenStates states;
    private final Function<String, CountedText> prompt;
    private final String key;
    private final Path cache;

    /**
     * @param prompt what a text becomes before the model reads it
     * @param key changes with anything that changes a text's rows; names them in the cache
     * @param cache a folder for what was read, or null to keep nothing
     */
    Activations(HiddenStates states, Function<String, CountedText> prompt, String key, Path cache) {
        this.states = states;
        this.prompt = prompt;
        this.key = key;
        this.cache = cache;
    }

    /** The rows of all texts, from the cache where the same texts were read before. */
    ActivationStore of(String what, List<String> texts, Progress progress) {
        if (cache == null) {
            return read(what, texts, progress);
        }
        Path file = cache.resolve(what + "-" + fingerprint(texts) + ".f16");
        try {
            Files.createDirectories(cache);
            if (Files.exists(file)) {
                int width = states.of(List.of("a")).getFirst().values()[0].length;
                return ActivationStore.load(file, width);
            }
            ActivationStore store = read(what, texts, progress);
            store.save(file);
            return store;
        } catch (IOException e) {
            throw new Problem(
                    file.toString(), "cannot be read or written (" + e.getMessage() + ")", "check the cache folder", e);
        }
    }

    private ActivationStore read(String what, List<String> texts, Progress progress) {
        ActivationStore[] store = new ActivationStore[1];
        int[] done = {0};
        for (int from = 0; from < texts.size(); from += POOL) {
            List<CountedText> pool = texts.subList(from, Math.min(texts.size(), from + POOL)).stream()
                    .map(prompt)
                    .toList();
            states.forEach(pool.stream().map(CountedText::text).toList(), (rows, index) -> {
                boolean[] counts = pool.get(index).counts(rows.tokens());
                for (int t = 0; t < counts.length; t++) {
                    if (counts[t]) {
                        store[0] = store[0] == null ? new ActivationStore(rows.values()[t].length) : store[0];
                        store[0].add(rows.values()[t], 0);
                    }
                }
                progress.step("activations: " + what, ++done[0], texts.size(), "texts");
            });
        }
        if (store[0] == null) {
            throw new Problem(what, "holds no text with a token", "give it some text");
        }
        return store[0];
    }

    private String fingerprint(List<String> texts) {
        MessageDigest digest = Sha256.digest();
        digest.update(key.getBytes(StandardCharsets.UTF_8));
        for (String text : texts) {
            digest.update((byte) 0);
            digest.update(prompt.apply(text).text().getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(digest.digest(), 0, 8);
    }
}
