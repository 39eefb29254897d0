package org.gapexplorer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.gapexplorer.model.OutsideWeights;
import org.gapexplorer.run.Provenance;
import org.gapexplorer.run.RunFolder;
import org.gapexplorer.run.RunFolder.Score;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs into one folder, between which only the file of a model's weights is replaced by another. */
@Timeout(120)
class OutsideWeightsStudyTest {
    private static final Path TINY =
            Path.of("src/test/resources/peers/likelihood").toAbsolutePath();

    @TempDir
    Path folder;

    private SmallStudy study;

    @BeforeEach
    void aStudyWithADecoder() throws IOException {
        study = new SmallStudy(folder).withDecoder();
    }

    private Path splitLens(String data) throws IOException {
        Path onnx = folder.resolve("model.onnx");
        OutsideWeights.split(Files.readAllBytes(onnx), onnx, "model.onnx.data", folder.resolve(data));
        return folder.resolve(data);
    }

    private RunFolder run(Path out) {
        Called called = Called.gapx("study", "run", study.file, "--out", out);
        assertThat(called.code()).as(called.err()).isZero();
        return new RunFolder(out);
    }

    private static List<RunFolder.Saliency> saliency(RunFolder run) {
        return RunFolder.SALIENCY.read(run.saliencyParts());
    }

    private static String sha256(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }

    @Test
    void theLensIsReadAgain() throws Exception {
        Path data = splitLens("model.onnx.data");
        RunFolder run = run(study.out);
        List<RunFolder.Saliency> before = saliency(run);
        assertThat(Provenance.read(run).versions()).containsEntry("file:model.onnx.data", sha256(data));
        byte[] pack = Files.readAllBytes(run.lens().resolve("model.onnx"));

        OutsideWeights.replace(data);
        List<RunFolder.Saliency> after = saliency(run(study.out));
        assertThat(after)
                .isNotEqualTo(before)
                .isEqualTo(saliency(run(folder.resolve("fresh"))))
                .isNotEmpty();
        assertThat(Provenance.read(run).versions()).containsEntry("file:model.onnx.data", sha256(data));
        assertThat(run.lens().resolve("model.onnx"))
                .binaryContent()
                .isNotEqualTo(pack)
                .isEqualTo(Files.readAllBytes(
                        new RunFolder(folder.resolve("fresh")).lens().resolve("model.onnx")));
    }

    @Test
    void soItIsWhereTheStudyNamesTheDataFile() throws Exception {
        Files.createDirectories(folder.resolve("weights"));
        Path data = splitLens("weights/model.onnx.data");
        study.with("max_tokens: 128", "max_tokens: 128\n  model_data: ['file:weights/model.onnx.data']");
        List<RunFolder.Saliency> before = saliency(run(study.out));
        OutsideWeights.replace(data);
        RunFolder run = run(study.out);
        assertThat(saliency(run)).isNotEqualTo(before);
        assertThat(Provenance.read(run).versions())
                .containsEntry("file:weights/model.onnx.data", sha256(data))
                .doesNotContainKey("file:model.onnx.data");
    }

    @Test
    void shardsOfTheOtherWeightsAreNotMerged() throws IOException {
        Path data = splitLens("model.onnx.data");
        Object[] shard = {"extract", study.file, "--shard", "1/1", "--out", study.out};
        assertThat(Called.gapx(shard).code()).isZero();
        OutsideWeights.replace(data);
        Called.gapx("extract", "merge", study.file, "--out", study.out)
                .refused("no shard has begun", "lie there too (");
    }

    @Test
    void aModelAnswersAgain() throws IOException {
        Path data = folder.resolve("answers.data");
        OutsideWeights.split(
                Files.readAllBytes(TINY.resolve("model.onnx")), folder.resolve("answers.onnx"), "answers.data", data);
        study.with(
                """
                logs:
                      - benchmark: facts
                        files: {log: file:log.json}
                        format: array
                """.indent(0),
                "answers: {by: likelihood, model: 'file:answers.onnx', tokenizer: 'file:%s', max_tokens: 20}\n"
                        .formatted(TINY.resolve("tokenizer.json")));
        List<Score> before = RunFolder.SCORES.read(run(study.out).scores());
        OutsideWeights.replace(data);
        assertThat(RunFolder.SCORES.read(run(study.out).scores()))
                .isNotEqualTo(before)
                .isEqualTo(RunFolder.SCORES.read(run(folder.resolve("fresh")).scores()));
    }
}
