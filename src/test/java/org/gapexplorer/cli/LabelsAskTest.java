package org.gapexplorer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.gapexplorer.label.ChatServer;
import org.gapexplorer.label.ChatServer.Reply;
import org.gapexplorer.lens.RandomSae;
import org.gapexplorer.lens.SaeConfig;
import org.gapexplorer.lens.SaeFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code labels ask} from the command line, with a server on this machine that answers. */
@Timeout(180)
class LabelsAskTest {
    @TempDir
    Path folder;

    @Test
    void oneFileHoldsTheAnswersOfOneLens() throws IOException {
        SmallStudy study = new SmallStudy(folder).withDecoder();
        Path texts = Files.writeString(
                folder.resolve("texts.txt"),
                IntStream.range(0, 60)
                        .mapToObj(i -> "On day " + i + " a cat saw " + 7 * i + " ships near the quiet harbour.")
                        .collect(Collectors.joining("\n")));
        Path out = folder.resolve("labels.jsonl");
        try (ChatServer server = new ChatServer(q -> Reply.says("ships and cats", 10))) {
            Object[] ask = {
                "labels",
                "ask",
                study.file,
                "--endpoint",
                server.address(),
                "--model",
                "m",
                "--budget",
                "30",
                "--texts",
                texts,
                "--out",
                out,
                "--max-tokens",
                "700"
            };
            Called first = Called.gapx(ask);
            assertThat(first.code()).as(first.err()).isZero();
            assertThat(server.asked()).hasSize(3);
            assertThat(server.asked().getFirst().path("max_tokens").asInt()).isEqualTo(700);
            study.with("max_tokens: 128", "max_tokens: 127");
            assertThat(Called.gapx(ask).code()).as("the same concepts").isZero();
            String before = Files.readString(folder.resolve("labels.jsonl.answers.jsonl"));

            SaeFile.write(
                    folder.resolve("sae"),
                    RandomSae.of(SaeConfig.topK(8, 32, 4, "llama", "blocks.1.hook_resid_post"), 6));
            study.with("id: starter", "id: other");
            Called.gapx(ask)
                    .refused(
                            "labels.jsonl.answers.jsonl, line 1",
                            "the lens starter ",
                            "the study's is other ",
                            "--out");
            assertThat(folder.resolve("labels.jsonl.answers.jsonl")).hasContent(before);
            assertThat(server.asked()).hasSize(3);
        }
    }
}
