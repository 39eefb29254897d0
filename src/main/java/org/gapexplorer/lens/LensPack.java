package org.gapexplorer.lens;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.io.FileUtils;
import org.gapexplorer.model.OnnxGraph;
import org.gapexplorer.model.OnnxSession;
import org.gapexplorer.model.TextTokenizer;
import org.gapexplorer.model.TextTokenizer.Framing;
import org.gapexplorer.study.Problem;

/**
 * A lens in a folder of its own, to be read without the study's sources: the model up to the lens's layer, the tokenizer,
 * the SAE. The explorer reads visitors' texts with it.
 *
 * @param tokenizer the lens's, closed with it
 */
public record LensPack(Lens lens, TextTokenizer tokenizer) implements AutoCloseable {
    /** Larger weights, of model and SAE, stay out of the pack: snapshots are copied about, and memory is limited. */
    public static final long LARGEST = 512L << 20;

    private static final String MODEL = "model.onnx";
    private static final String TOKENIZER = "tokenizer.json";
    private static final String SETTINGS = "lens.json";
    private static final String SAE = "sae";
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * What the files do not say themselves.
     *
     * @param framing the special tokens around a text; null where the tokenizer's own file says it all
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Settings(String tensor, int maxTokens, Framing framing) {}

    /**
     * Writes the folder anew; whatever stood there goes first, for its files may be linked from elsewhere.
     *
     * @return whether it was written: a lens of more than {@link #LARGEST} bytes is not
     */
    public static boolean write(Path folder, Lens lens, TextTokenizer tokenizer) {
        try {
            FileUtils.deleteDirectory(folder.toFile());
            if (lens.model().weightBytes() + lens.sae().bytes() > LARGEST) {
                return false;
            }
            Files.createDirectories(folder);
            Files.write(folder.resolve(MODEL), lens.model().toBytes());
            Files.write(folder.resolve(TOKENIZER), tokenizer.json());
            SaeFile.write(folder.resolve(SAE), lens.sae());
            Framing framing = tokenizer.framing().equals(Framing.FILE) ? null : tokenizer.framing();
            JSON.writeValue(folder.resolve(SETTINGS).toFile(), new Settings(lens.tensor(), lens.maxTokens(), framing));
            return true;
        } catch (IOException e) {
            throw new Problem(
                    folder.toString(),
                    "the lens cannot be written (" + Problem.reason(e) + ")",
                    "free some space or choose a folder you may write to",
                    e);
        }
    }

    /** Takes a folder away that {@link #write} may have written. */
    public static void remove(Path folder) {
        try {
            FileUtils.deleteDirectory(folder.toFile());
        } catch (IOException e) {
            throw new Problem(
                    folder.toString(), "cannot be removed (" + Problem.reason(e) + ")", "remove it by hand", e);
        }
    }

    /** Opens a folder that {@link #write} wrote. */
    public static LensPack open(Path folder, OnnxSession.Settings session) {
        Settings settings;
        try {
            settings = JSON.readValue(folder.resolve(SETTINGS).toFile(), Settings.class);
        } catch (IOException e) {
            throw new Problem(
                    folder.resolve(SETTINGS).toString(),
                    "is missing or damaged",
                    "build the snapshot again from its run folder",
                    e);
        }
        TextTokenizer tokenizer = tokenizer(folder.resolve(TOKENIZER), settings);
        try {
            OnnxGraph model = OnnxGraph.load(folder.resolve(MODEL));
            Sae sae = SaeFile.read(folder.resolve(SAE));
            return new LensPack(
                    Lens.open(model, settings.tensor(), sae, tokenizer, settings.maxTokens(), session), tokenizer);
        } catch (RuntimeException e) {
            tokenizer.close();
            throw e;
        }
    }

    private static TextTokenizer tokenizer(Path file, Settings settings) {
        return settings.framing() == null ? TextTokenizer.load(file) : TextTokenizer.load(file, settings.framing());
    }

    @Override
    public void close() {
        lens.close();
        tokenizer.close();
    }
}
