package org.gapexplorer.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class DuckTest {
    private static final int OPEN = 10;

    /** A server makes one for each Parquet file that is asked for. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void aDatabaseInMemoryMakesNoThreads() throws Exception {
        List<Duck> all = new ArrayList<>();
        try {
            all.add(Duck.open());
            long before = threads();
            for (int i = 0; i < OPEN; i++) all.add(Duck.open());
            // the JVM has its own that come and go
            assertThat(threads() - before).isLessThan(OPEN);
        } finally {
            for (Duck duck : all) duck.close();
        }
    }

    /** The system's count, which knows those of machine code too. */
    private static long threads() throws IOException {
        try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
            return tasks.count();
        }
    }
}
