package org.gapexplorer.label;

import org.gapexplorer.study.Problem;

/** Memory for what is kept of a file of labels: enough for a million of them, of which a small packed file could hold many more. */
public final class LabelRoom {
    private static final long BYTES = 288L << 20;
    /** What a kept label takes beside its characters, about. */
    private static final int EACH = 200;

    private long left = BYTES;

    /**
     * Takes room for one label.
     *
     * @param where file and line, for a complaint
     */
    public void take(String where, int characters) {
        left -= EACH + characters;
        if (left < 0) {
            throw new Problem(
                    where,
                    "is where the labels came to more than " + (BYTES >> 20) + " MB",
                    "keep one short label for each concept");
        }
    }
}
