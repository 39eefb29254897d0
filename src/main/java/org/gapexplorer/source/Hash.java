package org.gapexplorer.source;

import java.io.IOException;
import java.nio.file.Path;
import org.gapexplorer.study.Problem;
import org.gapexplorer.study.Sha256;
import org.gapexplorer.study.SourceRef;

/** Holds files against the hashes that a study pins. */
final class Hash {
    private Hash() {}

    static boolean matches(SourceRef source, Path file) throws IOException {
        return source.sha256() == null || source.sha256().equalsIgnoreCase(Sha256.of(file));
    }

    /** Complains, with both hashes, unless the file has the pinned one. */
    static void verify(SourceRef source, Path file) throws IOException {
        String actual = Sha256.of(file);
        if (!actual.equalsIgnoreCase(source.sha256())) {
            throw new Problem(
                    source.uri(),
                    "has sha256 " + actual + ", expected " + source.sha256(),
                    "if the file was meant to change, pin the new hash; otherwise do not trust it");
        }
    }
}
