package org.gapexplorer.label.published;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.gapexplorer.label.LabelText;
import org.gapexplorer.study.Problem;

/** A folder as delphi writes it: {@code explanations/{module}_latent{i}.txt}, each file one JSON string. */
final class Delphi {
    static final Pattern NAME = Pattern.compile("(.+)_latent(\\d{1,8})\\.txt");
    private static final long MAX_BYTES = 1 << 16;
    private static final ObjectMapper JSON = new ObjectMapper();

    private Delphi() {}

    /**
     * @param path the folder of files, or the folder that holds {@code explanations}
     * @param module take this module's files; null where there is one module
     */
    static Map<Integer, String> read(Path path, String module) {
        Path inner = path.resolve("explanations");
        Path folder = Files.isDirectory(inner) ? inner : path;
        var labels = new HashMap<Integer, String>();
        var modules = new TreeSet<String>();
        for (Path file : files(folder)) {
            Matcher name = NAME.matcher(file.getFileName().toString());
            if (name.matches()) {
                modules.add(name.group(1));
                int concept = LabelText.concept(name.group(2));
                String label = module == null || module.equals(name.group(1)) ? text(file) : null;
                if (label != null && concept >= 0) {
                    labels.put(concept, label);
                }
            }
        }
        boolean known = module == null ? modules.size() < 2 : modules.contains(module);
        if (!known) {
            throw new Problem(
                    folder.toString(),
                    "holds labels of " + modules.size() + " modules"
                            + (module == null ? "" : ", none of them " + module),
                    "say which with module: " + String.join(" or ", modules));
        }
        return labels;
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new Problem(folder.toString(), "cannot be read (" + Problem.reason(e) + ")", "check the path", e);
        }
    }

    private static String text(Path file) {
        String remedy = "each file holds one JSON string";
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new Problem(file.toString(), "is larger than any label", remedy);
            }
            JsonNode text = JSON.readTree(Files.readAllBytes(file));
            if (!text.isTextual()) {
                throw new Problem(file.toString(), "is not a JSON string", remedy);
            }
            return LabelText.clean(text.textValue());
        } catch (JsonProcessingException e) {
            throw new Problem(file.toString(), "is not JSON (" + e.getOriginalMessage() + ")", remedy, e);
        } catch (IOException e) {
            throw new Problem(file.toString(), "cannot be read (" + Problem.reason(e) + ")", "check the path", e);
        }
    }
}
