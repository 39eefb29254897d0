package org.gapexplorer.study;

import java.time.LocalDate;
import java.util.List;

/**
 * The lens: a model's layer and a sparse autoencoder trained on it.
 *
 * @param id short name
 * @param title name to show
 * @param licence of model and SAE
 * @param model the ONNX file
 * @param tokenizer its tokenizer.json
 * @param architecture the rule that finds the residual stream; null to try all, or if {@code tensor} names it
 * @param layer block after which the residual stream is read, from 0
 * @param tensor name of the residual tensor in the graph; null to find it by architecture and layer
 * @param sae folder or file of the SAE
 * @param saeSettings what the study says of the SAE
 * @param labels where its concepts' labels are, the first source first; empty for none
 * @param tokens which tokens count: the item's own text, or all of the prompt
 * @param maxTokens longest prompt the lens reads, special tokens included
 * @param modelData files of the model's weights (ONNX's external data) that do not lie beside it
 * @param tokenizerConfig tokenizer_config.json: the first token, the chat template; null for none
 * @param chat how prompts are put to a chat model; null to read them as they are
 */
public record Lens(
        String id,
        String title,
        String licence,
        SourceRef model,
        SourceRef tokenizer,
        Architecture architecture,
        int layer,
        String tensor,
        SourceRef sae,
        SaeSettings saeSettings,
        List<LabelSource> labels,
        Counting tokens,
        int maxTokens,
        List<SourceRef> modelData,
        SourceRef tokenizerConfig,
        Chat chat) {

    /**
     * A chat model's prompts: the conversation that its chat template makes of an item's prompt.
     *
     * @param template Jinja, or a tokenizer_config.json with one; null for the lens's {@code tokenizerConfig}
     * @param system a system message; null for none
     * @param addGenerationPrompt whether the words that start the model's answer follow
     * @param date what a template that prints today's date prints; null for none
     */
    public record Chat(SourceRef template, String system, boolean addGenerationPrompt, LocalDate date) {}

    /** A family of models whose graphs name and order their blocks alike. */
    public enum Architecture {
        BERT,
        LLAMA,
        GEMMA,
        GEMMA2,
        MISTRAL,
        QWEN2,
        QWEN3,
        GPT2,
        GPT_NEOX
    }

    /** Which tokens count towards saliency (method.md, what x is). */
    public enum Counting {
        ITEM,
        ALL
    }
}
