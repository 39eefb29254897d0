package org.gapexplorer.stress;

import java.nio.file.Path;
import java.util.List;

/**
 * A command that may be killed at any moment, and what must hold then. To have another killed, write one of these and add it
 * to {@link KilledStagesIT}.
 */
interface Stage {
    /** The command's words after {@code gapx}, which writes below this folder. */
    List<String> words(Path out);

    /** What must hold however far it came. */
    default void afterKill(Path out) throws Exception {}

    /** What there is in the end, in a form that compares: the same for every run that came to its end. */
    List<String> result(Path out) throws Exception;
}
