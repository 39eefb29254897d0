package org.gapexplorer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.gapexplorer.study.DeepFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Studies that name folders which cannot be read to their bottom. */
class UnreadableFolderTest {
    @TempDir
    Path folder;

    @Test
    void suchAFolderFailsWhileItIsWalked() throws Exception {
        try (DeepFolder deep = DeepFolder.in(folder);
                Stream<Path> all = Files.walk(deep.folder())) {
            assertThatThrownBy(all::toList).isInstanceOf(UncheckedIOException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sae", "labels"})
    void aRunEndsWithAProblem(String field) throws Exception {
        try (DeepFolder deep = DeepFolder.in(folder)) {
            told(Called.gapx("study", "run", study(field, deep).file, "--out", folder.resolve("run")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sae", "labels"})
    void soDoesFetching(String field) throws Exception {
        try (DeepFolder deep = DeepFolder.in(folder)) {
            told(Called.gapx("fetch", study(field, deep).file));
        }
    }

    private SmallStudy study(String field, DeepFolder deep) throws Exception {
        SmallStudy study = new SmallStudy(folder).withDecoder();
        String uri = "file:" + deep.folder();
        return field.equals("sae")
                ? study.with("  sae: file:sae\n", "  sae: " + uri + "\n")
                : study.with("  sae: file:sae\n", "  sae: file:sae\n  labels: " + uri + "\n");
    }

    private static void told(Called called) {
        assertThat(called.code()).as(called.err()).isEqualTo(Main.PROBLEM);
        assertThat(called.err()).contains("gapx: ", "deep/ddd").doesNotContain("went wrong", "Exception");
    }
}
