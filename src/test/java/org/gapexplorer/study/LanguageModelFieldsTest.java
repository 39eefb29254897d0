package org.gapexplorer.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a study says of a language model as its lens. */
class LanguageModelFieldsTest {
    @TempDir
    Path folder;

    private Lens lens(String more) throws IOException {
        String text = """
                study: s
                lens:
                  id: l
                  model: file:m.onnx
                  tokenizer: file:t.json
                  layer: 3
                  sae: file:sae
                MORE
                benchmarks:
                  - {id: b, scope: x, files: {items: file:i.jsonl}, sql: "FROM x"}
                """.replace("MORE", more.indent(2).stripTrailing());
        return StudyFile.read(Files.writeString(folder.resolve("study.yaml"), text))
                .lens();
    }

    @Test
    void aLayerIsEnoughAndTheRestHasDefaults() throws IOException {
        Lens lens = lens("max_tokens: 64");
        assertThat(lens.architecture()).isNull();
        assertThat(lens.modelData()).isEmpty();
        assertThat(lens.tokenizerConfig()).isNull();
        assertThat(lens.chat()).isNull();
    }

    @Test
    void dataFilesAndTheChatAreRead() throws IOException {
        Lens lens = lens("""
                architecture: gpt_neox
                model_data: [file:a.bin, "hf:o/n@r/b.bin"]
                tokenizer_config: file:tokenizer_config.json
                chat: {template: file:chat.jinja, system: Be brief., add_generation_prompt: false, date: 2025-03-09}
                """);
        assertThat(lens.architecture()).isEqualTo(Lens.Architecture.GPT_NEOX);
        assertThat(lens.modelData()).extracting(SourceRef::uri).containsExactly("file:a.bin", "hf:o/n@r/b.bin");
        assertThat(lens.chat())
                .isEqualTo(new Lens.Chat(
                        new SourceRef("file:chat.jinja", null), "Be brief.", false, LocalDate.of(2025, 3, 9)));
        assertThat(lens("tokenizer_config: file:c.json\nchat: {}").chat())
                .isEqualTo(new Lens.Chat(null, null, true, null));
    }

    @Test
    void aChatWithoutATemplateAndADateThatIsNoneAreRefused() {
        assertThatThrownBy(() -> lens("chat: {}")).isInstanceOf(Problem.class).hasMessageContaining("lens.chat");
        assertThatThrownBy(() -> lens("chat: {template: file:x, date: 9 March}"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("lens.chat.date");
    }
}
