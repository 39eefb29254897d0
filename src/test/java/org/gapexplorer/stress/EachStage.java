package org.gapexplorer.stress;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Does the same to each stage, in a folder that goes with all that was made there. */
abstract class EachStage {
    @TempDir
    static Path folder;

    static Stages stages;

    @BeforeAll
    static void aHome() throws IOException {
        stages = new Stages(folder);
    }

    @Test
    void extraction() throws Exception {
        stress("study run", stages.extraction());
    }

    @Test
    void merge() throws Exception {
        stress("extract merge", stages.merge());
    }

    @Test
    void snapshotBuild() throws Exception {
        stress("snapshot build", stages.snapshotBuild());
    }

    @Test
    void publish() throws Exception {
        stress("snapshot publish", stages.publish());
    }

    /** @param name what it is called in what is printed */
    abstract void stress(String name, Stage stage) throws Exception;

    /** A folder of this stage alone. */
    static Path folder(String name, String purpose) {
        return folder.resolve(name.replace(' ', '-') + "-" + purpose);
    }
}
