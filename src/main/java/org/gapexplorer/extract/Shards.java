package org.gapexplorer.extract;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.gapexplorer.extract.Extraction.Row;
import org.gapexplorer.lens.Reading;
import org.gapexplorer.run.RunFolder;
import org.gapexplorer.study.Problem;
import org.gapexplorer.study.Sha256;
import org.gapexplorer.study.WholeFile;

/**
 * The saliency shards of one run on disk. {@code saliency/key} says what the shards beside it were made from; shards
 * made from anything else are deleted before work begins.
 */
final class Shards {
    private static final String KEY_FILE = "key";

    private final RunFolder run;
    private final String key;
    private final int count;

    /**
     * @param key what the shards are made from
     * @param count how many there will be
     */
    Shards(RunFolder run, String key, int count) {
        this.run = run;
        this.key = key;
        this.count = count;
    }

    /** SHA-256 over the lens and all prompts, each field told apart from its neighbours. */
    static String key(String lensKey, int maxTokens, List<Prompt> prompts) {
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

    /** Makes the folder ready: keeps the finished shards of this key, deletes everything else. */
    void prepare() {
        Path keyFile = run.saliency().resolve(KEY_FILE);
        try {
            Files.createDirectories(run.saliency());
            byte[] wanted = key.getBytes(StandardCharsets.UTF_8);
            boolean same = Files.exists(keyFile) && Arrays.equals(Files.readAllBytes(keyFile), wanted);
            for (Path file : parts()) {
                if (!same || !expected(file)) {
                    Files.delete(file);
                }
            }
            if (!same) {
                WholeFile.write(keyFile, key);
            }
        } catch (IOException e) {
            throw new Problem(
                    run.saliency().toString(),
                    "cannot be written (" + Problem.reason(e) + ")",
                    "free some space or choose a folder you may write to",
                    e);
        }
    }

    private List<Path> parts() throws IOException {
        try (Stream<Path> files = Files.list(run.saliency())) {
            return files.filter(file -> file.getFileName().toString().startsWith("part-"))
                    .toList();
        }
    }

    private boolean expected(Path file) {
        return IntStream.range(0, count).anyMatch(shard -> path(shard).equals(file));
    }

    boolean finished(int shard) {
        return Files.exists(path(shard));
    }

    private Path path(int shard) {
        return run.saliency().resolve(String.format(Locale.ROOT, "part-%05d.parquet", shard));
    }

    /** Writes one shard, its prompts in the study's order, concepts ascending; it appears when it is complete. */
    void write(int shard, List<Row> rows, List<Prompt> prompts) {
        Iterator<RunFolder.Saliency> table = rows.stream()
                .sorted(Comparator.comparingInt(Row::prompt))
                .flatMap(row -> saliency(prompts.get(row.prompt()), row.reading()))
                .iterator();
        RunFolder.SALIENCY.write(path(shard), table);
    }

    private static Stream<RunFolder.Saliency> saliency(Prompt prompt, Reading reading) {
        return IntStream.range(0, reading.concepts().length)
                .mapToObj(i -> new RunFolder.Saliency(
                        prompt.benchmark(),
                        prompt.item(),
                        reading.concepts()[i],
                        reading.saliency()[i],
                        reading.peak()[i],
                        reading.peakToken()[i]));
    }
}
