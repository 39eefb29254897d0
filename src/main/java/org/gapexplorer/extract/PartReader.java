package org.gapexplorer.extract;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gapexplorer.lens.Lens;
import org.gapexplorer.lens.Reading;
import org.gapexplorer.study.Problem;
import org.gapexplorer.study.Progress;

/** Reads parts of a plan through the lens and counts what that took. */
final class PartReader {
    private final Plan plan;
    private final Lens lens;
    private final Progress progress;
    private final long start = System.nanoTime();
    private final long graphStart;
    private long total;
    private long before;
    private long tokens;
    private int prompts;

    /** @param progress hears of the tokens done */
    PartReader(Plan plan, Lens lens, Progress progress) {
        this.plan = plan;
        this.lens = lens;
        this.progress = progress;
        graphStart = lens.graphNanos();
    }

    /** A prompt's number and what the lens saw in it. */
    record Row(int prompt, Reading reading) {}

    /**
     * Says what lies ahead.
     *
     * @param all the parts of the whole job
     * @param open those of them that are to be read
     */
    void expect(List<Integer> all, List<Integer> open) {
        total = plan.tokens(all);
        before = total - plan.tokens(open);
        progress.step("extract", before, total, "tokens");
    }

    /** A part that somebody else has read meanwhile. */
    void skip(int part) {
        before += plan.tokens(List.of(part));
        progress.step("extract", before + tokens, total, "tokens");
    }

    /**
     * @return what the lens saw in each prompt of a part, batch by batch
     * @throws Problem if a number that is not finite comes out for some prompt; it is named
     */
    List<Row> read(int part) {
        List<Row> rows = new ArrayList<>();
        for (int[] batch : plan.parts().get(part)) {
            List<Reading> readings;
            try {
                readings = readBatch(batch);
            } catch (Problem problem) {
                throw named(problem, batch);
            }
            for (int i = 0; i < batch.length; i++) {
                rows.add(new Row(batch[i], readings.get(i)));
            }
            prompts += batch.length;
            tokens += plan.tokens(batch);
            progress.step("extract", before + tokens, total, "tokens");
        }
        return rows;
    }

    /** What has been read so far, in the time since this reader was made. */
    Extraction.Speed speed() {
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Extraction.Speed(prompts, tokens, seconds, (lens.graphNanos() - graphStart) / 1e9);
    }

    private List<Reading> readBatch(int[] batch) {
        return lens.readBatch(
                Arrays.stream(batch).mapToObj(plan.texts()::get).toList(),
                Arrays.stream(batch).mapToObj(plan.tokens()::get).toList());
    }

    /** Finds the prompt that a batch failed on by reading each alone. */
    private Problem named(Problem problem, int[] batch) {
        for (int index : batch) {
            try {
                readBatch(new int[] {index});
            } catch (Problem alone) {
                Prompt prompt = plan.prompts().get(index);
                return new Problem(
                        "benchmark " + prompt.benchmark() + ", item " + prompt.item(),
                        "the lens fails on this prompt",
                        alone.getMessage(),
                        alone);
            }
        }
        return problem;
    }
}
