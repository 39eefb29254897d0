package org.gapexplorer.model;

/** How texts may share a run of a graph without one changing another's numbers. */
public enum Batching {
    /** Texts of unlike length, the shorter padded on the right; the graph takes a mask that hides the padding. */
    PADDED,
    /** Texts of one length, for the graph takes no mask. */
    SAME_LENGTH,
    /** One text a run: the graph quantises by the range of a whole batch, or was exported for one text. */
    ONE_BY_ONE
}
