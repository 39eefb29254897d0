package org.gapexplorer.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/** Tiny random decoders that PyTorch's exporters wrote; see src/test/peers/tiny_decoders.py. */
public final class Peers {
    public static final Path FOLDER =
            Path.of("src/test/resources/peers/decoders").toAbsolutePath();

    /** A folder of more decoders: every exporter, every type of number, SmolLM2. */
    private static final String MORE = "GAPX_TINY_DECODERS";

    private Peers() {}

    /** Folders of decoders: the test's resources, and the one that the environment names. */
    public static List<Path> folders() {
        String more = System.getenv(MORE);
        return more == null ? List.of(FOLDER) : List.of(FOLDER, Path.of(more));
    }

    /** The model in a folder, as it is or compressed. */
    public static OnnxGraph model(Path folder) {
        Path plain = folder.resolve("model.onnx");
        return Files.exists(plain)
                ? OnnxGraph.load(plain)
                : OnnxGraph.load(unpacked(folder.resolve("model.onnx.gz")), folder.toString());
    }

    public static byte[] unpacked(Path gz) {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(gz))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static TextTokenizer tokenizer(String decoder) {
        return TextTokenizer.load(FOLDER.resolve(decoder).resolve("tokenizer.json"));
    }

    /** What PyTorch computed. */
    public static JsonNode expected(String decoder) {
        return json(FOLDER.resolve(decoder).resolve("expected.json"));
    }

    public static JsonNode json(Path file) {
        try {
            return new ObjectMapper().readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** [tokens][width] after a block. */
    public static float[][] rows(JsonNode text, int block, int width) {
        float[] flat = floats(text.get("residuals").get(block));
        float[][] rows = new float[flat.length / width][width];
        for (int t = 0; t < rows.length; t++) {
            System.arraycopy(flat, t * width, rows[t], 0, width);
        }
        return rows;
    }

    /** How far an export may be from PyTorch in float32, relative: rounding grows from block to block. */
    public static double tolerance(Path decoder, String variant) {
        double precision = switch (variant) {
            // random weights suffer more from rounding than trained ones
            case "fp16", "fp16_past", "fp16_legacy", "fp16_converted" -> 0.02;
            case "bf16", "nbits8" -> 0.1;
            case "int8" -> 0.5;
            case "genai_int4" -> 1;
            default -> 1e-3;
        };
        return Math.max(precision, exporter(decoder, variant));
    }

    /** What an exporter changes: Optimum leaves Gemma 2's softcapping out, and the last of these start from its export. */
    private static double exporter(Path decoder, String variant) {
        boolean optimum = variant.startsWith("optimum")
                || Set.of("merged", "nameless", "one_data_file", "many_data_files", "fp16_converted")
                        .contains(variant);
        return optimum && decoder.endsWith("gemma2") ? 0.02 : 0;
    }

    /** float32 values, little-endian. */
    public static float[] floats(JsonNode base64) {
        ByteBuffer bytes =
                ByteBuffer.wrap(Base64.getDecoder().decode(base64.asText())).order(ByteOrder.LITTLE_ENDIAN);
        float[] values = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(values);
        return values;
    }
}
