package org.gapexplorer.fuzz;

import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.gapexplorer.fuzz.Hostile.Seed;
import org.gapexplorer.label.published.PublishedLabels;
import org.gapexplorer.study.LabelSource;
import org.gapexplorer.study.LabelSource.Format;
import org.gapexplorer.study.SourceRef;

/** Changed files of labels. */
class LabelFuzzTest {
    private static final Seed OURS = Seed.of("labels.jsonl", """
            {"concept":3,"label":"units of money: dollars","kind":"meaning","quality":0.91,"contexts":120,"density":0.01,"histogram":[5,2],"edges":[0,1,2],"words":[["dollar",0.4]],"source":"evidence"}
            {"concept":4,"label":"never fires","kind":"dead","quality":null}
            """);
    private static final Seed NEURONPEDIA = Seed.of("batch-0.jsonl", """
            {"id":"a","modelId":"m","layer":"20-res","index":"0","description":" money","typeName":"t","explanationModelName":"x","embedding":[0.1,0.2]}
            {"id":"b","modelId":"m","layer":"20-res","index":"1","description":"boats","explanationModelName":"y"}
            """);
    private static final Seed NEURONPEDIA_PACKED = new Seed(
            "exports",
            List.of("explanations/batch-0.jsonl.gz"),
            List.of(Hostile.gzip(NEURONPEDIA.contents().getFirst())));
    private static final Seed MAP =
            Seed.of("labels.json", "{\"0\": \"money\", \"12\": \"boats \\u0041\", \"7\": \"\"}");
    private static final Seed TABLE =
            Seed.of("labels.csv", "concept,label,score\n1,\"money, coins\",0.5\n2,boats,0.25\n");
    private static final Seed LINES = Seed.of("labels.jsonl", """
            {"index": 1, "description": "money"}
            {"index": "2", "description": "boats"}
            """);
    private static final Seed DELPHI = new Seed(
            "delphi",
            List.of("explanations/m_latent0.txt", "explanations/m_latent12.txt"),
            List.of("\"money\"".getBytes(), "\"boats\"".getBytes()));

    @Provide
    Arbitrary<List<Edit>> edits() {
        return Edit.SOME;
    }

    @Property
    void ours(@ForAll("edits") List<Edit> edits) throws Exception {
        read(OURS, 0, edits, Format.GAP_EXPLORER);
    }

    @Property
    void neuronpedia(@ForAll("edits") List<Edit> edits) throws Exception {
        read(NEURONPEDIA, 0, edits, Format.NEURONPEDIA);
    }

    @Property
    void neuronpediaFolders(@ForAll("edits") List<Edit> edits) throws Exception {
        read(NEURONPEDIA_PACKED, 0, edits, Format.NEURONPEDIA);
    }

    @Property
    void indexMaps(@ForAll("edits") List<Edit> edits) throws Exception {
        read(MAP, 0, edits, Format.INDEX_MAP);
    }

    @Property
    void tables(@ForAll("edits") List<Edit> edits) throws Exception {
        read(TABLE, 0, edits, Format.CSV);
    }

    @Property
    void jsonLines(@ForAll("edits") List<Edit> edits) throws Exception {
        read(LINES, 0, edits, Format.JSONL);
    }

    @Property
    void delphi(@ForAll boolean second, @ForAll("edits") List<Edit> edits) throws Exception {
        read(DELPHI, second ? 1 : 0, edits, Format.DELPHI);
    }

    @Property
    void whatTheFileItselfTells(@ForAll("edits") List<Edit> edits) throws Exception {
        read(LINES, 0, edits, null);
    }

    private static void read(Seed seed, int file, List<Edit> edits, Format format) throws Exception {
        var source = new LabelSource(new SourceRef("file:x", null), format, null, null, null, null, null);
        Hostile.reads(seed, file, edits, path -> PublishedLabels.read(source, path));
    }
}
