package org.gapexplorer.pipeline;

import java.nio.file.Path;
import org.gapexplorer.model.TextTokenizer;
import org.gapexplorer.model.TextTokenizer.Framing;
import org.gapexplorer.model.chat.ChatTemplate;
import org.gapexplorer.model.chat.TokenizerConfig;
import org.gapexplorer.study.Lens;
import org.gapexplorer.study.Problem;

/** How a study's prompts become the text and the tokens that its lens reads. */
final class LensText {
    private LensText() {}

    /** Changes with anything that changes prompts or tokens, beside the tokenizer itself. */
    static String key(Lens study, Inputs inputs) {
        return Steps.key(
                study.tokenizerConfig() == null ? "" : inputs.hash(study.tokenizerConfig()),
                study.chat() == null ? "" : study.chat(),
                study.chat() == null || study.chat().template() == null
                        ? ""
                        : inputs.hash(study.chat().template()));
    }

    /** The lens's tokenizer, with the special tokens that its config, or the chat template, wants. */
    static TextTokenizer tokenizer(Lens study, Inputs inputs) {
        Framing framing = study.chat() != null
                ? Framing.NONE
                : study.tokenizerConfig() == null
                        ? Framing.FILE
                        : config(study, inputs).framing();
        return TextTokenizer.load(inputs.path(study.tokenizer()), framing);
    }

    private static TokenizerConfig config(Lens study, Inputs inputs) {
        return study.tokenizerConfig() == null
                ? TokenizerConfig.NONE
                : TokenizerConfig.read(inputs.path(study.tokenizerConfig()));
    }

    /**
     * The chat template; null where prompts are read as they are.
     *
     * @throws Problem if there is none where the study says it is, or it cannot be used
     */
    static ChatTemplate chat(Lens study, Inputs inputs) {
        Lens.Chat chat = study.chat();
        if (chat == null) {
            return null;
        }
        Path file = inputs.path(chat.template() == null ? study.tokenizerConfig() : chat.template());
        return ChatTemplate.read(
                TokenizerConfig.template(file),
                file.toString(),
                new ChatTemplate.Settings(
                        config(study, inputs).tokens(), chat.system(), chat.addGenerationPrompt(), chat.date()));
    }
}
