package org.gapexplorer.explorer.share;

import java.util.List;

/** A view that can be handed on: as a picture in a link preview, and its charts as files. */
public interface Shareable {
    Preview preview();

    /** The charts on its page, by the names that addresses give them. */
    default List<ChartFile> charts() {
        return List.of();
    }
}
