package org.gapexplorer.label.published;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.gapexplorer.label.ConceptLabel;
import org.gapexplorer.label.LabelFile;
import org.gapexplorer.label.LabelKind;
import org.gapexplorer.study.LabelSource;
import org.gapexplorer.study.LabelSource.Format;
import org.gapexplorer.study.Problem;
import org.gapexplorer.study.SourceRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublishedLabelsTest {
    @TempDir
    Path folder;

    private Path file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private Path gzipped(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        try (Writer out =
                new OutputStreamWriter(new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8)) {
            out.write(text);
        }
        return file;
    }

    private static LabelSource of(Format format) {
        return new LabelSource(new SourceRef("file:x", null), format, null, null, null, null, null);
    }

    private static Map<Integer, String> texts(List<ConceptLabel> labels) {
        return labels.stream().collect(Collectors.toMap(ConceptLabel::concept, ConceptLabel::label));
    }

    private static String row(String id, int index, String description, String by) {
        return "{\"id\":\"%s\",\"modelId\":\"gemma-2-2b\",\"layer\":\"20-res-16k\",\"index\":\"%d\",\"description\":\"%s\",\"explanationModelName\":\"%s\"}\n"
                .formatted(id, index, description, by);
    }

    @Test
    void neuronpediaBatchesAreReadByTheirNumberAndTheFirstRowOfAnIndexCounts() throws IOException {
        gzipped("np/explanations/batch-10.jsonl.gz", row("d", 0, "too late", "gpt") + row("e", 7, " rivers", "gpt"));
        gzipped("np/explanations/batch-2.jsonl.gz", row("a", 0, " money", "gpt") + row("b", 0, "coins", "other"));
        gzipped("np/explanations/batch-3.jsonl.gz", row("a", 0, "money", "gpt"));
        Path np = folder.resolve("np");
        List<ConceptLabel> labels = PublishedLabels.read(of(null), np);
        assertThat(texts(labels)).isEqualTo(Map.of(0, "money", 7, "rivers"));
        assertThat(labels.getFirst().source()).isEqualTo("neuronpedia");
        assertThat(labels.getFirst().quality()).isNull();
        assertThat(labels.getFirst().kind()).isEqualTo(LabelKind.MEANING);
        assertThat(labels.getFirst().density()).isNaN();
    }

    @Test
    void oneExplainerOfSeveralIsAskedFor() throws IOException {
        Path batch = file("batch-0.jsonl", row("a", 0, "money", "gpt") + row("b", 0, "coins", "other"));
        var source = new LabelSource(new SourceRef("file:x", null), null, null, null, null, "other", null);
        assertThat(texts(PublishedLabels.read(source, batch))).isEqualTo(Map.of(0, "coins"));
        var nobody = new LabelSource(new SourceRef("file:x", null), null, null, null, null, "nobody", null);
        assertThatThrownBy(() -> PublishedLabels.read(nobody, batch))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("no label by 'nobody'")
                .hasMessageContaining("gpt, other");
    }

    @Test
    void labelsOfTwoLensesAreNotMixed() throws IOException {
        Path batch = file(
                "batch-0.jsonl", row("a", 0, "x", "g") + row("b", 1, "y", "g").replace("20-res", "12-res"));
        assertThatThrownBy(() -> PublishedLabels.read(of(null), batch))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("line 2")
                .hasMessageContaining("12-res-16k");
    }

    @Test
    void anIndexMapIsOneObject() throws IOException {
        Path map = file("labels.json", "{\"3\": \" sums \", \"12\": \"boats\\nand ships\", \"4\": \"\"}");
        assertThat(texts(PublishedLabels.read(of(null), map))).isEqualTo(Map.of(3, "sums", 12, "boats and ships"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[1]",
                "{\"a\": \"b\"}",
                "{\"1\": 2}",
                "{\"1\": \"a\", \"01\": \"b\"}",
                "{\"1\": \"a\"",
                "{\"1\": \"a\"} 2",
                "{\"-1\": \"a\"}",
                "{\"99999999\": \"a\"}",
                "",
                "{}"
            })
    void aBadIndexMapIsRefused(String text) throws IOException {
        Path map = file("labels.json", text);
        assertThatThrownBy(() -> PublishedLabels.read(of(null), map))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("labels.json");
    }

    @Test
    void delphiWritesOneFileALabel() throws IOException {
        file("d/explanations/layers.5.mlp_latent0.txt", "\"Punctuation.\"");
        file("d/explanations/layers.5.mlp_latent12.txt", "\"Names of \\\"rivers\\\"\"");
        file("d/explanations/notes.txt", "not a label");
        assertThat(texts(PublishedLabels.read(of(null), folder.resolve("d"))))
                .isEqualTo(Map.of(0, "Punctuation.", 12, "Names of \"rivers\""));
        file("d/explanations/layers.6.mlp_latent12.txt", "\"other\"");
        assertThatThrownBy(() -> PublishedLabels.read(of(null), folder.resolve("d")))
                .hasMessageContaining("module: layers.5.mlp or layers.6.mlp");
        var one = new LabelSource(new SourceRef("file:x", null), null, null, null, null, null, "layers.6.mlp");
        assertThat(texts(PublishedLabels.read(one, folder.resolve("d")))).isEqualTo(Map.of(12, "other"));
    }

    @Test
    void tablesHaveColumnsThatTheStudyNames() throws IOException {
        Path csv =
                file("a.csv", "feature,score,\"the, label\"\n5,0.4,\"a \"\"quoted\"\" one\"\n6,0.1,\"two\nlines\"\n");
        var named =
                new LabelSource(new SourceRef("file:a.csv", null), null, "ours", "feature", "the, label", null, null);
        assertThat(texts(PublishedLabels.read(named, csv))).isEqualTo(Map.of(5, "a \"quoted\" one", 6, "two lines"));
        assertThat(PublishedLabels.read(named, csv).getFirst().source()).isEqualTo("ours");
        assertThatThrownBy(() -> PublishedLabels.read(of(null), csv))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("no column label or description or explanation but feature, score, the, label");
        Path tsv = gzipped("b.tsv.gz", "index\tdescription\n1\tcats, dogs\n");
        assertThat(texts(PublishedLabels.read(of(null), tsv))).isEqualTo(Map.of(1, "cats, dogs"));
        Path jsonl = file(
                "c.jsonl",
                "{\"latent\": 9, \"explanation\": \"verbs\"}\n\n{\"latent\":\"8\",\"explanation\":\"nouns\"}");
        assertThat(texts(PublishedLabels.read(of(null), jsonl))).isEqualTo(Map.of(9, "verbs", 8, "nouns"));
    }

    @Test
    void aTableThatNamesAConceptTwiceOrNotAtAllIsRefusedWithItsLine() throws IOException {
        Path twice = file("a.csv", "concept,label\n1,a\n2,b\n1,c\n");
        assertThatThrownBy(() -> PublishedLabels.read(of(null), twice)).hasMessageContaining("a second label");
        Path none = file("b.jsonl", "{\"concept\": 1, \"label\": \"a\"}\n{\"concept\": \"x\", \"label\": \"a\"}\n");
        assertThatThrownBy(() -> PublishedLabels.read(of(null), none))
                .hasMessageContaining("b.jsonl, line 2, column concept");
    }

    @Test
    void hostileTextBecomesOneShortLine() throws IOException {
        String text = "<script>\\u0000\\u202e" + "x".repeat(5_000);
        Path map = file("labels.json", "{\"1\": \"" + text + "\", \"2\": \"\\ud800 lone\"}");
        Map<Integer, String> labels = texts(PublishedLabels.read(of(null), map));
        assertThat(labels.get(1))
                .hasSize(LabelFile.MAX_LABEL)
                .startsWith("<script>")
                .endsWith("…");
        assertThat(labels.get(1).chars()).noneMatch(Character::isISOControl);
        assertThat(labels.get(2)).isEqualTo("\ufffd lone");
        // what was read can be written and read again
        Path written = folder.resolve("written.jsonl");
        List<ConceptLabel> read = PublishedLabels.read(of(null), map);
        LabelFile.write(
                written, read.stream().map(label -> withDensity(label, 0)).toList());
        assertThat(texts(LabelFile.read(written))).isEqualTo(labels);
    }

    private static ConceptLabel withDensity(ConceptLabel l, double density) {
        return new ConceptLabel(
                l.concept(),
                l.label(),
                l.kind(),
                l.quality(),
                l.contexts(),
                density,
                l.histogram(),
                l.edges(),
                l.words(),
                l.source());
    }

    @Test
    void deepJsonAndLongLinesAreRefused() throws IOException {
        Path deep = file("deep.jsonl", "{\"index\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}");
        assertThatThrownBy(() -> PublishedLabels.read(of(null), deep))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("line 1");
        Path line = file("long.jsonl", "{\"index\": 1, \"label\": \"" + "x".repeat(2_000_000) + "\"}");
        assertThatThrownBy(() -> PublishedLabels.read(of(null), line))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("longer than");
    }

    @Test
    void aDamagedGzipIsRefused() throws IOException {
        Path whole = gzipped("batch-1.jsonl.gz", row("a", 0, "x", "g").repeat(2_000));
        byte[] bytes = Files.readAllBytes(whole);
        Files.write(whole, java.util.Arrays.copyOf(bytes, bytes.length / 2));
        assertThatThrownBy(() -> PublishedLabels.read(of(Format.NEURONPEDIA), whole))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("batch-1.jsonl.gz");
    }

    @Test
    void sourcesAreMergedInTheirOrderAndKeepWhatTheOthersKnow() {
        ConceptLabel unclear = label(1, "unclear: fires on a", LabelKind.UNCLEAR, "evidence", 0.25);
        ConceptLabel named = label(1, "rivers", LabelKind.MEANING, "neuronpedia", Double.NaN);
        ConceptLabel two = label(2, "evidence's", LabelKind.MEANING, "evidence", 0.5);
        ConceptLabel twoToo = label(2, "published", LabelKind.MEANING, "neuronpedia", Double.NaN);
        Function<List<ConceptLabel>, Map<Integer, String>> bySource =
                all -> all.stream().collect(Collectors.toMap(ConceptLabel::concept, ConceptLabel::source));

        List<ConceptLabel> evidenceFirst =
                PublishedLabels.merged(List.of(List.of(unclear, two), List.of(named, twoToo)));
        assertThat(bySource.apply(evidenceFirst)).isEqualTo(Map.of(1, "neuronpedia", 2, "evidence"));
        assertThat(evidenceFirst.getFirst().density()).isEqualTo(0.25);
        assertThat(evidenceFirst.getFirst().histogram()).containsExactly(3);

        List<ConceptLabel> publishedFirst =
                PublishedLabels.merged(List.of(List.of(named, twoToo), List.of(unclear, two)));
        assertThat(bySource.apply(publishedFirst)).isEqualTo(Map.of(1, "neuronpedia", 2, "neuronpedia"));
        assertThat(publishedFirst.get(1).density()).isEqualTo(0.5);
    }

    private static ConceptLabel label(int concept, String text, LabelKind kind, String source, double density) {
        boolean known = !Double.isNaN(density);
        return new ConceptLabel(
                concept,
                text,
                kind,
                known ? 0.8 : null,
                0,
                density,
                known ? new int[] {3} : new int[0],
                known ? new double[] {0, 1} : new double[0],
                List.of(),
                source);
    }
}
