package org.gapexplorer.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.gapexplorer.extract.Examples;
import org.gapexplorer.extract.Prompt;
import org.gapexplorer.lens.LensPack;
import org.gapexplorer.model.Device;
import org.gapexplorer.model.OnnxSession;
import org.gapexplorer.run.Datasets;
import org.gapexplorer.run.Provenance;
import org.gapexplorer.run.RunFolder;
import org.gapexplorer.score.LogScores;
import org.gapexplorer.source.Sources;
import org.gapexplorer.study.Progress;
import org.gapexplorer.study.Study;
import org.gapexplorer.study.SubjectModel;

/**
 * Takes a study through fetch, extraction, scoring and method into a run folder. Interrupted anywhere, a second call goes
 * on; called again after a change, it redoes what the change reaches and no more.
 */
public final class StudyRun {
    private final Study study;
    private final RunFolder run;
    private final Settings settings;
    private final Progress progress;
    private final Steps steps;
    private final Inputs inputs;
    private final OnnxSession.Settings session;
    private final ExtractStep extraction;

    /**
     * @param allModels score every model, not only those scored by default
     * @param mirror folder with a SOURCES.tsv to take https sources from, or null
     * @param device cpu or cuda
     */
    public record Settings(boolean allModels, Path mirror, String device) {}

    private StudyRun(Study study, RunFolder run, Settings settings, Progress progress) {
        this.study = study;
        this.run = run;
        this.settings = settings;
        this.progress = progress;
        steps = new Steps(run.path());
        inputs = new Inputs(new Sources(study.file().getParent(), Sources.defaultCache(), settings.mirror()), progress);
        session = new OnnxSession.Settings(Device.parse(settings.device()), 0);
        extraction = new ExtractStep(study, run, inputs, session.device(), steps);
    }

    /**
     * Runs a study to its end.
     *
     * @param run where to; made if it is not there
     * @return {@code run}, finished
     */
    public static RunFolder run(Study study, RunFolder run, Settings settings, Progress progress) {
        RunLock.alone(run, () -> new StudyRun(study, run, settings, progress).run());
        return run;
    }

    private void run() throws IOException {
        LogScores.check(study);
        Map<String, String> itemKeys = extraction.itemKeys();
        List<SubjectModel> models = study.models().stream()
                .filter(m -> settings.allModels() || m.byDefault())
                .toList();
        String lensKey = LensFiles.key(study.lens(), inputs, session);
        try (var lens = new LazyLens()) {
            boolean extracted = extraction.done() != null;
            List<RunFolder.Item> items =
                    extracted ? RunFolder.DATAPOINTS.read(run.datapoints()) : Items.read(study, inputs);
            if (!extracted) {
                unfinish();
                // an SAE or labels of another lens are told before models answer, and a mistake in a log before
                // extraction
                lens.dictionary();
            }
            String scores = score(models, itemKeys, items);
            if (!extracted) {
                extraction.run(lens.get(), items, progress);
                items = RunFolder.DATAPOINTS.read(run.datapoints());
            }
            String extractKey = extraction.key(extraction.done());
            steps.run("lens", Steps.key(CodeVersion.of("model", "lens", "pipeline"), lensKey), () -> pack(lens.get()));
            String analysisKey = Steps.key(
                    CodeVersion.of("study", "method", "run", "pipeline", "label"),
                    extractKey,
                    scores,
                    models.stream().map(m -> m.id() + m.title() + m.licence()).toList(),
                    settingsKey(),
                    study.lens().labels(),
                    study.lens().labels().stream()
                            .map(labels -> inputs.hash(labels.source()))
                            .toList());
            if (!steps.done("analyse", analysisKey) || !Files.exists(run.provenance())) {
                unfinish();
                analyse(lens.get(), lens.dictionary(), models, items);
                steps.enter("analyse", analysisKey);
            }
        }
    }

    /** The lens, opened by the first step that has something to do. */
    private final class LazyLens implements AutoCloseable {
        private LensFiles files;
        private Concepts dictionary;

        LensFiles get() {
            if (files == null) {
                files = LensFiles.open(study.lens(), inputs, session);
            }
            return files;
        }

        Concepts dictionary() {
            if (dictionary == null) {
                dictionary = Concepts.read(study.lens(), inputs, get().lens().sae());
            }
            return dictionary;
        }

        @Override
        public void close() {
            if (files != null) {
                files.close();
            }
        }
    }

    /** A chat model's lens stays out: read without its template, a visitor's text would give other numbers. */
    private void pack(LensFiles lens) {
        if (study.lens().chat() == null) {
            LensPack.write(run.lens(), lens.lens(), lens.tokenizer());
        } else {
            LensPack.remove(run.lens());
        }
    }

    /** A run without run.json is not finished: it goes first whenever something is done again. */
    private void unfinish() throws IOException {
        Files.deleteIfExists(run.provenance());
    }

    private String settingsKey() {
        return Steps.key(
                study.title(),
                study.description(),
                study.seed(),
                study.dictionary(),
                study.thresholds(),
                study.lists(),
                study.lens().title(),
                study.benchmarks());
    }

    /** @return a key that changes with any score */
    private String score(List<SubjectModel> models, Map<String, String> itemKeys, List<RunFolder.Item> items) {
        var byBenchmark = new LinkedHashMap<String, List<Datasets.Datapoint>>();
        study.benchmarks().forEach(b -> byBenchmark.put(b.id(), new ArrayList<>()));
        items.forEach(i -> byBenchmark
                .get(i.benchmark())
                .add(new Datasets.Datapoint(i.item(), i.question(), i.choices(), i.answer(), i.category())));
        var scoring = new Scoring(study, run, inputs, steps, session, progress, byBenchmark);
        scoring.write(models, itemKeys);
        return Steps.key(steps.keys("score "), models);
    }

    private void analyse(LensFiles lens, Concepts dictionary, List<SubjectModel> models, List<RunFolder.Item> items) {
        int concepts = lens.lens().concepts();
        RunData data = RunData.read(run, study, concepts);
        Analysis analysis = new Analysis(study, run, models, data, dictionary.labelled(), concepts);
        analysis.write(progress);
        RunFolder.CONCEPTS.write(run.concepts(), dictionary.rows(analysis.live(), progress));
        RunFolder.EXAMPLES.write(run.examples(), examples(lens, dictionary, items));
        provenance(lens, analysis.live().cardinality(), items).write(run);
    }

    private List<RunFolder.Example> examples(LensFiles lens, Concepts dictionary, List<RunFolder.Item> items) {
        Map<Shown.Key, Set<Integer>> shown = Shown.of(run, dictionary.meant());
        var wanted = new ArrayList<Examples.Wanted>();
        for (RunFolder.Item i : items) {
            Set<Integer> concepts = shown.get(new Shown.Key(i.benchmark(), i.item()));
            if (concepts != null) {
                wanted.add(new Examples.Wanted(
                        new Prompt(i.benchmark(), i.item(), i.prompt(), lens.counted(i)),
                        concepts.stream().mapToInt(Integer::intValue).toArray()));
            }
        }
        return Examples.of(lens.lens(), wanted, progress);
    }

    private Provenance provenance(LensFiles lens, int live, List<RunFolder.Item> items) {
        var facts = new LinkedHashMap<String, String>();
        facts.put("seed", String.valueOf(study.seed()));
        facts.put("dictionary", study.dictionary().name().toLowerCase(Locale.ROOT));
        facts.put("tokens that count", study.lens().tokens().name().toLowerCase(Locale.ROOT));
        facts.put("longest prompt", study.lens().maxTokens() + " tokens");
        facts.put(
                "prompts cut off there",
                items.stream().filter(RunFolder.Item::truncated).count() + " of " + items.size());
        facts.put("device", extraction.done().name().toLowerCase(Locale.ROOT));
        facts.put("overall", "plain mean over the benchmarks where the concept is present");
        Map<String, String> speed = new TreeMap<>();
        steps.notes().forEach((name, value) -> (name.startsWith("scores of ") ? facts : speed).put(name, value));
        var versions = new TreeMap<String, String>(inputs.hashed());
        versions.put("study file", Steps.key(study));
        versions.put("java", System.getProperty("java.version"));
        return new Provenance(
                Provenance.FORMAT,
                study.id(),
                study.title(),
                study.description(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                lens.used(study.lens(), live),
                study.thresholds().under(),
                study.thresholds().over(),
                study.lists().minBenchmarks(),
                study.lists().minSupport(),
                facts,
                versions,
                speed);
    }
}
