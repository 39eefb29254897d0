package org.gapexplorer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.assertj.core.data.Offset;
import org.gapexplorer.lens.CountedText;
import org.gapexplorer.lens.LensPack;
import org.gapexplorer.lens.Reading;
import org.gapexplorer.model.OnnxSession;
import org.gapexplorer.model.Peers;
import org.gapexplorer.run.RunFolder;
import org.gapexplorer.run.RunFolder.Item;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole runs with a decoder as the lens: a tiny Llama, exported with inputs for a cache. */
@Timeout(120)
class DecoderStudyTest {
    @TempDir
    Path folder;

    private SmallStudy study;

    @BeforeEach
    void aStudyWithADecoder() throws IOException {
        study = new SmallStudy(folder).withDecoder();
    }

    private List<Item> run() {
        Called called = Called.gapx("study", "run", study.file, "--out", study.out);
        assertThat(called.code()).as(called.err()).isZero();
        RunFolder run = new RunFolder(study.out);
        return RunFolder.DATAPOINTS.read(run.datapoints());
    }

    @Test
    void promptsAreReadAsTheyAreWhereTheStudyAsksForNoChat() {
        Item item = run().getFirst();
        assertThat(item.prompt()).startsWith("What does water become");
        assertThat(item.tokens()).isPositive();
        try (LensPack pack = LensPack.open(new RunFolder(study.out).lens(), OnnxSession.Settings.CPU)) {
            assertThat(pack.lens().concepts()).isEqualTo(32);
        }
    }

    /** A visitor's text is read as the run read its prompts: with the same first token, or without one. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void thePackedLensReadsAsTheRunDid(boolean bos) throws IOException {
        Path config = folder.resolve("tokenizer_config.json");
        Files.writeString(
                config, Files.readString(config).replace("\"add_bos_token\": true", "\"add_bos_token\": " + bos));
        Item item = run().getFirst();
        Map<Integer, Float> stored = RunFolder.SALIENCY.read(new RunFolder(study.out).saliencyParts()).stream()
                .filter(row -> row.item().equals(item.item()))
                .collect(Collectors.toMap(RunFolder.Saliency::concept, RunFolder.Saliency::saliency));
        try (LensPack pack = LensPack.open(new RunFolder(study.out).lens(), OnnxSession.Settings.CPU)) {
            assertThat(pack.lens().tokenize(List.of(item.prompt())).getFirst().special()[0])
                    .isEqualTo(bos);
            Reading reading = pack.lens()
                    .read(List.of(new CountedText(item.prompt(), item.own())))
                    .getFirst();
            assertThat(stored).hasSize(reading.concepts().length);
            for (int i = 0; i < reading.concepts().length; i++) {
                assertThat(reading.saliency()[i]).isCloseTo(stored.get(reading.concepts()[i]), Offset.offset(1e-4f));
            }
        }
    }

    @Test
    void aChatModelsPromptsAreItsConversationsAndTheItemsOwnWordsCount() throws IOException {
        Item plain = run().getFirst();
        study.with("max_tokens: 128", "max_tokens: 128\n  chat: {system: Be brief.}");
        Item chat = run().getFirst();

        assertThat(chat.prompt())
                .isEqualTo("<|begin|>system: Be brief.<|end|>user: " + plain.prompt() + "<|end|>assistant: ");
        for (int i = 0; i < chat.own().length; i += 2) {
            assertThat(chat.prompt().substring(chat.own()[i], chat.own()[i + 1]))
                    .isEqualTo(plain.prompt().substring(plain.own()[i], plain.own()[i + 1]));
        }
        assertThat(new RunFolder(study.out).lens())
                .as("a lens that would read visitors' texts without the template")
                .doesNotExist();
        assertThat(chat.tokens())
                .as("the template's words and special tokens do not count")
                .isBetween(plain.tokens() - 2, plain.tokens() + 2);

        study.with("chat: {system", "tokens: all\n  chat: {add_generation_prompt: false, system");
        Item all = run().getFirst();
        assertThat(all.prompt()).endsWith("<|end|>");
        assertThat(all.tokens()).isGreaterThan(chat.tokens() + 10);
    }

    @Test
    void aChatWithoutATemplateIsRefused() throws IOException {
        study.with("tokenizer_config: file:tokenizer_config.json", "chat: {}");
        Called.gapx("study", "run", study.file, "--out", study.out).refused("lens.chat", "template");
    }

    @Test
    void aTokenizerOfAnotherModelIsRefusedNamingBothSides() throws IOException {
        study.with("  tokenizer_config: file:tokenizer_config.json\n", "")
                .with("file:" + Peers.FOLDER.resolve("llama/tokenizer.json"), SmallStudy.TOKENIZER);
        Called.gapx("study", "run", study.file, "--out", study.out)
                .refused("model.onnx", "the tokenizer gives token ", "knows tokens 0 to 319", "tokenizer.json");
    }

    @Test
    void whoeverNamesATensorThatIsNotThereIsToldTheResidualStreams() throws IOException {
        study.with("  layer: 1\n", "  tensor: resid_post\n");
        Called.gapx("study", "run", study.file, "--out", study.out)
                .refused(
                        "model.onnx",
                        "no tensor named 'resid_post'",
                        "give layer:",
                        "after block 0 is ",
                        "after block 2 ");
    }

    @Test
    void labelsOfAnotherLensAreToldBeforeAnythingIsScored() throws IOException {
        Files.writeString(folder.resolve("labels.json"), "{\"32\": \"one too many\"}");
        Files.writeString(study.log, "no log at all");
        study.with("  sae: file:sae\n", "  sae: file:sae\n  labels: file:labels.json\n");
        Called.gapx("study", "run", study.file, "--out", study.out)
                .refused("labels.json, concept 32", "the lens has only 32 concepts");
    }

    @Test
    void aModelOfAnotherArchitectureIsRefused() throws IOException {
        study.with("architecture: llama", "architecture: bert");
        Called.gapx("study", "run", study.file, "--out", study.out).refused("model.onnx", "BERT");
    }
}
