package org.gapexplorer.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The studies of {@code index/studies}, as far as they can be told right without running them. */
class ShippedStudiesTest {
    private static final Path FOLDER = Path.of("index/studies");

    @Test
    void everyStudyIsValidAndNamedAsItsFile() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            List<Path> studies =
                    files.filter(f -> f.toString().endsWith(".yaml")).toList();
            assertThat(studies).hasSizeGreaterThanOrEqualTo(7);
            for (Path file : studies) {
                assertThat(StudyFile.read(file).id() + ".yaml")
                        .isEqualTo(file.getFileName().toString());
            }
        }
    }

    @Test
    void theStudyInTheDocumentationIsValid(@TempDir Path folder) throws IOException {
        String[] parts = Files.readString(Path.of("docs/formats.md")).split("```(yaml)?\\R");
        Path file = Files.writeString(folder.resolve("study.yaml"), parts[1]);
        assertThat(StudyFile.read(file).benchmarks())
                .extracting(Benchmark::kind)
                .containsExactly(Benchmark.Kind.SUITE, Benchmark.Kind.TRAFFIC);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "llama-3.1-8b-instruct",
                "gemma-2-2b-it",
                "deepseek-r1-distill-llama-8b",
                "mistral-7b-instruct-v0.1",
                "qwen3-4b"
            })
    void aStudyOfThePapersModelsHasNineOfItsBenchmarksAndPinsWhatItFetches(String model) {
        Study study = StudyFile.read(FOLDER.resolve("paper-" + model + ".yaml"));
        assertThat(study.benchmarks())
                .extracting(Benchmark::id)
                .containsExactly(
                        "agieval-en",
                        "bbq",
                        "crows-pairs",
                        "gsm8k",
                        "logicbench",
                        "math",
                        "nq-open",
                        "social-iqa",
                        "winogrande");
        assertThat(study.models()).singleElement().satisfies(m -> {
            assertThat(m.id()).isEqualTo(model);
            assertThat(m.logs())
                    .extracting(SubjectModel.ScoreLog::benchmark)
                    .hasSize(9)
                    .doesNotHaveDuplicates();
        });
        assertThat(study.sources(true))
                .extracting(SourceRef::uri)
                .filteredOn(uri -> !uri.startsWith("file:"))
                .filteredOn(uri -> !uri.matches(".*[/@][0-9a-f]{40}/.*"))
                .as("sources without a commit")
                .allMatch(uri -> uri.startsWith("hf:qresearch/"));
    }
}
