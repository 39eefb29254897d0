package org.gapexplorer.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.gapexplorer.extract.Extraction;
import org.gapexplorer.extract.Shard;
import org.gapexplorer.model.Device;
import org.gapexplorer.model.OnnxSession;
import org.gapexplorer.run.RunFolder;
import org.gapexplorer.source.Sources;
import org.gapexplorer.study.Progress;
import org.gapexplorer.study.Study;

/**
 * A study's extraction by many processes: each reads a shard into a folder that all of them see, then one merges. What
 * comes out is what {@link StudyRun} alone would have written, and {@code StudyRun} goes on from there.
 */
public final class ShardedRun {
    private final Study study;
    private final RunFolder run;
    private final Progress progress;
    private final Inputs inputs;
    private final OnnxSession.Settings session;
    private final ExtractStep step;

    /**
     * @param run the folder that all processes share
     * @param mirror folder with a SOURCES.tsv to take https sources from, or null
     * @param device cpu or cuda: where the shards are read, also when they are merged elsewhere
     */
    public ShardedRun(Study study, RunFolder run, Path mirror, String device, Progress progress) {
        this.study = study;
        this.run = run;
        this.progress = progress;
        inputs = new Inputs(new Sources(study.file().getParent(), Sources.defaultCache(), mirror), progress);
        session = new OnnxSession.Settings(Device.parse(device), 0);
        step = new ExtractStep(study, run, inputs, session.device(), new Steps(run.path()));
    }

    /**
     * Reads one shard, or goes on with it.
     *
     * @return how fast; empty if the shards have been merged already
     */
    public Optional<Extraction.Speed> shard(Shard shard) {
        if (step.done() != null) {
            return Optional.empty();
        }
        try (LensFiles lens = open()) {
            return Optional.of(step.shard(lens, items(), shard, progress));
        }
    }

    /**
     * Gathers the shards.
     *
     * @param wait whether to wait for those that are not complete
     * @return whether there was anything to do
     * @throws org.gapexplorer.study.Problem if some are not complete, or hold something else; the run stays as it was
     */
    public boolean merge(boolean wait) {
        boolean[] merged = {false};
        RunLock.alone(run, () -> {
            if (step.done() == null) {
                try (LensFiles lens = open()) {
                    step.merge(lens, items(), wait, this::unfinish, progress);
                    merged[0] = true;
                }
            }
        });
        return merged[0];
    }

    private LensFiles open() {
        return LensFiles.open(study.lens(), inputs, session);
    }

    private List<RunFolder.Item> items() {
        return Items.read(study, inputs);
    }

    /** A run without run.json is not finished. */
    private void unfinish() {
        try {
            Files.deleteIfExists(run.provenance());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
