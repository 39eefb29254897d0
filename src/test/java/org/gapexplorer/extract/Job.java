package org.gapexplorer.extract;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.gapexplorer.JavaProcess;
import org.gapexplorer.lens.Lens;
import org.gapexplorer.lens.RandomSae;
import org.gapexplorer.lens.SaeConfig;
import org.gapexplorer.model.Device;
import org.gapexplorer.model.OnnxGraph;
import org.gapexplorer.model.OnnxSession;
import org.gapexplorer.model.Residual;
import org.gapexplorer.model.Starter;
import org.gapexplorer.model.TextTokenizer;
import org.gapexplorer.run.RunFolder;
import org.gapexplorer.study.Progress;

/** A small extraction that a test runs in its own process, to kill it. */
final class Job {
    static final int PROMPTS = 400;
    private static final int PROMPTS_PER_PART = 16;
    private static final String[] WORDS =
            "river stone seven market quiet engine blue winter doctor falls number lemon".split(" ");

    private Job() {}

    /** Folder, and the shard if it is not the whole. */
    public static void main(String[] arguments) {
        Path folder = Path.of(arguments[0]);
        try (TextTokenizer tokenizer = Starter.tokenizer();
                Lens lens = lens(tokenizer)) {
            Extraction extraction = extraction(folder, lens, Progress.SILENT);
            if (arguments.length == 1) {
                extraction.run(prompts(), "lens");
            } else {
                extraction.shard(prompts(), "lens", Shard.parse(arguments[1], System.getenv()));
            }
        }
    }

    /** The same in a process of its own, which somebody may kill; what it says goes to {@code log}. */
    static Process fork(Path log, Map<String, String> environment, String... arguments) throws IOException {
        return JavaProcess.start(Job.class, log, environment, (Object[]) arguments);
    }

    static Extraction extraction(Path folder, Lens lens, Progress progress) {
        return new Extraction(new RunFolder(folder), lens, progress, PROMPTS_PER_PART);
    }

    static Extraction.Result run(Path folder, List<Prompt> prompts, String key, Progress progress) {
        try (TextTokenizer tokenizer = Starter.tokenizer();
                Lens lens = lens(tokenizer)) {
            return extraction(folder, lens, progress).run(prompts, key);
        }
    }

    /** A small lens on one thread: a busy machine does not slow it much. */
    static Lens lens(TextTokenizer tokenizer) {
        SaeConfig sae = SaeConfig.topK(Starter.WIDTH, 256, 8, "m", "h");
        return lens(tokenizer, 0, sae, new OnnxSession.Settings(Device.CPU, 1));
    }

    static Lens lens(TextTokenizer tokenizer, int block, SaeConfig sae, OnnxSession.Settings settings) {
        OnnxGraph model = Starter.model();
        return Lens.open(model, Residual.after(model, block), RandomSae.of(sae, 1), tokenizer, 256, settings);
    }

    /** Two benchmarks of texts of 1 to 60 words, with a fixed word that does not count before each. */
    static List<Prompt> prompts() {
        Random random = new Random(42);
        List<Prompt> prompts = new ArrayList<>();
        for (int i = 0; i < PROMPTS; i++) {
            List<String> words = new ArrayList<>(Collections.nCopies(1 + random.nextInt(60), ""));
            words.replaceAll(word -> WORDS[random.nextInt(WORDS.length)]);
            String text = "Question: " + String.join(" ", words);
            prompts.add(new Prompt("bench-" + i % 2, "item " + i, text, new int[] {10, text.length()}));
        }
        return prompts;
    }
}
