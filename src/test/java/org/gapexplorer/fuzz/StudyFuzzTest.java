package org.gapexplorer.fuzz;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
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
import org.gapexplorer.model.Device;
import org.gapexplorer.model.OnnxGraph;
import org.gapexplorer.model.OnnxSession;
import org.gapexplorer.model.PassThrough;
import org.gapexplorer.model.Residual;
import org.gapexplorer.model.chat.ChatTemplate;
import org.gapexplorer.model.chat.TokenizerConfig;
import org.gapexplorer.study.Problem;
import org.gapexplorer.study.PromptTemplate;
import org.gapexplorer.study.StudyFile;

/** Changed study files, models, configurations of tokenizers, and chat templates. */
class StudyFuzzTest {
    private static final String TEMPLATE = """
            {{ bos_token }}{% for message in messages %}{% if message['role'] == 'user' %}{{ '<u>' + message['content'] | trim + '</u>' }}{% else %}{{ message.content }}{% endif %}{% endfor %}{% if add_generation_prompt %}<a>{% endif %}""";

    /** Rows of width 4 times a matrix that lies in a file of its own. */
    private static final Seed SPLIT = split();

    private static Seed split() {
        TensorProto weight = TensorProto.newBuilder()
                .setName("w")
                .setDataType(TensorProto.DataType.FLOAT.getNumber())
                .addDims(4)
                .addDims(4)
                .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                .addExternalData(entry("location", "a.bin"))
                .addExternalData(entry("offset", "16"))
                .addExternalData(entry("length", "64"))
                .build();
        GraphProto graph = GraphProto.newBuilder()
                .setName("product")
                .addInput(rows("rows"))
                .addOutput(rows("hidden"))
                .addInitializer(weight)
                .addNode(NodeProto.newBuilder()
                        .setOpType("MatMul")
                        .addInput("rows")
                        .addInput("w")
                        .addOutput("hidden"))
                .build();
        ModelProto model = ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
                .setGraph(graph)
                .build();
        return new Seed("split", List.of("a.bin", "m.onnx"), List.of(new byte[96], model.toByteArray()));
    }

    private static StringStringEntryProto entry(String key, String value) {
        return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
    }

    private static ValueInfoProto rows(String name) {
        TensorShapeProto shape = TensorShapeProto.newBuilder()
                .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("texts"))
                .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("tokens"))
                .addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(4))
                .build();
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(TensorProto.DataType.FLOAT.getNumber())
                                .setShape(shape)))
                .build();
    }

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
    void studyFiles(@ForAll("studies") Seed seed, @ForAll("edits") List<Edit> edits) throws Exception {
        Hostile.reads(seed, 0, edits, StudyFile::read);
    }

    @Property
    void models(@ForAll("edits") List<Edit> edits) throws Exception {
        Seed seed = Seed.of("m.onnx", PassThrough.model(4, 17).toBytes());
        Hostile.reads(seed, 0, edits, StudyFuzzTest::residual);
    }

    @Property
    void modelsWithWeightsBeside(@ForAll("edits") List<Edit> edits) throws Exception {
        Hostile.reads(SPLIT, 1, edits, folder -> residual(folder.resolve("m.onnx")));
    }

    private static Object residual(Path path) {
        OnnxGraph graph = OnnxGraph.load(path);
        graph.prunedTo(graph.outputs()).toBytes();
        try {
            return Residual.after(graph, 0);
        } catch (Problem e) {
            // a graph without blocks, as the unchanged one
            return graph;
        }
    }

    @Property
    void modelsInOnnxRuntime(@ForAll("edits") List<Edit> edits) throws Exception {
        Hostile.reads(SPLIT, 1, edits, folder -> {
            OnnxGraph graph = OnnxGraph.load(folder.resolve("m.onnx"));
            try (OnnxSession session = OnnxSession.open(graph, new OnnxSession.Settings(Device.CPU, 1))) {
                return session.graphNanos();
            }
        });
    }

    @Property
    void tokenizerConfigs(@ForAll("edits") List<Edit> edits) throws Exception {
        String config =
                "{\"bos_token\": {\"content\": \"<s>\"}, \"add_bos_token\": true, \"chat_template\": \"{{ messages }}\"}";
        Hostile.reads(Seed.of("tokenizer_config.json", config), 0, edits, path -> {
            TokenizerConfig.read(path);
            return TokenizerConfig.template(path);
        });
    }

    @Property
    void chatTemplates(@ForAll("edits") List<Edit> edits) throws Exception {
        Hostile.reads(Seed.of("chat_template.jinja", TEMPLATE), 0, edits, path -> {
            var settings = new ChatTemplate.Settings(Map.of("bos_token", "<s>"), "be kind", true, null);
            var template = ChatTemplate.read(
                    Files.readString(path, java.nio.charset.StandardCharsets.ISO_8859_1), "t", settings);
            return template.apply(new PromptTemplate.Prompt("Who?", new int[] {0, 4}));
        });
    }
}
