package org.gapexplorer.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SaeSettingsTest {
    @TempDir
    Path folder;

    private Lens lens(String sae) throws IOException {
        Path file = Files.writeString(folder.resolve("study.yaml"), """
                study: small
                lens:
                  id: l
                  model: file:m.onnx
                  tokenizer: file:t.json
                  architecture: bert
                  layer: 3
                  sae: SAE
                benchmarks:
                  - {id: b, scope: s, files: {items: file:i}, sql: FROM x}
                """.replace("SAE", sae));
        return StudyFile.read(file).lens();
    }

    @Test
    void aBareSourceSaysNothingElse() throws IOException {
        Lens lens = lens("file:sae");
        assertThat(lens.sae()).isEqualTo(new SourceRef("file:sae", null));
        assertThat(lens.saeSettings()).isEqualTo(SaeSettings.NONE);
    }

    @Test
    void aPinnedSourceIsOneToo() throws IOException {
        Lens lens = lens("{uri: 'file:sae.npz', sha256: '" + "a".repeat(64) + "'}");
        assertThat(lens.sae()).isEqualTo(new SourceRef("file:sae.npz", "a".repeat(64)));
        assertThat(lens.saeSettings()).isEqualTo(SaeSettings.NONE);
    }

    @Test
    void aMappingSaysWhatTheFilesDoNot() throws IOException {
        Lens lens = lens(
                "{source: {uri: 'file:sae', sha256: '" + "a".repeat(64) + "'}, format: saelens, scaling_factor: 0.25,"
                        + " fold_decoder_norm: true, model: gemma, hook: blocks.3.hook_resid_post}");
        assertThat(lens.sae()).isEqualTo(new SourceRef("file:sae", "a".repeat(64)));
        assertThat(lens.saeSettings())
                .isEqualTo(new SaeSettings("saelens", 0.25, true, "gemma", "blocks.3.hook_resid_post"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{format: saelens} | source:",
                "{source: 'file:a', uri: 'file:b'} | source:",
                "{source: 'file:a', scaling_factor: 0} | above 0",
                "{source: 'file:a', scaling_factor: .nan} | '.nan'",
                "{source: 'file:a', scaling_factor: much} | much",
                "{source: 'file:a', scale: 2} | unknown key 'scale'",
                "{source: 'nowhere'} | is not a source",
                "nowhere | is not a source",
                "[] | lens.sae",
            },
            quoteCharacter = '`')
    void aMistakeIsNamed(String sae, String told) {
        assertThatThrownBy(() -> lens(sae))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("study.yaml")
                .hasMessageContaining(told);
    }
}
