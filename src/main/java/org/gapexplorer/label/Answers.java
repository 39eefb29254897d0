package org.gapexplorer.label;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.gapexplorer.study.Problem;

/**
 * The answers of an explainer, kept one a line as they come, since each has cost something. A line that was cut off by an
 * interruption is dropped when the file is opened again.
 */
final class Answers implements Closeable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long MAX_BYTES = 1L << 30;

    private final Path file;
    private final String lens;
    private final FileChannel channel;
    private final Map<Integer, Given> given = new TreeMap<>();
    private long tokens;

    /**
     * One line.
     *
     * @param label what was answered, cleaned; empty where nothing came, which has only cost something
     * @param explainer who answered
     * @param tokens used
     * @param lens whose concept it is; null in files of earlier versions
     */
    record Given(
            int concept,
            String label,
            String explainer,
            long tokens,
            @JsonInclude(JsonInclude.Include.NON_NULL) String lens) {}

    private Answers(Path file, String lens, FileChannel channel) {
        this.file = file;
        this.lens = lens;
        this.channel = channel;
    }

    /**
     * Opens the file, or begins it.
     *
     * @param lens whose concepts are asked for; answers of another are refused
     */
    static Answers open(Path file, String lens) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            var answers = new Answers(file, lens, channel);
            try {
                answers.read();
                return answers;
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new Problem(
                    file.toString(), "cannot be written (" + Problem.reason(e) + ")", "choose another place", e);
        }
    }

    private void read() throws IOException {
        if (channel.size() > MAX_BYTES) {
            throw new Problem(file.toString(), "is larger than answers can be", "name another file with --out");
        }
        byte[] bytes = Files.readAllBytes(file);
        int start = 0;
        int number = 1;
        for (int end = next(bytes, 0); end >= 0; end = next(bytes, start)) {
            take(new String(bytes, start, end - start, StandardCharsets.UTF_8), number++);
            start = end + 1;
        }
        channel.truncate(start);
        channel.position(start);
    }

    private static int next(byte[] bytes, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private void take(String line, int number) {
        try {
            Given one = JSON.readValue(line, Given.class);
            requireSame(one.lens, number);
            add(one);
        } catch (JsonProcessingException e) {
            throw new Problem(
                    file + ", line " + number,
                    "is no answer (" + e.getOriginalMessage() + ")",
                    "name another file with --out, or delete this one to ask everything again",
                    e);
        }
    }

    private void requireSame(String other, int number) {
        if (other != null && !other.equals(lens)) {
            throw new Problem(
                    file + ", line " + number,
                    "is an answer of the lens " + other + ", and the study's is " + lens,
                    "name another file with --out, or give the study of that lens");
        }
    }

    private void add(Given one) {
        tokens += one.tokens;
        if (!one.label.isEmpty()) {
            given.put(one.concept, one);
        }
    }

    /** All so far that say something, by concept. */
    Map<Integer, Given> given() {
        return Collections.unmodifiableMap(given);
    }

    /** Used by all answers so far, those that say nothing included. */
    long tokens() {
        return tokens;
    }

    /** Keeps an answer; it is on the disk when this returns. */
    void keep(int concept, String label, String explainer, long used) {
        Given one = new Given(concept, label, explainer, used, lens);
        try {
            ByteBuffer line = ByteBuffer.wrap((JSON.writeValueAsString(one) + "\n").getBytes(StandardCharsets.UTF_8));
            while (line.hasRemaining()) {
                channel.write(line);
            }
            channel.force(false);
        } catch (IOException e) {
            throw new Problem(
                    file.toString(), "cannot be written (" + Problem.reason(e) + ")", "free some space, then go on", e);
        }
        add(one);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
