package org.gapexplorer.study;

/**
 * The lens: a model's layer and a sparse autoencoder trained on it.
 *
 * @param id short name
 * @param title name to show
 * @param licence of model and SAE
 * @param model the ONNX file
 * @param tokenizer its tokenizer.json
 * @param architecture the rule that finds the residual stream; null if {@code tensor} names it
 * @param layer block after which the residual stream is read, from 0
 * @param tensor name of the residual tensor in the graph; null to find it by architecture and layer
 * @param sae folder of cfg.json and sae_weights.safetensors
 * @param labels labels.jsonl, one concept a line; null for none
 * @param tokens which tokens count: the item's own text, or all of the prompt
 * @param maxTokens longest prompt the lens reads, special tokens included
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
        SourceRef labels,
        Counting tokens,
        int maxTokens) {

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
