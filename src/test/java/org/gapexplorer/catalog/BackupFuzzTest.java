package org.gapexplorer.catalog;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.gapexplorer.fuzz.Edit;
import org.gapexplorer.fuzz.Hostile;

/** Changed back-ups, up to the database. */
class BackupFuzzTest {
    private static final byte[] BACKUP = Hostile.gzip("""
            {"gapx":"catalog","migration":"9","made":"2026-11-23T00:00:00Z"}
            {"table":"saved_view","row":{"short_id":"0000000001","path":"/concepts?page=1","title":"View 1","note":"ä","snapshot":"v1"}}
            {"table":"label_flag","row":{"id":1,"study":"","snapshot":"v1","concept":7,"label":"tides","fault":"wrong"}}
            {"rows":{"saved_view":1,"saved_footprint":0,"label_flag":1}}
            """.getBytes(StandardCharsets.UTF_8));

    @Provide
    Arbitrary<List<Edit>> edits() {
        return Edit.SOME;
    }

    @Property
    void backUps(@ForAll("edits") List<Edit> edits) throws Exception {
        Hostile.reads(Hostile.Seed.of("catalog.gz", BACKUP), 0, edits, path -> {
            try (BackupFile backup = BackupFile.open(path)) {
                while (backup.next() != null) {
                    // read to the end
                }
                return backup.rows();
            }
        });
    }
}
