package org.gapexplorer.lens;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.gapexplorer.lens.SaeConfig.Architecture;
import org.gapexplorer.lens.SaeConfig.Normalisation;
import org.gapexplorer.model.GraphEditor;
import org.gapexplorer.model.OnnxSession;
import org.gapexplorer.model.PassThrough;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SaeGraphTest {
    private static final int WIDTH = 12;
    private static final int CONCEPTS = 30;
    private static final int ROWS = 40;

    private static SaeConfig config(Architecture architecture, Normalisation normalisation) {
        int k = architecture.keepsK() ? 5 : 0;
        return new SaeConfig(architecture, WIDTH, CONCEPTS, k, true, normalisation, "m", "h");
    }

    private static float[][] rows(double scale) {
        Random random = new Random(5);
        float[][] rows = new float[ROWS][WIDTH];
        for (float[] row : rows) {
            for (int i = 0; i < WIDTH; i++) {
                row[i] = (float) ((random.nextGaussian() + 0.2) * scale);
            }
        }
        return rows;
    }

    @ParameterizedTest
    @EnumSource(Architecture.class)
    void everyArchitectureWithEveryNormalisationIsTheDoubleLoop(Architecture architecture) {
        for (Normalisation normalisation : Normalisation.values()) {
            // rows of a residual stream may be a hundred times larger than these weights are made for
            double scale = normalisation == Normalisation.NONE ? 1 : 100;
            Sae sae = RandomSae.of(config(architecture, normalisation), 8);
            float[][] rows = rows(scale);
            assertReference(sae, rows, FusedRows.activations(sae, rows, 11));
            assertReference(sae, rows, FusedRows.strongest(sae, rows, 20));
        }
    }

    private static void assertReference(Sae sae, float[][] rows, float[][] activations) {
        Reference reference = new Reference(sae);
        for (int t = 0; t < rows.length; t++) {
            boolean[] border = new boolean[CONCEPTS];
            double[] expected = reference.activations(rows[t], border);
            for (int c = 0; c < CONCEPTS; c++) {
                if (!border[c]) {
                    assertThat((double) activations[t][c])
                            .as("%s, row %d, concept %d", sae.config(), t, c)
                            .isEqualTo(expected[c], Offset.offset(1e-5 * Math.max(1, expected[c])));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 7, 29})
    void anEncoderInBlocksIsTheEncoder(int concepts) {
        Sae sae = RandomSae.of(config(Architecture.JUMPRELU, Normalisation.NONE), 8);
        float[][] rows = rows(1);
        float[][] whole = FusedRows.activations(sae, rows, 17);
        GraphEditor editor = new GraphEditor(PassThrough.model(WIDTH, 17));
        String out = editor.named(
                "out",
                new SaeGraph(editor, sae, PassThrough.HIDDEN, (long) concepts * WIDTH * Float.BYTES).activations());
        FloatBuffer flat = FloatBuffer.allocate(ROWS * WIDTH);
        for (float[] row : rows) {
            flat.put(row);
        }
        try (OnnxSession session = OnnxSession.open(editor.build(List.of(out)), OnnxSession.Settings.CPU);
                OnnxSession.Outputs outputs = session.run(
                        FusedRows.tokens(ROWS),
                        Map.of(PassThrough.ROWS, new OnnxSession.Input.Floats(flat.flip(), 1, ROWS, WIDTH)))) {
            FloatBuffer values = outputs.floats(out);
            for (float[] row : whole) {
                for (float value : row) {
                    assertThat(values.get()).isEqualTo(value, Offset.offset(1e-6f));
                }
            }
        }
    }

    /** z is exactly the threshold of the first concept and exactly 0 at the gate: neither fires. */
    @Test
    void comparisonsAreStrict() {
        float[] identity = {1, 0, 0, 1};
        SaeConfig jump = new SaeConfig(Architecture.JUMPRELU, 2, 2, 0, false, Normalisation.NONE, "m", "h");
        Sae jumpRelu = new Sae(jump, identity, new float[2], identity, new float[2], new float[] {0.5f, 0.25f});
        assertThat(FusedRows.activations(jumpRelu, new float[][] {{0.5f, 0.5f}}, 17)[0])
                .containsExactly(0, 0.5f);
        SaeConfig gate = new SaeConfig(Architecture.GATED, 2, 2, 0, false, Normalisation.NONE, "m", "h");
        Sae gated = new Sae(
                gate,
                identity,
                new float[] {-0.5f, -0.25f},
                identity,
                new float[2],
                null,
                new Sae.Magnitude(new float[2], new float[2]));
        assertThat(FusedRows.activations(gated, new float[][] {{0.5f, 0.5f}}, 17)[0])
                .containsExactly(0, 0.5f);
    }

    /** PyTorch leaves open which of equal values its top k keeps; their values are the same in any case. */
    @Test
    void ofEqualValuesTheFirstConceptsAreKept() {
        float[] encoder = {1, 2, 1, 1, 0.5f, 1};
        SaeConfig topK = new SaeConfig(Architecture.TOPK, 1, 6, 3, false, Normalisation.NONE, "m", "h");
        Sae sae = new Sae(topK, encoder, new float[6], encoder.clone(), new float[1], null);
        assertThat(FusedRows.activations(sae, new float[][] {{3}}, 17)[0]).containsExactly(3, 6, 3, 0, 0, 0);
        assertThat(FusedRows.strongest(sae, new float[][] {{3}}, 17)[0]).containsExactly(3, 6, 3, 0, 0, 0);
        SaeConfig groups = new SaeConfig(Architecture.GROUPMAX, 1, 6, 2, false, Normalisation.NONE, "m", "h");
        assertThat(FusedRows.activations(sae.with(groups), new float[][] {{3}}, 17)[0])
                .containsExactly(0, 6, 0, 3, 0, 0);
    }
}
