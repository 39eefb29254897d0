package org.gapexplorer.study;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Labels of a lens's concepts, in one of the forms in which they are published.
 *
 * @param source a file or a folder
 * @param format null to tell it from the file
 * @param name what to call the source beside its labels; null for a name told from the format
 * @param concept column of the concept's index (csv, jsonl); null for {@code concept} or {@code index}
 * @param label column of the label's text (csv, jsonl); null for {@code label} or {@code description}
 * @param explainer take this explainer's labels only (neuronpedia); null for any
 * @param module take this module's labels only (delphi); null where the folder holds one
 */
public record LabelSource(
        SourceRef source, Format format, String name, String concept, String label, String explainer, String module) {

    /** A bare source. */
    public static LabelSource of(SourceRef source) {
        return new LabelSource(source, null, null, null, null, null, null);
    }

    /** How labels are written down. */
    public enum Format {
        /** {@code labels.jsonl}, as this project writes it: with kind, quality and density. */
        @JsonProperty("gap-explorer")
        GAP_EXPLORER,
        /** Neuronpedia's bulk export: {@code batch-N.jsonl.gz}, or a folder of them. */
        @JsonProperty("neuronpedia")
        NEURONPEDIA,
        /** One JSON object, from index to label. */
        @JsonProperty("index-map")
        INDEX_MAP,
        /** A folder of {@code module_latentN.txt}, each one JSON string. */
        @JsonProperty("delphi")
        DELPHI,
        /** A table with a header. */
        @JsonProperty("csv")
        CSV,
        /** One JSON object a line. */
        @JsonProperty("jsonl")
        JSONL
    }
}
