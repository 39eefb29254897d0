package org.gapexplorer.train;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.core.Embedding;
import ai.djl.training.GradientCollector;
import ai.djl.training.optimizer.Optimizer;
import java.util.SplittableRandom;
import org.gapexplorer.lens.Sae;
import org.gapexplorer.lens.SaeConfig;
import org.gapexplorer.study.Problem;
import org.gapexplorer.study.Progress;

/**
 * Trains a TopK sparse autoencoder on rows of activations, by autograd.
 *
 * <p>Which k concepts fire is found by one dense product without gradient; the loss is then built from these k rows of
 * encoder and decoder alone, so that forward and backward cost k and not all concepts. Gao et al., "Scaling and evaluating
 * sparse autoencoders" (2024), is where TopK and the auxiliary loss come from.
 */
final class SaeTrainer implements AutoCloseable {
    /** Rows whose gradient is taken at once: three gathers of k x width floats a row are held meanwhile. */
    private static final int SLICE = 1024;

    /** A concept counts as silent when it did not fire within this many tokens. */
    private static final long SILENT_AFTER = 150_000;

    private final ActivationStore rows;
    private final SaeSettings settings;
    private final Engine engine;
    private final NDManager manager;
    private final Optimizer adam;
    private final double[] mean;
    private final double scale;

    // W_enc transposed [concepts, width], b_enc [concepts, 1], and views of both; W_dec [concepts, width], b_dec
    // [width]
    private final NDArray encoder;
    private final NDArray encoderTransposed;
    private final NDArray encoderBias;
    private final NDArray encoderBiasRow;
    private final NDArray decoder;
    private final NDArray decoderBias;

    private final long[] lastFired;
    private final int[] order;
    private final SplittableRandom random;
    private final long steps;
    private long step;
    private long tokens;

    SaeTrainer(ActivationStore rows, SaeSettings settings) {
        this.rows = rows;
        this.settings = settings;
        engine = engine();
        engine.setRandomSeed((int) settings.seed());
        manager = NDManager.newBaseManager(Device.cpu(), engine.getEngineName());
        random = new SplittableRandom(settings.seed());
        steps = Math.max(1, Math.round(settings.epochs() * rows.rows() / settings.batch()));
        adam = Optimizer.adam()
                .optLearningRateTracker((name, update) -> settings.rate(step, steps))
                .build();
        mean = rows.mean();
        scale = Math.sqrt(rows.spread(mean) / rows.width());
        order = new int[rows.rows()];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        lastFired = new long[settings.concepts()];
        int width = rows.width();
        float[] start = directions();
        decoder = manager.create(start, new Shape(settings.concepts(), width));
        decoderBias = manager.create(scaledMean(), new Shape(width));
        encoder = manager.create(start, new Shape(settings.concepts(), width));
        encoderTransposed = encoder.transpose();
        encoderBias = manager.zeros(new Shape(settings.concepts(), 1));
        encoderBiasRow = encoderBias.reshape(1, -1);
        fitStart();
        for (NDArray parameter : new NDArray[] {decoder, decoderBias, encoder, encoderBias}) {
            parameter.setRequiresGradient(true);
        }
    }

    private static Engine engine() {
        try {
            return Engine.getEngine("PyTorch");
        } catch (EngineException | UnsatisfiedLinkError e) {
            throw new Problem(
                    "training",
                    "DJL's PyTorch engine cannot be loaded (" + e.getMessage() + ")",
                    "build with the Maven profile `train`, on Linux x86-64",
                    e);
        }
    }

    /** Runs all steps; {@code progress} hears of each and may take {@link #weights} in between. */
    void train(Progress progress) {
        while (step < steps) {
            step();
            progress.step("training", step, steps, "steps");
        }
    }

    long tokensSeen() {
        return tokens;
    }

    /** Concepts that did not fire lately. */
    int silent() {
        int count = 0;
        for (long fired : lastFired) {
            if (tokens - fired > SILENT_AFTER) {
                count++;
            }
        }
        return count;
    }

    private void step() {
        NDArray mask = silentMask();
        int done = 0;
        while (done < settings.batch()) {
            int n = Math.min(SLICE, settings.batch() - done);
            slice(n, done == 0 ? mask : null);
            done += n;
        }
        if (mask != null) {
            mask.close();
        }
        update("encoder", encoder);
        update("encoder bias", encoderBias);
        update("decoder", decoder);
        update("decoder bias", decoderBias);
        try (NDArray norms = decoder.norm(new int[] {1}, true)) {
            decoder.divi(norms);
        }
        step++;
    }

    private void update(String name, NDArray parameter) {
        try (NDArray gradient = parameter.getGradient()) {
            adam.update(name, parameter, gradient);
            gradient.subi(gradient);
        }
    }

    /** Adds the gradient of {@code n} rows. */
    private void slice(int n, NDArray silentMask) {
        try (NDManager scratch = manager.newSubManager()) {
            NDArray x = scratch.create(nextRows(n), new Shape(n, rows.width()));
            NDArray z = x.matMul(encoderTransposed).addi(encoderBiasRow);
            NDArray index = z.topK(settings.k(), 1, true, false).get(1);
            try (GradientCollector collector = engine.newGradientCollector()) {
                NDArray rebuilt = rebuild(x, index).add(decoderBias);
                NDArray error = x.sub(rebuilt);
                NDArray loss = error.square().sum();
                if (silentMask != null) {
                    int count = Math.min(settings.k(), silent());
                    NDArray revived =
                            z.add(silentMask).topK(count, 1, true, false).get(1);
                    NDArray missed = error.stopGradient().sub(rebuild(x, revived));
                    double share = settings.auxiliary() * settings.batch() / n;
                    loss = loss.add(missed.square().sum().mul(share));
                }
                collector.backward(loss.div(settings.batch()));
            }
            note(index.toLongArray(), n);
        }
    }

    /** What the concepts {@code index} [n, k] make of {@code x} [n, width], without b_dec. */
    private NDArray rebuild(NDArray x, NDArray index) {
        NDArray directions =
                Embedding.embedding(index, encoder, SparseFormat.DENSE).get(0);
        NDArray biases =
                Embedding.embedding(index, encoderBias, SparseFormat.DENSE).get(0);
        NDArray acts = directions
                .batchMatMul(x.expandDims(2))
                .add(biases)
                .getNDArrayInternal()
                .relu();
        NDArray atoms = Embedding.embedding(index, decoder, SparseFormat.DENSE).get(0);
        return acts.transpose(0, 2, 1).batchMatMul(atoms).squeeze(1);
    }

    private void note(long[] index, int n) {
        tokens += n;
        for (long concept : index) {
            lastFired[(int) concept] = tokens;
        }
    }

    /** [1, concepts]: 0 for silent concepts, a very negative number for the others; null while none is silent. */
    private NDArray silentMask() {
        if (settings.auxiliary() == 0 || silent() == 0) {
            return null;
        }
        float[] mask = new float[lastFired.length];
        for (int c = 0; c < mask.length; c++) {
            mask[c] = tokens - lastFired[c] > SILENT_AFTER ? 0 : -1e9f;
        }
        return manager.create(mask, new Shape(1, mask.length));
    }

    /** The next {@code n} rows in shuffled order, divided by the scale. */
    private float[] nextRows(int n) {
        float[] x = new float[n * rows.width()];
        for (int i = 0; i < n; i++) {
            int at = (int) ((tokens + i) % order.length);
            if (at == 0) {
                shuffle();
            }
            rows.copy(order[at], x, i * rows.width());
        }
        float factor = (float) (1 / scale);
        for (int i = 0; i < x.length; i++) {
            x[i] *= factor;
        }
        return x;
    }

    private void shuffle() {
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swap = order[i];
            order[i] = order[j];
            order[j] = swap;
        }
    }

    /** Starting directions [concepts, width] of length 1: centred rows of the data, half noise, so none stands apart. */
    private float[] directions() {
        int width = rows.width();
        float[] start = new float[settings.concepts() * width];
        float[] row = new float[width];
        for (int c = 0; c < settings.concepts(); c++) {
            rows.copy(random.nextInt(rows.rows()), row, 0);
            double norm = 0;
            double[] mixed = new double[width];
            for (int i = 0; i < width; i++) {
                mixed[i] = (row[i] - mean[i]) / scale + random.nextGaussian();
                norm += mixed[i] * mixed[i];
            }
            norm = Math.sqrt(norm);
            for (int i = 0; i < width; i++) {
                start[c * width + i] = (float) (mixed[i] / norm);
            }
        }
        return start;
    }

    private float[] scaledMean() {
        float[] scaled = new float[mean.length];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = (float) (mean[i] / scale);
        }
        return scaled;
    }

    /** b_enc = -mean W_enc, and the encoder's length by least squares, so that the first x_hat has the size of x. */
    private void fitStart() {
        try (NDManager scratch = manager.newSubManager()) {
            int n = Math.min(SLICE, rows.rows());
            float[] first = new float[n * rows.width()];
            for (int i = 0; i < n; i++) {
                rows.copy(random.nextInt(rows.rows()), first, i * rows.width());
            }
            NDArray x = scratch.create(first, new Shape(n, rows.width()))
                    .divi((float) scale)
                    .subi(decoderBias);
            NDArray z = x.matMul(encoderTransposed);
            NDList top = z.topK(settings.k(), 1, true, false);
            NDArray acts = z.zerosLike().scatter(top.get(1), top.get(0), 1);
            NDArray rebuilt = acts.matMul(decoder);
            float fit = x.mul(rebuilt).sum().div(rebuilt.square().sum()).getFloat();
            encoder.muli(fit);
            NDArray centre = scratch.create(scaledMean(), new Shape(rows.width(), 1));
            NDArray bias = encoder.matMul(centre);
            bias.attach(scratch);
            encoderBias.subi(bias);
        }
    }

    /** The weights as they stand, for activations in their own scale. */
    Sae weights(String modelName, String hookName) {
        int width = rows.width();
        int concepts = settings.concepts();
        SaeConfig config = new SaeConfig(
                SaeConfig.Architecture.TOPK,
                width,
                concepts,
                settings.k(),
                false,
                SaeConfig.Normalisation.NONE,
                modelName,
                hookName);
        try (NDArray wide = encoderTransposed.duplicate()) {
            return new Sae(
                    config,
                    wide.toFloatArray(),
                    times(encoderBias.toFloatArray(), scale),
                    decoder.toFloatArray(),
                    times(decoderBias.toFloatArray(), scale),
                    null);
        }
    }

    private static float[] times(float[] values, double factor) {
        for (int i = 0; i < values.length; i++) {
            values[i] *= (float) factor;
        }
        return values;
    }

    @Override
    public void close() {
        manager.close();
    }
}
