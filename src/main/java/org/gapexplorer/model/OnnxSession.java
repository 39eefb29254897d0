package org.gapexplorer.model;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.gapexplorer.study.Problem;

/** A graph ready to run. Safe for use by several threads; close it when done. */
public final class OnnxSession implements AutoCloseable {
    private static final OrtEnvironment ENVIRONMENT =
            OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);

    private final String where;
    private final OrtSession session;
    private final OrtSession.SessionOptions options;
    private final ModelInputs inputs;
    private final List<OnnxTensor> weights;
    private final LongAdder nanos = new LongAdder();

    private OnnxSession(
            String where,
            OrtSession session,
            OrtSession.SessionOptions options,
            ModelInputs inputs,
            List<OnnxTensor> weights) {
        this.where = where;
        this.weights = weights;
        this.session = session;
        this.options = options;
        this.inputs = inputs;
    }

    /**
     * Settings of a session.
     *
     * @param device where it runs
     * @param threads threads within one operator on the CPU; 0 for one per core
     */
    public record Settings(Device device, int threads) {
        /** All cores of this machine. */
        public static final Settings CPU = new Settings(Device.CPU, 0);

        int threadCount() {
            return threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
        }
    }

    /**
     * Opens a graph.
     *
     * @throws Problem if ONNX Runtime refuses it, or the device is not there
     */
    public static OnnxSession open(OnnxGraph graph, Settings settings) {
        String where = graph.where();
        GraphProto nodes = settings.device() == Device.CPU ? Bfloat16.widened(graph.graph()) : graph.graph();
        Weights split = Weights.beside(nodes, graph.files());
        byte[] bytes = graph.with(split.graph()).bare();
        OrtSession.SessionOptions options = null;
        Map<String, OnnxTensorLike> weights = new LinkedHashMap<>();
        try {
            options = options(settings);
            for (Weights.Large weight : split.large()) {
                weights.put(
                        weight.name(),
                        OnnxTensor.createTensor(ENVIRONMENT, weight.bytes(), weight.dims(), weight.type()));
            }
            if (!weights.isEmpty()) {
                options.addExternalInitializers(weights);
            }
            OrtSession session = ENVIRONMENT.createSession(bytes, options);
            List<OnnxTensor> kept =
                    weights.values().stream().map(OnnxTensor.class::cast).toList();
            return new OnnxSession(
                    where,
                    session,
                    options,
                    new ModelInputs(where, signature(where, session), Embeddings.rows(nodes)),
                    kept);
        } catch (OrtException e) {
            weights.values().forEach(OnnxTensorLike::close);
            if (options != null) {
                options.close();
            }
            throw new Problem(
                    where,
                    "ONNX Runtime does not accept the model: " + e.getMessage(),
                    "check that the file is a complete ONNX export",
                    e);
        }
    }

    private static Map<String, TensorInfo> signature(String where, OrtSession session) throws OrtException {
        Map<String, TensorInfo> inputs = new LinkedHashMap<>();
        for (Map.Entry<String, NodeInfo> input : session.getInputInfo().entrySet()) {
            if (!(input.getValue().getInfo() instanceof TensorInfo tensor)) {
                throw new Problem(
                        where,
                        "its input '" + input.getKey() + "' is not a tensor",
                        "export the model with tensors as inputs");
            }
            inputs.put(input.getKey(), tensor);
        }
        return inputs;
    }

    private static OrtSession.SessionOptions options(Settings settings) throws OrtException {
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.setIntraOpNumThreads(settings.threadCount());
        options.setInterOpNumThreads(1);
        options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
        options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
        // batches differ in shape: a memory pattern would be planned, and kept, for each of them
        options.setMemoryPatternOptimization(false);
        if (settings.device() == Device.CUDA) {
            try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(0)) {
                // 19 bits of TF32 would cost three decimal places of every activation
                cuda.add("use_tf32", "0");
                // batches differ in size: growing by powers of two would keep up to twice what the largest needs
                cuda.add("arena_extend_strategy", "kSameAsRequested");
                options.addCUDA(cuda);
            } catch (OrtException e) {
                options.close();
                throw new Problem(
                        "device cuda",
                        "ONNX Runtime cannot use a CUDA GPU here",
                        "build on a machine with a GPU by GAPX_MAVEN_ARGS=-Pcuda ./gapx --version, or use the device cpu",
                        e);
            }
        }
        return options;
    }

    /** Time spent inside ONNX Runtime so far, in nanoseconds. */
    public long graphNanos() {
        return nanos.sum();
    }

    /**
     * Runs the graph once on some texts.
     *
     * @param more what to feed beside the texts' tokens, masks and positions
     * @return all outputs; close it
     * @throws Problem if the graph asks for an input that is not known here; it names them all
     */
    public Outputs run(TokenBatch batch, Map<String, Input> more) {
        inputs.requireKnown(more.keySet());
        inputs.requireWithin(batch);
        Map<String, OnnxTensor> feeds = new LinkedHashMap<>();
        try {
            for (String name : inputs.slots().keySet()) {
                Input given = more.get(name);
                feeds.put(name, given == null ? inputs.tensor(ENVIRONMENT, name, batch) : tensor(given));
            }
            long start = System.nanoTime();
            OrtSession.Result result = session.run(feeds);
            nanos.add(System.nanoTime() - start);
            return new Outputs(where, result);
        } catch (OrtException e) {
            throw new Problem(
                    where,
                    "the model failed while running: " + e.getMessage(),
                    "see the model's own inputs and limits",
                    e);
        } finally {
            feeds.values().forEach(OnnxTensor::close);
        }
    }

    private static OnnxTensor tensor(Input value) throws OrtException {
        return switch (value) {
            case Input.Floats floats -> OnnxTensor.createTensor(ENVIRONMENT, floats.values(), floats.shape());
            case Input.Longs longs -> OnnxTensor.createTensor(ENVIRONMENT, longs.values(), longs.shape());
        };
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException(where, e);
        } finally {
            options.close();
            weights.forEach(OnnxTensor::close);
        }
    }

    /** What is fed to one input. Direct buffers are passed on without a copy. */
    public sealed interface Input {
        /** int64 values. */
        record Longs(LongBuffer values, long... shape) implements Input {}

        /** float32 values. */
        record Floats(FloatBuffer values, long... shape) implements Input {}
    }

    /** What came out of one run. Buffers handed out are copies and outlive it. */
    public static final class Outputs implements AutoCloseable {
        private final String where;
        private final OrtSession.Result result;

        private Outputs(String where, OrtSession.Result result) {
            this.where = where;
            this.result = result;
        }

        /** A float32 output (float16 ones are widened), flat in row-major order. */
        public FloatBuffer floats(String name) {
            return tensor(name).getFloatBuffer();
        }

        /** An int32 output, flat in row-major order. */
        public IntBuffer ints(String name) {
            return tensor(name).getIntBuffer();
        }

        /** The dimensions of an output. */
        public long[] shape(String name) {
            return tensor(name).getInfo().getShape();
        }

        private OnnxTensor tensor(String name) {
            return (OnnxTensor) result.get(name)
                    .orElseThrow(() -> new Problem(where, "gave no output '" + name + "'", "check the model file"));
        }

        @Override
        public void close() {
            result.close();
        }
    }
}
