package org.gapexplorer.stress;

import java.nio.file.Path;
import java.util.List;

/**
 * A command that may be stopped at any moment, and what must hold then. To have another one killed and driven into a full disk,
 * write one of these and add it to {@link Stages}.
 */
interface Stage {
    /** The command's words after {@code gapx}, which writes below this folder. */
    List<String> words(Path out);

    /** Makes the folder as the command finds it the first time. */
    default void prepare(Path out) throws Exception {}

    /** What must hold however far it came. */
    default void afterStop(Path out) throws Exception {}

    /** What there is in the end, in a form that compares: the same for every run that came to its end. */
    List<String> result(Path out) throws Exception;
}
