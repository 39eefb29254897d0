package org.gapexplorer.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HubTreeTest {
    private static final String GIT = "0123456789abcdef0123456789abcdef01234567";
    private static final String SHA256 = GIT + "0123456789abcdef01234567";
    private static final Map<String, HubCache.Entry> FILES = Map.of(
            "sae/cfg.json", new HubCache.Entry("sae/cfg.json", GIT, GIT, 11),
            "sae/w.bin", new HubCache.Entry("sae/w.bin", SHA256, GIT, 1L << 40));

    @TempDir
    Path folder;

    private Map<String, HubCache.Entry> read(String text) throws IOException {
        return HubTree.read(Files.writeString(folder.resolve("tree.json"), text));
    }

    /** As huggingface_hub writes it, with what only it reads. */
    @Test
    void everyFileIsRead() throws IOException {
        String text = """
                {"other": {"files": {"a": 1}}, "files": {
                 "sae/cfg.json": {"size": 11, "blob_id": "%s", "last_commit": {"blob_id": "x", "size": [7]}},
                 "../out": {"size": 1, "blob_id": "%s"},
                 "sae/w.bin": {"size": 134, "blob_id": "%s", "lfs_sha256": "%s", "lfs_size": 1099511627776}},
                 "format_version": 1}
                """.formatted(GIT, GIT, GIT, SHA256);
        assertThat(read(text)).isEqualTo(FILES);
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        assertThat(read(HubTree.text(FILES))).isEqualTo(FILES);
    }

    @Test
    void anotherVersionIsNotRead() throws IOException {
        assertThat(read("{\"format_version\": 2, \"files\": {}}")).isNull();
        assertThat(read("[]")).isNull();
        assertThat(HubTree.read(folder.resolve("none"))).isNull();
    }

    /** A folder must not lack a file that its listing fails to describe. */
    @Test
    void whatIsNoFileIsNotPassedOver() {
        for (String file : new String[] {"1", "[]", "{}", "null"}) {
            assertThatThrownBy(() -> read("{\"format_version\": 1, \"files\": {\"a\": " + file + "}}"))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    /** As a tree in memory, these 50 MB would be more than a gigabyte. */
    @Test
    void whateverElseStandsThereTakesNoMemory() throws IOException {
        String many = "[" + "{},".repeat(8_000_000) + "{}]";
        Path file = Files.writeString(
                folder.resolve("tree.json"),
                "{\"format_version\": 1, \"other\": " + many + ", \"files\": {\"a\": {\"blob_id\": \"" + GIT
                        + "\", \"other\": " + many + "}}}");
        var thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = thread.getCurrentThreadAllocatedBytes();
        assertThat(HubTree.read(file)).containsOnlyKeys("a");
        assertThat(thread.getCurrentThreadAllocatedBytes() - before).isLessThan(8L << 20);
    }
}
