package org.gapexplorer.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.gapexplorer.lens.CountedText;
import org.gapexplorer.lens.Sae;
import org.gapexplorer.lens.SaeFile;
import org.gapexplorer.model.Residual;
import org.gapexplorer.model.Starter;
import org.gapexplorer.model.TextTokenizer;
import org.gapexplorer.study.Problem;
import org.gapexplorer.study.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole, small training on MiniLM's first block. */
class SaeTrainingTest {
    @TempDir
    Path folder;

    private static SaeTraining.Options small(Path out, Path cache) {
        return new SaeTraining.Options(null, 0, 128, 8, 8, 256, 3e-3, 0, 400, 200, 1, out, false, cache);
    }

    private static String train(SaeTraining.Options options) {
        return train(options, false);
    }

    private static String train(SaeTraining.Options options, boolean named) {
        try (TextTokenizer tokenizer = Starter.tokenizer()) {
            List<String> suite = List.of("How many legs does a spider have?", "What comes after Tuesday?");
            return SaeTraining.run(
                    options,
                    new Subject(
                            "all-MiniLM-L6-v2",
                            "Apache-2.0",
                            Starter.model(),
                            Residual.after(Starter.model(), options.layer()),
                            named,
                            Starter.ONNX,
                            tokenizer,
                            CountedText::all,
                            suite),
                    Progress.SILENT);
        }
    }

    @Test
    void writesALensWithItsCardAndUsesTheActivationsItKept() throws IOException {
        assumeTrue(
                getClass().getResource("/ai/djl/pytorch/engine/PtEngine.class") != null,
                "the training engine comes with the Maven profile train");
        Path out = folder.resolve("lens");
        Path cache = folder.resolve("cache");
        assertThat(train(small(out, cache))).contains("explained variance 0.").contains("L0");

        Sae sae = SaeFile.read(out);
        assertThat(sae.config().dSae()).isEqualTo(128);
        assertThat(sae.config().k()).isEqualTo(8);
        assertThat(sae.config().hookName()).isEqualTo("blocks.0.hook_resid_post");
        String card = Files.readString(out.resolve("README.md"));
        assertThat(card)
                .contains("gapx sae train --layer 0 --concepts 128 --k 8", "the suite's text", "held-out, WordNet")
                .doesNotContain(folder.toString());
        assertThat(explained(card, "held-out, all")).isGreaterThan(0.3);

        assertThatThrownBy(() -> train(small(out, cache)))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("holds a lens already");
        try (var files = Files.list(cache)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .hasSize(4)
                    .allMatch(name -> name.endsWith(".f16"));
        }
        Path again = folder.resolve("again");
        train(small(again, cache));
        String second = Files.readString(again.resolve("README.md"));
        assertThat(explained(second, "held-out, all")).isCloseTo(explained(card, "held-out, all"), offset(0.01));
    }

    @Test
    void aTensorThatTheStudyNamesIsWhatTheLensSaysItWasTrainedOn() throws IOException {
        assumeTrue(
                getClass().getResource("/ai/djl/pytorch/engine/PtEngine.class") != null,
                "the training engine comes with the Maven profile train");
        Path out = folder.resolve("lens");
        train(small(out, null), true);
        String tensor = Residual.after(Starter.model(), 0);
        assertThat(SaeFile.read(out).config().hookName()).isEqualTo(tensor);
        assertThat(Files.readString(out.resolve("README.md")))
                .startsWith("# A lens for all-MiniLM-L6-v2, " + tensor + "\n")
                .contains("explains the tensor " + tensor + " of all-MiniLM-L6-v2 by");
    }

    private static org.assertj.core.data.Offset<Double> offset(double value) {
        return org.assertj.core.data.Offset.offset(value);
    }

    /** The third cell of the row that starts with {@code text}. */
    private static double explained(String card, String text) {
        String row = card.lines()
                .filter(line -> line.startsWith("| " + text + " |"))
                .findFirst()
                .orElseThrow();
        return Double.parseDouble(row.split("\\|")[3].strip());
    }

    @Test
    void optionsThatMakeNoSenseAreNamed() {
        assertThatThrownBy(() ->
                        new SaeTraining.Options(null, 3, 16, 32, 1, 256, 1e-3, 0, 400, 200, 1, folder, false, null))
                .isInstanceOf(Problem.class)
                .hasMessageStartingWith("--k: is 32");
        assertThatThrownBy(() ->
                        new SaeTraining.Options(null, -1, 16, 4, 1, 256, 1e-3, 0, 400, 200, 1, folder, false, null))
                .isInstanceOf(Problem.class)
                .hasMessageStartingWith("--layer: is -1");
        assertThatThrownBy(() -> new SaeTraining.Options(
                        null, 3, 16, 4, Double.NaN, 256, 1e-3, 0, 400, 200, 1, folder, false, null))
                .isInstanceOf(Problem.class)
                .hasMessageStartingWith("--epochs");
    }

    @Test
    void activationsComeBackFromTheirFileAsTheyWere() throws IOException {
        ActivationStore store = new ActivationStore(3);
        for (int r = 0; r < 70_000; r++) {
            store.add(new float[] {r % 1000, -r % 7, 0.5f}, 0);
        }
        Path file = folder.resolve("rows.f16");
        store.save(file);
        ActivationStore read = ActivationStore.load(file, 3);
        assertThat(read.rows()).isEqualTo(70_000);
        float[] row = new float[3];
        for (int r : new int[] {0, 65_535, 65_536, 69_999}) {
            read.copy(r, row, 0);
            assertThat(row).containsExactly(r % 1000, -r % 7, 0.5f);
        }
        assertThat(read.mean()).containsExactly(store.mean());
    }
}
