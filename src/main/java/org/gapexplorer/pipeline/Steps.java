package org.gapexplorer.pipeline;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Map;
import java.util.TreeMap;
import org.gapexplorer.study.Problem;
import org.gapexplorer.study.Sha256;
import org.gapexplorer.study.WholeFile;

/**
 * Remembers in {@code steps.json} which steps of a run are finished, and for what inputs, so that a second run does only
 * what has changed. A step is entered once its files are on disk: a kill in between repeats the step, never skips it.
 */
final class Steps {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String NOTE = "note ";

    private final Path file;
    private final Map<String, String> done = new TreeMap<>();

    Steps(Path runFolder) {
        file = runFolder.resolve("steps.json");
        try {
            if (Files.exists(file)) {
                done.putAll(JSON.readValue(Files.readString(file), new TypeReference<Map<String, String>>() {}));
            }
        } catch (IOException e) {
            // An unreadable ledger only costs time: every step is taken as not done.
            done.clear();
        }
    }

    boolean done(String step, String key) {
        return key.equals(done.get(step));
    }

    /** Does a step unless it is done for the same inputs. */
    void run(String step, String key, Runnable work) {
        if (done(step, key)) {
            return;
        }
        forget(step);
        work.run();
        enter(step, key);
    }

    void enter(String step, String key) {
        done.put(step, key);
        write();
    }

    /** Keeps what a step found out beside its files: later calls, which skip the step, still know it. */
    void note(String name, String value) {
        enter(NOTE + name, value);
    }

    /** All that has been noted, by name. */
    Map<String, String> notes() {
        var notes = new TreeMap<String, String>();
        keys(NOTE).forEach((name, value) -> notes.put(name.substring(NOTE.length()), value));
        return notes;
    }

    /** The finished steps whose name begins so, with their keys. */
    Map<String, String> keys(String prefix) {
        var some = new TreeMap<String, String>();
        done.forEach((step, key) -> {
            if (step.startsWith(prefix)) {
                some.put(step, key);
            }
        });
        return some;
    }

    /** Takes a step as not done, before its files are changed. */
    void forget(String step) {
        if (done.remove(step) != null) {
            write();
        }
    }

    private void write() {
        try {
            Files.createDirectories(file.getParent());
            WholeFile.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(done));
        } catch (IOException e) {
            throw new Problem(
                    file.toString(),
                    "cannot be written (" + Problem.reason(e) + ")",
                    "free some space or choose a folder you may write to",
                    e);
        }
    }

    /** SHA-256 over the parts, each told apart from its neighbours. */
    static String key(Object... parts) {
        MessageDigest digest = Sha256.digest();
        for (Object part : parts) {
            byte[] bytes = String.valueOf(part).getBytes(StandardCharsets.UTF_8);
            digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
            digest.update(bytes);
        }
        return Sha256.hex(digest.digest());
    }
}
