package org.gapexplorer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gapexplorer.model.OnnxGraph;
import org.gapexplorer.model.OutsideWeights;
import org.gapexplorer.model.Residual;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Which activations {@code sae train --cache} takes as its own. They are on disk before the training engine is asked for,
 * so it need not be there.
 */
@Timeout(300)
class SaeTrainCacheTest {
    @TempDir
    Path folder;

    private Path cache;
    private SmallStudy study;

    @Test
    void activationsOfAnotherModelTokenisationOrTensorAreReadAnew() throws IOException {
        cache = folder.resolve("cache");
        study = new SmallStudy(folder).withDecoder();
        Path onnx = folder.resolve("model.onnx");
        Path data = folder.resolve("model.onnx.data");
        OutsideWeights.split(Files.readAllBytes(onnx), onnx, "model.onnx.data", data);
        Set<Path> first = activations();
        int files = first.size();
        assertThat(activations()).as("the same again").isEqualTo(first).isNotEmpty();

        OutsideWeights.replace(data);
        assertThat(activations()).as("other weights under the same name").hasSize(2 * files);
        Path config = folder.resolve("tokenizer_config.json");
        Files.writeString(
                config, Files.readString(config).replace("\"add_bos_token\": true", "\"add_bos_token\": false"));
        assertThat(activations()).as("texts without a first token").hasSize(3 * files);
        String other = Residual.after(OnnxGraph.load(onnx), 0);
        study.with("  layer: 1\n", "  tensor: " + other + "\n");
        assertThat(activations()).as("another tensor").hasSize(4 * files);

        OutsideWeights.replace(data);
        study.with("  tensor: " + other + "\n", "  layer: 1\n");
        Files.writeString(
                config, Files.readString(config).replace("\"add_bos_token\": false", "\"add_bos_token\": true"));
        assertThat(activations()).as("all as it was at first").hasSize(4 * files);
    }

    private Set<Path> activations() throws IOException {
        Called.gapx(
                "sae",
                "train",
                "--study",
                study.file,
                "--passages",
                100,
                "--templates",
                200,
                "--concepts",
                16,
                "--k",
                2,
                "--epochs",
                0.1,
                "--overwrite",
                "--out",
                folder.resolve("trained"),
                "--cache",
                cache);
        try (Stream<Path> files = Files.list(cache)) {
            return files.filter(file -> file.toString().endsWith(".f16")).collect(Collectors.toSet());
        }
    }
}
