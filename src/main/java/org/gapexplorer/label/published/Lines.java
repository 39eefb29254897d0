package org.gapexplorer.label.published;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.apache.commons.io.input.BoundedInputStream;
import org.gapexplorer.study.BoundedLine;
import org.gapexplorer.study.LabelSource.Format;
import org.gapexplorer.study.Problem;

/** One JSON object a line, plain or gzipped; a line and a file longer than any real one are refused. */
final class Lines {
    /** Neuronpedia's lines may hold an embedding of a few thousand numbers. */
    private static final int MAX_LINE = 1 << 20;
    /** Of the text, after decompression. */
    private static final long MAX_BYTES = 8L << 30;
    /** Bytes that may come out of one packed byte; labels shrink some tenfold. */
    private static final long MAX_RATIO = 200;

    private static final long ALWAYS = 64L << 20;

    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(16).build())
            .build());

    private Lines() {}

    /** Takes a line's object. */
    interface Taker {
        /** @param where file and line, for a complaint */
        boolean take(String where, JsonNode object);
    }

    /** Gives every line's object, until the taker says false; blank lines are skipped. */
    static void each(Path file, Taker taker) {
        try (Reader reader = open(file)) {
            int number = 1;
            for (String line = BoundedLine.read(reader, file, number, MAX_LINE);
                    line != null;
                    line = BoundedLine.read(reader, file, ++number, MAX_LINE)) {
                String where = file + ", line " + number;
                if (!line.isBlank() && !taker.take(where, object(where, line))) {
                    return;
                }
            }
        } catch (CharacterCodingException e) {
            throw new Problem(file.toString(), "is not valid UTF-8", "save it as UTF-8", e);
        } catch (IOException e) {
            throw new Problem(
                    file.toString(), "cannot be read (" + Problem.reason(e) + ")", "check it, or fetch it again", e);
        }
    }

    /** The format that the first line tells. */
    static Format format(Path file) {
        Format[] told = {Format.JSONL};
        each(file, (where, object) -> {
            if (object.has("concept") && object.has("kind") && object.has("label")) {
                told[0] = Format.GAP_EXPLORER;
            } else if (object.has("index") && object.has("description") && object.has("modelId")) {
                told[0] = Format.NEURONPEDIA;
            }
            return false;
        });
        return told[0];
    }

    /** The text of a file, decompressed where its name ends in {@code .gz}. */
    static Reader open(Path file) throws IOException {
        InputStream bytes = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        long most = MAX_BYTES;
        if (file.getFileName().toString().endsWith(".gz")) {
            bytes = new GZIPInputStream(bytes, 1 << 16);
            most = Math.min(most, ALWAYS + MAX_RATIO * Files.size(file));
        }
        InputStream bounded = BoundedInputStream.builder()
                .setInputStream(bytes)
                .setMaxCount(most)
                .setOnMaxCount((bound, read) -> {
                    throw new Problem(
                            file.toString(),
                            "holds more than " + (bound >> 20) + " MB of text",
                            "split it, or check where it comes from");
                })
                .get();
        return new java.io.BufferedReader(new InputStreamReader(bounded, StandardCharsets.UTF_8.newDecoder()), 1 << 16);
    }

    private static JsonNode object(String where, String line) {
        try {
            JsonNode object = JSON.readTree(line);
            if (object.isObject()) {
                return object;
            }
        } catch (JsonProcessingException e) {
            throw new Problem(
                    where, "is not JSON (" + e.getOriginalMessage() + ")", "mend the line or fetch the file again", e);
        }
        throw new Problem(where, "is not a JSON object", "give a file with one JSON object a line");
    }
}
