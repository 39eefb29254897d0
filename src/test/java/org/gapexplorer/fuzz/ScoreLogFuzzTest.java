package org.gapexplorer.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.gapexplorer.fuzz.Hostile.Seed;
import org.gapexplorer.run.Datasets.Datapoint;
import org.gapexplorer.score.log.LogFormat;
import org.gapexplorer.score.log.LogFormats;
import org.gapexplorer.score.log.LogPart;
import org.gapexplorer.score.log.LogRow;
import org.gapexplorer.study.SubjectModel.Reading;
import org.gapexplorer.study.SubjectModel.ScoreLog;

/** Changed score logs: as harnesses wrote them where there are some here, else written by hand in their form. */
class ScoreLogFuzzTest {
    private static final Path PEERS = Path.of("src/test/resources/peers");

    private static final Seed GARAK = Seed.of("garak.report.jsonl", """
            {"entry_type":"start_run setup","garak_version":"0.9"}
            {"entry_type":"attempt","uuid":"a","status":1,"probe_classname":"p.P","prompt":"hi","outputs":["x"],"detector_results":{}}
            {"entry_type":"attempt","uuid":"a","status":2,"probe_classname":"p.P","prompt":"hi","outputs":["x"],"detector_results":{"d.D":[0.7,null]}}
            {"entry_type":"eval","probe":"p.P","detector":"d.D","passed":0,"total":1}
            """);
    private static final Seed EVALS = Seed.of("evals.jsonl", """
            {"spec":{"completion_fns":["m"],"eval_name":"e"}}
            {"run_id":"r","event_id":0,"sample_id":"t.0","type":"match","data":{"correct":true,"expected":"a","picked":"a"}}
            {"run_id":"r","event_id":1,"sample_id":"t.1","type":"match","data":{"correct":false,"expected":"b","picked":"a"}}
            {"final_report":{"accuracy":0.5}}
            """);
    private static final Seed ARENA = Seed.of("arena.jsonl", """
            {"uid":"q1","model":"m","games":[{"score":"A>>B"},{"score":"A=B"}]}
            {"uid":"q2","model":"m","games":[{"score":"B>A"},{"score":"A>>B"}]}
            """);
    private static final Seed AUTO_DETECT = Seed.of("log.json", """
            {"init_points":["t:n"],"new_points":[{"task_name":"x"}],"t:n":{"seed_prompts":[{"prompt":"p","score":1.0}],
            "steps":[{"prompt":"p","score":2.5,"answer":"a"},{"prompt":"q","score":9}]},"optimize_prompt":"o"}
            """);
    private static final Seed EVERY_EVAL = Seed.of("x_samples.jsonl", """
            {"schema_version":"0.2","evaluation_id":"e","model_id":"m","evaluation_name":"n","sample_id":"1","input":{"raw":"q"},"output":{"raw":"a"},"evaluation":{"score":1.0,"is_correct":true}}
            """);
    private static final Seed INSPECT = Seed.of("log.json", """
            {"version":2,"status":"success","eval":{"config":{"epochs_reducer":["mean"]}},"results":{"total_samples":2},
            "samples":[{"id":"a","epoch":1,"input":"q","choices":["x","y"],"scores":{"s":{"value":"C","answer":"x"}}},
            {"id":2,"epoch":1,"input":[{"role":"user","content":"r"}],"scores":{"s":{"value":{"s":0.5}}}}]}
            """);
    private static final Seed HELM = new Seed(
            "helm", List.of("per_instance_stats.json", "scenario_state.json"), List.of(bytes("""
                    [{"instance_id":"id1","train_trial_index":0,"stats":[{"name":{"name":"em","split":"test"},"count":1,"mean":1.0}]},
                    {"instance_id":"id1","perturbation":{"name":"typos"},"train_trial_index":0,"stats":[{"name":{"name":"em","split":"test"},"count":1,"mean":0.0}]}]
                    """), bytes("""
                    {"request_states":[{"instance":{"id":"id1","input":{"text":"question 1"}},"train_trial_index":0,"result":{"completions":[{"text":" yes"}]}}]}
                    """)));
    private static final Seed ARRAY = Seed.of("array.json", "[1, 0, 0.5, null, true]");

    private static final Seed QUIZ = Seed.of("quiz.eval", fewSamples(PEERS.resolve("inspect/quiz.eval")));

    /** An archive's header and two of its samples, packed as they are. */
    private static byte[] fewSamples(Path archive) {
        var few = new SeekableInMemoryByteChannel();
        try (ZipFile all = ZipFile.builder().setPath(archive).get();
                var out = new ZipArchiveOutputStream(few)) {
            int samples = 0;
            for (ZipArchiveEntry entry : Collections.list(all.getEntries())) {
                if (entry.getName().equals("header.json") || entry.getName().startsWith("samples/") && samples++ < 2) {
                    out.addRawArchiveEntry(entry, all.getRawInputStream(entry));
                }
            }
            out.finish();
            return Arrays.copyOf(few.array(), (int) few.size());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Provide
    Arbitrary<List<Edit>> edits() {
        return Edit.SOME;
    }

    private static Arbitrary<Seed> files(Path folder, String... endings) {
        try (Stream<Path> files = Files.walk(folder)) {
            return Arbitraries.of(files.filter(file -> Stream.of(endings).anyMatch(file.toString()::endsWith))
                    .sorted()
                    .map(Seed::of)
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Provide
    Arbitrary<Seed> lmEval() {
        // answers read in several ways are named in the samples since 0.4.7
        return files(PEERS.resolve("lm-eval"), "_quiz_choice.jsonl", "0.4.13/samples_quiz_free.jsonl");
    }

    @Property
    void lmEvalSamples(@ForAll("lmEval") Seed seed, @ForAll("edits") List<Edit> edits) throws Exception {
        read("lm-eval", seed, 0, edits);
    }

    @Property
    void inspectLogs(@ForAll("edits") List<Edit> edits) throws Exception {
        read("inspect", QUIZ, 0, edits);
    }

    @Property
    void inspectLogsInJson(@ForAll("edits") List<Edit> edits) throws Exception {
        read("inspect", INSPECT, 0, edits);
    }

    @Property
    void helmRuns(@ForAll boolean states, @ForAll("edits") List<Edit> edits) throws Exception {
        read("helm", HELM, states ? 1 : 0, edits);
    }

    @Property
    void garakReports(@ForAll("edits") List<Edit> edits) throws Exception {
        read("garak", GARAK, 0, edits);
    }

    @Property
    void openAiEvals(@ForAll("edits") List<Edit> edits) throws Exception {
        read("openai-evals", EVALS, 0, edits);
    }

    @Property
    void arenaHardJudgments(@ForAll("edits") List<Edit> edits) throws Exception {
        read("arena-hard", ARENA, 0, edits);
    }

    @Property
    void autoDetectLogs(@ForAll("edits") List<Edit> edits) throws Exception {
        read("autodetect", AUTO_DETECT, 0, edits);
    }

    @Property
    void everyEvalEver(@ForAll("edits") List<Edit> edits) throws Exception {
        read("every-eval-ever", EVERY_EVAL, 0, edits);
    }

    @Property
    void arrays(@ForAll("edits") List<Edit> edits) throws Exception {
        read("array", ARRAY, 0, edits);
    }

    @Property
    void whateverTheFileTells(@ForAll("lmEval") Seed seed, @ForAll("edits") List<Edit> edits) throws Exception {
        read(null, seed, 0, edits);
    }

    /** Which of the numbers are meant, where the unchanged log has several. */
    private static Reading reading(Seed seed) {
        return switch (seed.name()) {
            case "samples_quiz_choice.jsonl", "_quiz_choice.jsonl" ->
                new Reading("acc", null, null, null, null, null, false);
            case "samples_quiz_free.jsonl" -> new Reading("exact_match", "strict-match", null, null, null, null, false);
            case "quiz.eval" -> new Reading(null, null, "match", null, null, null, false);
            default -> Reading.PLAIN;
        };
    }

    private static void read(String format, Seed seed, int file, List<Edit> edits) throws Exception {
        List<Datapoint> items = Stream.of("1", "2", "3", "4", "5")
                .map(id -> new Datapoint(id, "question " + id, null, null, null))
                .toList();
        Reading reading = reading(seed);
        Hostile.reads(seed, file, edits, path -> {
            LogFormat reader = format == null ? LogFormats.of("m", path) : LogFormats.named("m", format);
            var log = new ScoreLog("b", Map.of(), format, null, reading);
            int[] rows = {0};
            for (List<Path> part : reader.parts(Map.of("log", List.of(path)))) {
                reader.read(new LogPart("m", log, part, Map.of("log", List.of(path)), items), new LogFormat.Rows() {
                    @Override
                    public void row(LogRow row) {
                        rows[0]++;
                    }

                    @Override
                    public void note(String what) {}
                });
            }
            return rows[0];
        });
    }
}
