package org.gapexplorer.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.gapexplorer.fuzz.Hostile.Seed;
import org.gapexplorer.model.OnnxGraph;
import org.gapexplorer.model.PassThrough;
import org.gapexplorer.model.Residual;
import org.gapexplorer.model.TextTokenizer;
import org.gapexplorer.model.chat.ChatTemplate;
import org.gapexplorer.model.chat.TokenizerConfig;
import org.gapexplorer.run.Datasets;
import org.gapexplorer.study.PromptTemplate;
import org.gapexplorer.study.StudyFile;

/** Changed study files, models, tokenizers, chat templates, benchmark files and queries. */
class StudyFuzzTest {
    private static final String TOKENIZER = """
            {"version":"1.0","truncation":null,"padding":null,"added_tokens":[{"id":0,"content":"<s>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true}],
            "normalizer":{"type":"Lowercase"},"pre_tokenizer":{"type":"Whitespace"},"post_processor":null,"decoder":null,
            "model":{"type":"WordLevel","vocab":{"<s>":0,"a":1,"bank":2,"[UNK]":3},"unk_token":"[UNK]"}}
            """;
    private static final String TEMPLATE = """
            {{ bos_token }}{% for message in messages %}{% if message['role'] == 'user' %}{{ '<u>' + message['content'] | trim + '</u>' }}{% else %}{{ message.content }}{% endif %}{% endfor %}{% if add_generation_prompt %}<a>{% endif %}""";
    private static final String SQL =
            "SELECT row_number() OVER () AS item, question, choices, answer FROM read_json(getvariable('items'))";
    private static final String ITEMS = """
            {"question": "How much is two and three?", "choices": ["six", "five"], "answer": 1}
            {"question": "Which day follows Monday?", "choices": ["Tuesday", "Sunday"], "answer": 0}
            """;

    @Provide
    Arbitrary<List<Edit>> edits() {
        return Edit.SOME;
    }

    @Provide
    Arbitrary<Seed> studies() throws IOException {
        try (var files = Files.list(Path.of("index/studies"))) {
            return Arbitraries.of(files.filter(f -> f.toString().endsWith(".yaml"))
                    .sorted()
                    .map(Seed::of)
                    .toList());
        }
    }

    @Property
    void studyFiles(@ForAll("studies") Seed seed, @ForAll("edits") List<Edit> edits) throws IOException {
        Hostile.reads(seed, 0, edits, StudyFile::read);
    }

    @Property
    void models(@ForAll("edits") List<Edit> edits) throws IOException {
        Seed seed = new Seed(
                "m.onnx", List.of("m.onnx"), List.of(PassThrough.model(4, 17).toBytes()));
        Hostile.reads(seed, 0, edits, path -> {
            OnnxGraph graph = OnnxGraph.load(path);
            graph.prunedTo(graph.outputs()).toBytes();
            return Residual.after(graph, 0);
        });
    }

    @Property
    void tokenizers(@ForAll("edits") List<Edit> edits) throws IOException {
        Hostile.reads(Seed.of("tokenizer.json", TOKENIZER), 0, edits, path -> {
            try (TextTokenizer tokenizer = TextTokenizer.load(path)) {
                return tokenizer.encode(List.of("a bank", ""), 16);
            }
        });
    }

    @Property
    void tokenizerConfigs(@ForAll("edits") List<Edit> edits) throws IOException {
        String config =
                "{\"bos_token\": {\"content\": \"<s>\"}, \"add_bos_token\": true, \"chat_template\": \"{{ messages }}\"}";
        Hostile.reads(Seed.of("tokenizer_config.json", config), 0, edits, path -> {
            TokenizerConfig.read(path);
            return TokenizerConfig.template(path);
        });
    }

    @Property
    void chatTemplates(@ForAll("edits") List<Edit> edits) throws IOException {
        Hostile.reads(Seed.of("chat_template.jinja", TEMPLATE), 0, edits, path -> {
            var settings = new ChatTemplate.Settings(Map.of("bos_token", "<s>"), "be kind", true, null);
            var template = ChatTemplate.read(
                    Files.readString(path, java.nio.charset.StandardCharsets.ISO_8859_1), "t", settings);
            return template.apply(new PromptTemplate.Prompt("Who?", new int[] {0, 4}));
        });
    }

    @Property
    void benchmarkFiles(@ForAll("edits") List<Edit> edits) throws IOException {
        Hostile.reads(
                Seed.of("items.jsonl", ITEMS),
                0,
                edits,
                path -> Datasets.datapoints("b", SQL, Map.of("items", List.of(path))));
    }

    @Property
    void queries(@ForAll("edits") List<Edit> edits) throws IOException {
        var seed = new Seed("queries", List.of("items.jsonl", "sql"), List.of(ITEMS.getBytes(), SQL.getBytes()));
        Hostile.reads(
                seed,
                1,
                edits,
                path -> Datasets.datapoints(
                        "b",
                        Files.readString(path.resolve("sql"), java.nio.charset.StandardCharsets.ISO_8859_1),
                        Map.of("items", List.of(path.resolve("items.jsonl")))));
    }
}
