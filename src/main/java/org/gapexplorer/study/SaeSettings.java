package org.gapexplorer.study;

/**
 * What a study says of its SAE beyond where it is.
 *
 * @param format its name; null to tell it from the files
 * @param scalingFactor what its input was multiplied by in training, where the files do not say it; else null
 * @param foldDecoderNorm whether activations are multiplied by the norms of the decoder's rows
 * @param model the model it was trained on: fills in for the file, or confirms that what the file says is meant
 * @param hook the place in that model, likewise
 */
public record SaeSettings(String format, Double scalingFactor, boolean foldDecoderNorm, String model, String hook) {
    /** As the files say. */
    public static final SaeSettings NONE = new SaeSettings(null, null, false, null, null);
}
