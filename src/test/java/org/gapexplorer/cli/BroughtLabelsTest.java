package org.gapexplorer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.gapexplorer.label.ChatServer;
import org.gapexplorer.label.ConceptLabel;
import org.gapexplorer.label.LabelFile;
import org.gapexplorer.run.RunFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Labels that a study brings, and labels that it asks for, from the command line. */
class BroughtLabelsTest {
    @TempDir
    Path folder;

    private static final String SAE = "  sae: file:" + SmallStudy.SAE + "\n";

    @Test
    void severalSourcesAreMergedInTheOrderOfTheStudy() throws IOException {
        Files.writeString(folder.resolve("mine.json"), "{\"5\": \"my own words\"}");
        Files.writeString(folder.resolve("table.csv"), "feature,what\n5,from the table\n6,also from the table\n");
        SmallStudy study = new SmallStudy(folder)
                .with(
                        SAE,
                        SAE
                                + """
                  labels:
                    - file:mine.json
                    - {source: file:table.csv, name: a table, concept: feature, label: what}
                    - file:OURS
                """.replace(
                                        "OURS",
                                        SmallStudy.SAE.resolve("labels.jsonl").toString()));
        Called run = study.run();
        assertThat(run.code()).describedAs(run.err()).isZero();
        Map<Integer, RunFolder.Concept> concepts = RunFolder.CONCEPTS.read(new RunFolder(study.out).concepts()).stream()
                .collect(Collectors.toMap(RunFolder.Concept::concept, c -> c));
        Map<Integer, ConceptLabel> ours = LabelFile.read(SmallStudy.SAE.resolve("labels.jsonl")).stream()
                .collect(Collectors.toMap(ConceptLabel::concept, l -> l));
        assertThat(concepts.get(5).label()).isEqualTo("my own words");
        assertThat(concepts.get(5).labelSource()).isEqualTo("import");
        assertThat(concepts.get(5).density()).isEqualTo(ours.get(5).density());
        assertThat(concepts.get(6).label()).isEqualTo("also from the table");
        assertThat(concepts.get(6).labelSource()).isEqualTo("a table");
        assertThat(concepts.get(7).label()).isEqualTo(ours.get(7).label());
        assertThat(concepts.get(7).labelSource()).isEqualTo("evidence");
    }

    @Test
    void aLabelForAConceptThatTheLensLacksNamesTheSource() throws IOException {
        Files.writeString(folder.resolve("mine.json"), "{\"4096\": \"one too many\"}");
        SmallStudy study = new SmallStudy(folder).with(SAE, SAE + "  labels: file:mine.json\n");
        Called run = study.run();
        assertThat(run.code()).isNotZero();
        assertThat(run.err())
                .contains("file:mine.json, concept 4096: the lens has only 4096 concepts")
                .doesNotContain("Exception");
    }

    @Test
    void aWrongKeyUnderLabelsNamesItsLine() throws IOException {
        SmallStudy study = new SmallStudy(folder).with(SAE, SAE + "  labels: [{source: file:a.csv, colour: red}]\n");
        Called validate = Called.gapx("study", "validate", study.file);
        assertThat(validate.code()).isNotZero();
        assertThat(validate.err()).contains("colour").contains("line " + study.line("colour"));
    }

    @Test
    void labelsAreAskedForWithinABudgetAndGoIntoAStudy() throws IOException {
        SmallStudy study = new SmallStudy(folder);
        List<String> animals = List.of("dog", "cat", "horse", "cow", "sheep", "goat", "lion", "bear", "wolf", "fox");
        List<String> texts = animals.stream()
                .flatMap(
                        a -> List.of(
                                        "the %s sleeps in the barn",
                                        "we saw a %s by the river", "a %s eats grass", "my %s is ill")
                                .stream()
                                .map(t -> t.formatted(a)))
                .toList();
        Path file = Files.write(folder.resolve("texts.txt"), texts);
        Path out = folder.resolve("labels.jsonl");
        try (ChatServer server = new ChatServer(q -> ChatServer.Reply.says("animals of the farm", 300))) {
            Object[] command = {
                "labels",
                "ask",
                study.file,
                "--endpoint",
                server.address(),
                "--model",
                "m",
                "--texts",
                file,
                "--out",
                out,
                "--concepts",
                "0-400",
                "--budget",
                "900"
            };
            Called first = Called.gapx(command);
            assertThat(first.code()).describedAs(first.err()).isZero();
            assertThat(first.out()).contains("3 labels, 900 tokens used; the budget is spent with ");
            assertThat(server.asked()).hasSize(3);
            assertThat(LabelFile.read(out)).hasSize(3).allSatisfy(label -> {
                assertThat(label.label()).isEqualTo("animals of the farm");
                assertThat(label.source()).isEqualTo("m");
            });
            // nothing of a benchmark was sent: the texts given were
            Set<String> words =
                    texts.stream().flatMap(t -> List.of(t.split(" ")).stream()).collect(Collectors.toSet());
            server.asked()
                    .forEach(question -> assertThat(question.at("/messages/1/content")
                                    .asText()
                                    .replaceAll("[\\[\\]0-9]", " ")
                                    .strip()
                                    .split("\\s+"))
                            .isSubsetOf(words));
        }
        study.with(SAE, SAE + "  labels: file:" + out + "\n");
        Called validate = Called.gapx("study", "validate", study.file);
        assertThat(validate.code()).isZero();
    }

    @Test
    void aBadRangeOrAnEndpointThatIsNotThereIsOneLine() throws IOException {
        SmallStudy study = new SmallStudy(folder);
        Path out = folder.resolve("labels.jsonl");
        Called range = Called.gapx(
                "labels",
                "ask",
                study.file,
                "--endpoint",
                "http://localhost:9/v1",
                "--model",
                "m",
                "--out",
                out,
                "--budget",
                "9",
                "--concepts",
                "few");
        assertThat(range.code()).isNotZero();
        assertThat(range.err()).contains("--concepts few").doesNotContain("Exception");
        Called few = Called.gapx(
                "labels",
                "ask",
                study.file,
                "--endpoint",
                "http://localhost:9/v1",
                "--model",
                "m",
                "--out",
                out,
                "--budget",
                "9");
        assertThat(few.code()).isNotZero();
        assertThat(few.err()).contains("offers 3 texts");
        assertThat(out).doesNotExist();
    }
}
