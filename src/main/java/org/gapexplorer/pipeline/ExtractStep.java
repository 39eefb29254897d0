package org.gapexplorer.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.gapexplorer.extract.Extraction;
import org.gapexplorer.extract.Prompt;
import org.gapexplorer.extract.Shard;
import org.gapexplorer.model.Device;
import org.gapexplorer.model.OnnxSession;
import org.gapexplorer.run.RunFolder;
import org.gapexplorer.study.Progress;
import org.gapexplorer.study.Study;

/** The part of a run that reads every datapoint through the lens: by this process, or by shards that it merges. */
final class ExtractStep {
    private static final String STEP = "extract";
    /** The rooms whose code makes a part's numbers and bytes: parts of another build are not mixed with this one's. */
    private static final String[] ROOMS = {"model", "lens", "extract", "run"};

    private final Study study;
    private final RunFolder run;
    private final Inputs inputs;
    private final Device device;
    private final Steps steps;

    /** @param device where the lens is read, or was read by the shards */
    ExtractStep(Study study, RunFolder run, Inputs inputs, Device device, Steps steps) {
        this.study = study;
        this.run = run;
        this.inputs = inputs;
        this.device = device;
        this.steps = steps;
    }

    /**
     * On which device the extraction was done, null if it has to be done. One done on another device than this call's
     * counts: whoever extracts on GPUs may finish the run without one.
     */
    Device done() {
        if (steps.done(STEP, key(device))) {
            return device;
        }
        for (Device other : Device.values()) {
            if (steps.done(STEP, key(other))) {
                return other;
            }
        }
        return null;
    }

    /** Changes with anything that the extraction depends on. */
    String key(Device on) {
        String lensKey = LensFiles.key(study.lens(), inputs, new OnnxSession.Settings(on, 0));
        return Steps.key(CodeVersion.of("study", "model", "lens", "extract", "run"), lensKey, itemKeys());
    }

    /** What each benchmark's items depend on. */
    Map<String, String> itemKeys() {
        var keys = new TreeMap<String, String>();
        study.benchmarks()
                .forEach(b -> keys.put(b.id(), Steps.key(b.sql(), b.template().text(), inputs.hashes(b.files()))));
        return keys;
    }

    /** Extracts, or goes on with it. */
    void run(LensFiles lens, List<RunFolder.Item> items, Progress progress) {
        steps.forget(STEP);
        Extraction.Result result = extraction(lens, progress).run(prompts(lens, items), partsKey(lens));
        if (result.speed().prompts() > 0) {
            note(result.speed());
        }
        finish(items, result);
    }

    /** Reads one shard into the folder that all of them share. */
    Extraction.Speed shard(LensFiles lens, List<RunFolder.Item> items, Shard shard, Progress progress) {
        return extraction(lens, progress).shard(prompts(lens, items), partsKey(lens), shard);
    }

    /** Gathers the shards; until all are there, and sound, the run stays as it is. */
    void merge(LensFiles lens, List<RunFolder.Item> items, boolean wait, Runnable before, Progress progress) {
        Extraction.Result result = extraction(lens, progress).merge(prompts(lens, items), partsKey(lens), wait, () -> {
            before.run();
            steps.forget(STEP);
        });
        steps.note("extraction", "by shards");
        finish(items, result);
    }

    private Extraction extraction(LensFiles lens, Progress progress) {
        return new Extraction(run, lens.lens(), progress);
    }

    private static List<Prompt> prompts(LensFiles lens, List<RunFolder.Item> items) {
        return items.stream()
                .map(i -> new Prompt(i.benchmark(), i.item(), i.prompt(), lens.counted(i)))
                .toList();
    }

    private static String partsKey(LensFiles lens) {
        return Steps.key(CodeVersion.of(ROOMS), lens.key());
    }

    private void note(Extraction.Speed speed) {
        steps.note("extraction", String.format(Locale.ROOT, "%.0f tokens/s", speed.tokensPerSecond()));
        steps.note(
                "extraction outside the graph",
                String.format(Locale.ROOT, "%.1f %% of the time", 100 * speed.shareOutsideGraph()));
    }

    private void finish(List<RunFolder.Item> items, Extraction.Result result) {
        var counted = new ArrayList<RunFolder.Item>();
        for (int i = 0; i < items.size(); i++) {
            RunFolder.Item item = items.get(i);
            counted.add(new RunFolder.Item(
                    item.benchmark(),
                    item.item(),
                    item.ordinal(),
                    item.question(),
                    item.prompt(),
                    item.own(),
                    item.choices(),
                    item.answer(),
                    item.category(),
                    result.tokens()[i],
                    result.truncated()[i]));
        }
        RunFolder.DATAPOINTS.write(run.datapoints(), counted);
        steps.enter(STEP, key(device));
    }
}
