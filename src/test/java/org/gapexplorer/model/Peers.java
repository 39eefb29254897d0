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
import java.util.zip.GZIPInputStream;

/** Tiny random decoders that PyTorch's exporters wrote; see src/test/peers/tiny_decoders.py. */
public final class Peers {
    public static final Path FOLDER =
            Path.of("src/test/resources/peers/decoders").toAbsolutePath();

    private Peers() {}

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
        try {
            return new ObjectMapper()
                    .readTree(FOLDER.resolve(decoder).resolve("expected.json").toFile());
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

    static float[] floats(JsonNode base64) {
        ByteBuffer bytes =
                ByteBuffer.wrap(Base64.getDecoder().decode(base64.asText())).order(ByteOrder.LITTLE_ENDIAN);
        float[] values = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(values);
        return values;
    }
}
