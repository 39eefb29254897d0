package org.gapexplorer.lens;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gapexplorer.study.Problem;
import org.gapexplorer.study.SaeSettings;

/** The formats SAEs come in, told by the files that are there. */
enum SaeFormat {
    SAELENS(there(SaeFile.CONFIG, SaeFile.WEIGHTS)),
    SPARSIFY(there(SaeFile.CONFIG, SparsifyReader.WEIGHTS)),
    GEMMA_SCOPE(there("params.npz")),
    GEMMA_SCOPE_2(there("config.json", "params.safetensors")),
    DICTIONARY_LEARNING(there("config.json", "ae.pt")),
    LLAMA_SCOPE(there(LlamaScopeReader.CONFIG, LlamaScopeReader.WEIGHTS)),
    LLAMA_SCOPE_R1(
            folder -> there(LlamaScopeReader.SECOND_CONFIG, SaeFile.WEIGHTS).test(folder)
                    && !there(SaeFile.CONFIG).test(folder)),
    GOODFIRE(folder -> false);

    private static final int MAX_NAMED = 12;

    private final Predicate<Path> fits;

    SaeFormat(Predicate<Path> fits) {
        this.fits = fits;
    }

    private static Predicate<Path> there(String... files) {
        return folder -> Arrays.stream(files).allMatch(file -> Files.isRegularFile(folder.resolve(file)));
    }

    /** The name it has in a study. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static String ids() {
        return Arrays.stream(values()).map(SaeFormat::id).collect(Collectors.joining(", "));
    }

    /** The format named in the settings, else the one that the files show. */
    static SaeFormat of(Path source, SaeSettings settings) {
        if (settings.format() != null) {
            return Arrays.stream(values())
                    .filter(format -> format.id().equals(settings.format()))
                    .findFirst()
                    .orElseThrow(() -> new Problem(
                            "lens.sae, format",
                            "'" + settings.format() + "' is not one of " + ids(),
                            "name one of these"));
        }
        return Files.isDirectory(source) ? ofFolder(source) : ofFile(source);
    }

    private static SaeFormat ofFolder(Path folder) {
        List<SaeFormat> fitting = Arrays.stream(values())
                .filter(format -> format.fits.test(folder))
                .toList();
        if (fitting.size() == 1) {
            return fitting.getFirst();
        }
        if (fitting.size() > 1) {
            throw new Problem(
                    folder.toString(),
                    "holds SAEs of several formats ("
                            + fitting.stream().map(SaeFormat::id).collect(Collectors.joining(", ")) + ")",
                    "name one of them as lens.sae.format in the study");
        }
        List<Path> torch = files(folder).stream().filter(SaeFormat::isTorch).toList();
        if (torch.size() == 1) {
            return ofFile(torch.getFirst());
        }
        throw new Problem(
                folder.toString(),
                "is no SAE in a known format; it holds "
                        + (files(folder).isEmpty()
                                ? "no files"
                                : files(folder).stream()
                                        .limit(MAX_NAMED)
                                        .map(file -> file.getFileName().toString())
                                        .collect(Collectors.joining(", "))),
                "give the folder as its maker saved it, such as cfg.json with sae_weights.safetensors (SAELens); see"
                        + " docs/formats.md for all formats");
    }

    private static SaeFormat ofFile(Path file) {
        if (file.toString().endsWith(".npz")) {
            return GEMMA_SCOPE;
        }
        if (isTorch(file)) {
            try (TorchFile weights = TorchFile.open(file)) {
                if (weights.has("encoder_linear.weight")) {
                    return GOODFIRE;
                }
            }
            throw new Problem(
                    file.toString(),
                    "is a state dict that does not say how it is meant",
                    "give dictionary_learning's folder with its config.json, or, if activations are ReLU(Wx + b), write"
                            + " format: goodfire");
        }
        throw new Problem(
                file.toString(),
                "is no SAE in a known format",
                "give the folder that holds configuration and weights, or a .npz (Gemma Scope) or .pth (Goodfire) file");
    }

    private static boolean isTorch(Path file) {
        return file.toString().endsWith(".pth") || file.toString().endsWith(".pt");
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new Problem(folder.toString(), "cannot be read (" + Problem.reason(e) + ")", "check the folder", e);
        }
    }

    /** Reads the weights into the one form; of the settings only the scaling factor matters here. */
    Sae read(Path source, SaeSettings settings) {
        Sae sae = switch (this) {
            case SAELENS -> SaeLensReader.read(folder(source), settings);
            case SPARSIFY -> SparsifyReader.read(folder(source));
            case GEMMA_SCOPE -> GemmaScopeReader.first(file(source, ".npz"));
            case GEMMA_SCOPE_2 -> GemmaScopeReader.second(folder(source));
            case DICTIONARY_LEARNING -> TorchReader.dictionary(folder(source));
            case LLAMA_SCOPE -> LlamaScopeReader.first(folder(source));
            case LLAMA_SCOPE_R1 -> LlamaScopeReader.second(folder(source), settings);
            case GOODFIRE -> TorchReader.goodfire(file(source, ".pth", ".pt"));
        };
        return sae.with(sae.config().noting("format", id()));
    }

    private Path folder(Path source) {
        if (!Files.isDirectory(source)) {
            throw new Problem(
                    source.toString(), "is no folder, and SAEs of format " + id() + " are folders", "give the folder");
        }
        return source;
    }

    private Path file(Path source, String... endings) {
        if (!Files.isDirectory(source)) {
            return source;
        }
        List<Path> files = new ArrayList<>(files(source));
        files.removeIf(file -> Arrays.stream(endings).noneMatch(file.toString()::endsWith));
        if (files.size() != 1) {
            throw new Problem(
                    source.toString(),
                    "holds " + files.size() + " files ending in " + String.join(" or ", endings) + ", not one",
                    "give the file itself");
        }
        return files.getFirst();
    }
}
