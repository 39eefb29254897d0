package org.gapexplorer.explorer;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.commons.io.FileUtils;
import org.gapexplorer.catalog.EmbeddedPostgres;
import org.gapexplorer.lens.Lens;
import org.gapexplorer.lens.LensPack;
import org.gapexplorer.lens.RandomSae;
import org.gapexplorer.lens.Sae;
import org.gapexplorer.lens.SaeConfig;
import org.gapexplorer.model.OnnxGraph;
import org.gapexplorer.model.OnnxSession;
import org.gapexplorer.model.Residual;
import org.gapexplorer.model.Starter;
import org.gapexplorer.model.TextTokenizer;
import org.gapexplorer.run.RunFolder;
import org.gapexplorer.snapshot.GeneratedRun;
import org.gapexplorer.snapshot.SnapshotBuilder;
import org.gapexplorer.study.Progress;

/**
 * A small generated study, served: 4 benchmarks (b2 may not show its text) with 30 items each, 200 concepts with the
 * numbers 0, 3, 6 …, 2 models, and a real PostgreSQL. A few rows are hostile, and a few are known, for tests to look for.
 */
public final class ServedStudy implements QuarkusTestResourceLifecycleManager {
    public static final String BENCHMARKS = "b0,b1";
    public static final String SCRIPT = "<script>document.title='owned'</script> & \"quotes\"";
    public static final String TURNED = "\u202Edesrever\u202C label";
    public static final int HOSTILE = 0;
    public static final int TURNING = 3;
    public static final int LONG = 6;
    /** Pictures of several code points each, letters under heaps of marks. */
    public static final int PICTURES = 15;
    /** The only concept whose label has the word "tangerines". */
    public static final int KNOWN = 9;

    /** A label that a spreadsheet would take for a formula, with all that CSV must quote. */
    public static final int FORMULA = 12;

    public static final String FORMULA_LABEL = "=cmd|' /C calc'!A0, \"quoted\"\nand a second line";

    /** Views that one client may save in an hour, and texts it may have read in a minute. */
    public static final int SAVES = 40;

    public static final int TEXTS = 25;
    /** Footprints that one client may have taken in an hour. */
    public static final int FOOTPRINTS = 200;

    private static String version;
    private static String earlier;
    private static RunFolder run;
    private Path folder;
    private EmbeddedPostgres postgres;

    /** The run that the snapshot was built from. */
    public static RunFolder run() {
        return run;
    }

    /** The version of the snapshot that is served. */
    public static String version() {
        return version;
    }

    /** The version before it, in which benchmark b1 holds nothing of {@link #HOSTILE} and m0 did worse on {@link #KNOWN}. */
    public static String earlier() {
        return earlier;
    }

    @Override
    public Map<String, String> start() {
        try {
            folder = Files.createTempDirectory("served-study");
            Path snapshots = folder.resolve("snapshots");
            earlier = SnapshotBuilder.build(earlierRun(folder.resolve("earlier")), snapshots, Progress.SILENT);
            Path runFolder = generated().write(folder.resolve("run"), "A served study");
            run = new RunFolder(runFolder);
            packLens(run.lens());
            version = SnapshotBuilder.build(runFolder, snapshots, Progress.SILENT);
            postgres = EmbeddedPostgres.in(folder.resolve("catalog"));
            postgres.start();
            return Map.of(
                    "gapexplorer.limits.saves-per-hour", String.valueOf(SAVES),
                    "gapexplorer.limits.texts-per-minute", String.valueOf(TEXTS),
                    "gapexplorer.limits.footprints-per-hour", String.valueOf(FOOTPRINTS),
                    "gapexplorer.snapshots", snapshots.toString(),
                    "quarkus.datasource.reactive.url", postgres.reactiveUrl(),
                    "quarkus.datasource.jdbc.url", postgres.jdbcUrl(),
                    "quarkus.datasource.username", postgres.user(),
                    "quarkus.datasource.password", postgres.password());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One more version with the same numbers, the current one from now on. */
    public void buildAgain() throws IOException {
        RunFolder again = new RunFolder(generated().write(folder.resolve("again"), "A served study, made again"));
        FileUtils.copyDirectory(run.lens().toFile(), again.lens().toFile());
        SnapshotBuilder.build(folder.resolve("again"), folder.resolve("snapshots"), Progress.SILENT);
    }

    @Override
    public void stop() {
        if (postgres != null) postgres.close();
        FileUtils.deleteQuietly(folder.toFile());
    }

    private static Path earlierRun(Path folder) {
        GeneratedRun run = generated();
        run.coverage.replaceAll(c -> c.concept() == HOSTILE && c.benchmark().equals("b1")
                ? new RunFolder.Coverage("b1", HOSTILE, 0, 0, 0, "missing")
                : c);
        run.performance.replaceAll(p ->
                p.concept() == KNOWN && p.model().equals("m0") && p.benchmark().equals("*")
                        ? new RunFolder.Performance(
                                "m0", "*", KNOWN, 0, 0, 0.1, 0.1, -0.4, 1, p.support(), p.effectiveSupport())
                        : p);
        return run.write(folder, "A served study");
    }

    private static GeneratedRun generated() {
        GeneratedRun run = new GeneratedRun(11, 4, 30, 200, 2, 25);
        relabel(run, HOSTILE, SCRIPT);
        relabel(run, TURNING, TURNED);
        relabel(run, LONG, "long ".repeat(2_000));
        relabel(
                run,
                PICTURES,
                "\uD83D\uDC69\u200D\uD83D\uDE80 \uD83C\uDFF3\uFE0F\u200D\uD83C\uDF08 e" + "\u0334\u0321".repeat(40));
        relabel(run, KNOWN, "crates of tangerines");
        relabel(run, FORMULA, FORMULA_LABEL);
        run.items.replaceAll(ServedStudy::hostile);
        run.overlap.replaceAll(o -> new RunFolder.Overlap(o.left(), o.right(), o.jaccard(), o.jaccard() / 3));
        return run;
    }

    /** A real model's layer through an SAE of random weights, whose 600 concepts hold the study's 200. */
    public static void packLens(Path folder) {
        OnnxGraph model = Starter.model();
        Sae sae = RandomSae.of(SaeConfig.topK(Starter.WIDTH, 600, 32, "m", "h"), 3);
        try (TextTokenizer tokenizer = Starter.tokenizer();
                Lens lens = Lens.open(model, Residual.after(model, 3), sae, tokenizer, 128, OnnxSession.Settings.CPU)) {
            LensPack.write(folder, lens, tokenizer);
        }
    }

    private static void relabel(GeneratedRun run, int concept, String label) {
        run.concepts.replaceAll(
                c -> c.concept() != concept ? c : GeneratedRun.changed(c, label, 0.9, "meaning", c.live()));
    }

    /** Markup in every prompt and choice, after the first words, which stay as the generator wrote them. */
    private static RunFolder.Item hostile(RunFolder.Item i) {
        return new RunFolder.Item(
                i.benchmark(),
                i.item(),
                i.ordinal(),
                i.question(),
                i.prompt() + " <img src=x onerror=alert(1)> {page.title}",
                i.own(),
                List.of("<b>one</b>", "two"),
                i.answer(),
                i.category(),
                i.tokens(),
                i.truncated());
    }
}
