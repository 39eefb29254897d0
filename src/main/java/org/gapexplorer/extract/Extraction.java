package org.gapexplorer.extract;

import java.util.List;
import java.util.stream.IntStream;
import org.gapexplorer.lens.CountedText;
import org.gapexplorer.lens.Lens;
import org.gapexplorer.model.Tokens;
import org.gapexplorer.run.RunFolder;
import org.gapexplorer.study.Problem;
import org.gapexplorer.study.Progress;

/**
 * Reads every prompt of a study through its lens and writes {@code saliency/part-NNNNN.parquet}.
 *
 * <p>The prompts are put into batches of like length, the batches into parts of a few hundred prompts. Both follow from
 * the prompts and the lens alone, so a part has the same content whenever and wherever it is written. Each part
 * appears by a rename once it is complete: a job killed at any point goes on at the first part that is not there.
 *
 * <p>One process can do it all ({@link #run}), or many a {@link #shard} each, after which {@link #merge} gathers what
 * they wrote into what one process would have written.
 */
public final class Extraction {
    private static final int PROMPTS_PER_PART = 256;

    private final RunFolder run;
    private final Lens lens;
    private final Progress progress;
    private final int promptsPerPart;

    /**
     * @param run where the parts go
     * @param lens stays the caller's to close
     * @param progress hears of the tokens done
     */
    public Extraction(RunFolder run, Lens lens, Progress progress) {
        this(run, lens, progress, PROMPTS_PER_PART);
    }

    /** @param promptsPerPart a part is closed once it has as many; whoever works on a run together has to agree on it */
    public Extraction(RunFolder run, Lens lens, Progress progress, int promptsPerPart) {
        this.run = run;
        this.lens = lens;
        this.progress = progress;
        this.promptsPerPart = promptsPerPart;
    }

    /**
     * What an extraction found out beside the parts.
     *
     * @param tokens T(x) of each prompt, in the order given
     * @param truncated whether each prompt was longer than the lens reads
     * @param speed of this call; parts found finished do not count
     */
    public record Result(int[] tokens, boolean[] truncated, Speed speed) {}

    /**
     * @param prompts prompts read
     * @param tokens their tokens, special ones included, padding not
     * @param seconds wall time from the first prompt to the last part
     * @param graphSeconds the part of it spent inside the graph
     */
    public record Speed(int prompts, long tokens, double seconds, double graphSeconds) {
        /** Tokens per second of wall time; 0 if nothing was read. */
        public double tokensPerSecond() {
            return seconds > 0 ? tokens / seconds : 0;
        }

        /** Share of wall time in [0,1] spent outside the graph: tokenising, pooling's leftovers, writing. */
        public double shareOutsideGraph() {
            return seconds > 0 ? Math.max(0, 1 - graphSeconds / seconds) : 0;
        }
    }

    /**
     * Runs or resumes the job. What shards have finished of it is taken over.
     *
     * @param prompts all prompts of the study
     * @param lensKey tells this lens from every other (sha256 of its files, its layer): parts of another are discarded
     * @throws Problem if a number that is not finite comes out for some prompt (it is named), or the folder cannot be
     *     written
     */
    public Result run(List<Prompt> prompts, String lensKey) {
        Plan plan = plan(prompts, lensKey);
        Parts parts = new Parts(run, plan);
        parts.prepare();
        new Merge(run, plan, progress).takeWhatIsThere(parts);
        List<Integer> all = IntStream.range(0, plan.size()).boxed().toList();
        List<Integer> open = all.stream().filter(part -> !parts.finished(part)).toList();
        PartReader reader = new PartReader(plan, lens, progress);
        reader.expect(all, open);
        for (int part : open) {
            parts.write(part, reader.read(part));
        }
        return result(plan, reader.speed());
    }

    /**
     * Does or resumes one shard. Any number of processes may be at work on the same run, this shard included.
     *
     * @return how fast; nothing was read where all of the shard was there
     */
    public Speed shard(List<Prompt> prompts, String lensKey, Shard shard) {
        Plan plan = plan(prompts, lensKey);
        ShardFolder folder = new ShardFolder(run, plan);
        List<Integer> mine = shard.parts(plan.size());
        List<Integer> open =
                mine.stream().filter(part -> !folder.finished(part)).toList();
        PartReader reader = new PartReader(plan, lens, progress);
        reader.expect(mine, open);
        int done = mine.size() - open.size();
        note(folder, shard, mine.size(), done, reader);
        for (int part : open) {
            if (folder.finished(part)) {
                reader.skip(part);
            } else {
                folder.write(part, reader.read(part), prompts);
            }
            note(folder, shard, mine.size(), ++done, reader);
        }
        folder.tidy();
        return reader.speed();
    }

    private static void note(ShardFolder folder, Shard shard, int parts, int done, PartReader reader) {
        Speed speed = reader.speed();
        folder.note(new ShardFolder.Note(shard.number(), shard.of(), parts, done, speed.tokens(), speed.seconds()));
    }

    /**
     * Gathers what shards have written; called again, it does nothing more.
     *
     * @param wait whether to wait for shards that are not complete
     * @param before runs once all is known to be there, before anything of the run is changed
     * @throws Problem if some are not complete (they are named), or hold something else
     */
    public Result merge(List<Prompt> prompts, String lensKey, boolean wait, Runnable before) {
        Plan plan = plan(prompts, lensKey);
        Parts parts = new Parts(run, plan);
        new Merge(run, plan, progress).takeAll(parts, wait, before);
        return result(plan, new Speed(0, 0, 0, 0));
    }

    private Plan plan(List<Prompt> prompts, String lensKey) {
        return Plan.of(lens, prompts, lensKey, promptsPerPart);
    }

    private static Result result(Plan plan, Speed speed) {
        List<CountedText> texts = plan.texts();
        List<Tokens> tokens = plan.tokens();
        int[] counted = new int[texts.size()];
        boolean[] truncated = new boolean[texts.size()];
        for (int i = 0; i < counted.length; i++) {
            for (boolean counts : texts.get(i).counts(tokens.get(i))) {
                counted[i] += counts ? 1 : 0;
            }
            truncated[i] = tokens.get(i).truncated();
        }
        return new Result(counted, truncated, speed);
    }
}
