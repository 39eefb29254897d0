package org.gapexplorer.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.gapexplorer.fuzz.Hostile.Reader;
import org.gapexplorer.label.published.PublishedLabels;
import org.gapexplorer.lens.SaeFile;
import org.gapexplorer.model.TextTokenizer;
import org.gapexplorer.model.chat.TokenizerConfig;
import org.gapexplorer.run.Datasets;
import org.gapexplorer.run.Provenance;
import org.gapexplorer.run.RunFolder;
import org.gapexplorer.score.log.LogFormat;
import org.gapexplorer.score.log.LogFormats;
import org.gapexplorer.score.log.LogPart;
import org.gapexplorer.score.log.LogRow;
import org.gapexplorer.snapshot.Manifest;
import org.gapexplorer.study.LabelSource;
import org.gapexplorer.study.LabelSource.Format;
import org.gapexplorer.study.SourceRef;
import org.gapexplorer.study.StudyFile;
import org.gapexplorer.study.SubjectModel.Reading;
import org.gapexplorer.study.SubjectModel.ScoreLog;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** JSON nested ten thousand and a million levels deep, closed and not, given to every reader of JSON. */
class DeepInputTest {
    private static final String SQL = "SELECT 1 AS item, to_json(t)::VARCHAR AS question FROM read_json(%s) t";

    @TempDir
    Path folder;

    private static Map<String, Reader> readers() {
        Map<String, Reader> readers = new LinkedHashMap<>();
        readers.put("study.yaml", StudyFile::read);
        readers.put("cfg.json", path -> {
            Files.write(path.resolveSibling("sae_weights.safetensors"), new byte[16]);
            return SaeFile.read(path.getParent());
        });
        readers.put("tokenizer.json", TextTokenizer::load);
        readers.put("tokenizer_config.json", TokenizerConfig::read);
        readers.put("template.json", TokenizerConfig::template);
        readers.put("manifest.json", path -> Manifest.read(path.toString(), Files.readAllBytes(path), null));
        readers.put("run.json", path -> Provenance.read(new RunFolder(path.getParent())));
        for (Format format : List.of(Format.GAP_EXPLORER, Format.NEURONPEDIA, Format.INDEX_MAP, Format.JSONL)) {
            readers.put("labels-" + format + ".jsonl", path -> PublishedLabels.read(labels(format), path));
        }
        readers.put("m_latent1.txt", path -> PublishedLabels.read(labels(Format.DELPHI), path.getParent()));
        for (String format : List.of(
                "lm-eval",
                "helm",
                "inspect",
                "garak",
                "openai-evals",
                "arena-hard",
                "autodetect",
                "every-eval-ever",
                "array")) {
            readers.put(
                    format.equals("helm") ? "per_instance_stats.json" : format + ".json", path -> log(format, path));
        }
        readers.put("items.jsonl", path -> items(path, "getvariable('items')"));
        readers.put("items.json", path -> items(path, "getvariable('items'), format = 'array'"));
        readers.put(
                "untyped.json", path -> items(path, "getvariable('items'), columns = {a: 'JSON'}, maximum_depth = -1"));
        return readers;
    }

    private static LabelSource labels(Format format) {
        return new LabelSource(new SourceRef("file:x", null), format, null, null, null, null, null);
    }

    private static Object items(Path path, String arguments) {
        return Datasets.datapoints("b", SQL.formatted(arguments), Map.of("items", List.of(path)));
    }

    private static Object log(String name, Path path) {
        LogFormat format = LogFormats.named("m", name);
        var log = new ScoreLog("b", Map.of(), name, null, Reading.PLAIN);
        Path given = name.equals("helm") ? path.getParent() : path;
        for (List<Path> part : format.parts(Map.of("log", List.of(given)))) {
            format.read(new LogPart("m", log, part, Map.of("log", List.of(given)), List.of()), new LogFormat.Rows() {
                @Override
                public void row(LogRow row) {}

                @Override
                public void note(String what) {}
            });
        }
        return null;
    }

    @TestFactory
    Stream<DynamicTest> everyReaderOfJson() {
        List<DynamicTest> tests = new ArrayList<>();
        readers().forEach((name, reader) -> {
            for (int levels : new int[] {10_000, 1_000_000}) {
                for (String open : List.of("[", "{\"a\":")) {
                    for (boolean closed : new boolean[] {true, false}) {
                        String title = name + ", " + levels + " x " + open + (closed ? ", closed" : "");
                        tests.add(DynamicTest.dynamicTest(title, () -> read(name, reader, levels, open, closed)));
                    }
                }
            }
        });
        return tests.stream();
    }

    private void read(String name, Reader reader, int levels, String open, boolean closed) throws Exception {
        Path path = Files.createTempDirectory(folder, "deep").resolve(name);
        String close = open.equals("[") ? "]" : "1}";
        Files.writeString(
                path,
                open.repeat(levels)
                        + (closed
                                ? close.substring(0, close.length() - 1)
                                        + close.substring(close.length() - 1).repeat(levels)
                                : ""));
        Hostile.endsWell(() -> reader.read(path));
        assertThat(path).exists();
    }
}
