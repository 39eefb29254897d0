package org.gapexplorer.snapshot;

/**
 * A datapoint whose concepts are like another text's.
 *
 * @param cosine of the two profiles, each concept's saliency weighed by its rarity; 1 for the same profile, 0 for no
 *     concept in common
 */
public record Alike(DatapointRow datapoint, double cosine) {}
