package org.gapexplorer.explorer.footprint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.gapexplorer.method.ExpectedScore;
import org.gapexplorer.method.Footprint;

/**
 * What is left of an upload once it was read, and all that is kept of it: numbers, no word of the prompts.
 *
 * @param concepts the study's concepts that fire
 * @param truncated prompts that went on after what the lens reads
 * @param nearness mean over the prompts of the cosine with the most similar item; 0 for a prompt without one
 * @param models expected scores under each model, in the study's order
 */
record FootprintProfile(Footprint concepts, int truncated, double nearness, List<Expected> models) {
    /** Its own mapper: NaN must come back as NaN. */
    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    /**
     * A model's expected score, in two ways.
     *
     * @param similar from its scores on the items most similar to each prompt
     * @param concepts from its scores at the concepts that fire on each prompt
     */
    public record Expected(String model, ExpectedScore similar, ExpectedScore concepts) {}

    String json() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static FootprintProfile of(String json) {
        try {
            return JSON.readValue(json, FootprintProfile.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a saved footprint cannot be read", e);
        }
    }
}
