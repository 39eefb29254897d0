package org.gapexplorer.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.io.file.PathUtils;
import org.gapexplorer.snapshot.SnapshotVerifier;
import org.gapexplorer.study.Sha256;

/**
 * {@code gapx snapshot publish} to a folder where an older version is current. However far it came, one of the two is, and every
 * version that can be seen is whole.
 *
 * @param published a folder with the older one; it stays as it is
 * @param snapshot the newer one
 */
record PublishStage(Path published, Path snapshot) implements Stage {
    @Override
    public List<String> words(Path out) {
        return List.of("snapshot", "publish", "--snapshot", snapshot.toString(), "--to", out.toString());
    }

    @Override
    public void prepare(Path out) throws Exception {
        PathUtils.copyDirectory(published, out);
    }

    @Override
    public void afterStop(Path out) throws Exception {
        String older = current(published);
        String newer = snapshot.getFileName().toString();
        assertThat(current(out)).isIn(older, newer);
        for (String version : List.of(older, newer)) {
            if (version.equals(older) || Files.exists(out.resolve(version))) {
                assertThat(SnapshotVerifier.verify(out.resolve(version))).isEqualTo(version);
            }
        }
    }

    @Override
    public List<String> result(Path out) throws Exception {
        afterStop(out);
        assertThat(current(out)).isEqualTo(snapshot.getFileName().toString());
        List<String> rows = new ArrayList<>();
        try (Stream<Path> files = Files.walk(out)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                rows.add(out.relativize(file) + " " + Sha256.of(file));
            }
        }
        return rows;
    }

    private static String current(Path folder) throws IOException {
        return Files.readString(folder.resolve("current")).strip();
    }
}
