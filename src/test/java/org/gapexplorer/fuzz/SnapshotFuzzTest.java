package org.gapexplorer.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.gapexplorer.fuzz.Hostile.Seed;
import org.gapexplorer.snapshot.Manifest;
import org.gapexplorer.snapshot.SnapshotFiles;
import org.gapexplorer.snapshot.SnapshotVerifier;

/** Changed snapshots: what a folder or a bucket from elsewhere may hold. */
class SnapshotFuzzTest {
    private static final String STUDY = "{\"id\":\"s\"}";
    private static final String MANIFEST = """
            {"format": %d, "version": "v1", "built": "2026-11-22T10:00:00Z", "source": "%2$s",
            "run": {"format": 1, "study": "s", "title": "S", "description": "", "ran": "2026-11-22T09:00:00Z",
            "lens": {"id": "l", "title": "L", "licence": "MIT", "model": "m", "layer": "3", "concepts": 8, "live": 7, "facts": {"k": "32"}},
            "under": 0.1, "over": 10.0, "minBenchmarks": 5, "minSupport": 50, "settings": {"seed": "0"}, "versions": {}, "speed": {}},
            "files": {"study.json": {"bytes": 10, "sha256": "%2$s"%3$s}}}
            """;

    @Provide
    Arbitrary<List<Edit>> edits() {
        return Edit.SOME;
    }

    private static byte[] manifest(boolean newer) {
        return MANIFEST.formatted(
                        newer ? 5 : 4,
                        sha256(STUDY.getBytes(StandardCharsets.UTF_8)),
                        newer ? ", \"crc32c\": \"00000000\"" : "")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Forged whole, with the checksum that fits. */
    @Property
    void manifests(@ForAll boolean newer, @ForAll("edits") List<Edit> edits) throws Exception {
        byte[] changed = Edit.all(edits, manifest(newer));
        byte[] sum = (sha256(changed) + "  manifest.json\n").getBytes(StandardCharsets.UTF_8);
        Hostile.endsWell(() -> {
            Manifest manifest = Manifest.read("manifest.json", changed, newer ? sum : null);
            Path folder = Path.of("/snapshots/v1");
            manifest.files()
                    .keySet()
                    .forEach(file -> assertThat(folder.resolve(file).normalize())
                            .startsWithRaw(folder)
                            .isNotEqualTo(folder));
            return manifest;
        });
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Property
    void folders(@ForAll int file, @ForAll("edits") List<Edit> edits) throws Exception {
        var seed = new Seed(
                "snapshot",
                List.of("manifest.json", "study.json"),
                List.of(manifest(false), STUDY.getBytes(StandardCharsets.UTF_8)));
        Hostile.reads(seed, Math.floorMod(file, 2), edits, SnapshotVerifier::verify);
    }

    @Property
    void pointers(@ForAll("edits") List<Edit> edits) throws Exception {
        Hostile.reads(
                new Seed("snapshots", List.of("current"), List.of("v1\n".getBytes(StandardCharsets.UTF_8))),
                0,
                edits,
                folder -> {
                    assertThat(Files.isRegularFile(folder.resolve("current"))).isTrue();
                    SnapshotFiles.current(folder)
                            .ifPresent(version -> assertThat(
                                            folder.resolve(version).getParent())
                                    .isEqualTo(folder));
                    return null;
                });
    }
}
