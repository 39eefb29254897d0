package org.gapexplorer.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.gapexplorer.model.OnnxGraph;
import org.gapexplorer.source.Sources;
import org.gapexplorer.study.Folders;
import org.gapexplorer.study.Problem;
import org.gapexplorer.study.Progress;
import org.gapexplorer.study.Sha256;
import org.gapexplorer.study.SourceRef;

/** The files a study names, fetched once each, with the sha256 of what came. */
final class Inputs {
    /** SAEs keep their weights one folder down at most. */
    private static final int MAX_DEPTH = 3;

    private final Sources sources;
    private final Progress progress;
    private final Map<String, Path> paths = new LinkedHashMap<>();
    private final Map<String, String> hashes = new TreeMap<>();
    private final Map<List<Object>, String> models = new HashMap<>();

    Inputs(Sources sources, Progress progress) {
        this.sources = sources;
        this.progress = progress;
    }

    Path path(SourceRef source) {
        return paths.computeIfAbsent(source.uri(), uri -> sources.fetch(source, progress));
    }

    /** Name to fetched files, as a query sees them. */
    Map<String, List<Path>> paths(Map<String, List<SourceRef>> files) {
        var fetched = new LinkedHashMap<String, List<Path>>();
        files.forEach(
                (name, refs) -> fetched.put(name, refs.stream().map(this::path).toList()));
        return fetched;
    }

    /** SHA-256 of a file, or of a folder's regular files by their paths in it. */
    String hash(SourceRef source) {
        return hash(source.uri(), path(source));
    }

    /**
     * Changes with any byte of a model: of its own file, and of the data files that it keeps weights in.
     *
     * @param data those of them that the study names
     */
    String hash(SourceRef model, List<SourceRef> data) {
        return models.computeIfAbsent(List.of(model, data), key -> {
            OnnxGraph graph =
                    OnnxGraph.load(path(model), data.stream().map(this::path).toList());
            var parts = new TreeMap<String, String>();
            graph.dataFiles().forEach((name, file) -> parts.put(name, hash(source(model, name, file, data), file)));
            return parts.isEmpty() ? hash(model) : Steps.key(hash(model), parts);
        });
    }

    private String hash(String uri, Path file) {
        return hashes.computeIfAbsent(uri, u -> hash(file));
    }

    /** What a data file is called in the study, or, where the study is silent, beside the model. */
    private String source(SourceRef model, String name, Path file, List<SourceRef> data) {
        String beside = model.uri().replaceFirst("(?<=[:/!])[^:/!]*$", "") + name;
        return data.stream()
                .filter(source -> path(source).equals(file))
                .findFirst()
                .map(SourceRef::uri)
                .orElse(beside);
    }

    String hashes(Map<String, List<SourceRef>> files) {
        var parts = new TreeMap<String, List<String>>();
        files.forEach(
                (name, refs) -> parts.put(name, refs.stream().map(this::hash).toList()));
        return parts.toString();
    }

    /** What has been hashed so far: uri to sha256. */
    Map<String, String> hashed() {
        return Map.copyOf(hashes);
    }

    private static String hash(Path path) {
        try {
            if (!Files.isDirectory(path)) {
                return Sha256.of(path);
            }
            var parts = new TreeMap<String, String>();
            for (Path file : Folders.files(path, MAX_DEPTH)) {
                parts.put(path.relativize(file).toString(), Sha256.of(file));
            }
            return Steps.key(parts);
        } catch (IOException e) {
            throw new Problem(path.toString(), "cannot be read (" + Problem.reason(e) + ")", "check the file", e);
        }
    }
}
