package org.gapexplorer.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.gapexplorer.fuzz.Hostile.Seed;
import org.gapexplorer.lens.SaeFile;
import org.gapexplorer.study.SaeSettings;

/** Changed SAE files: of every format, as its own library wrote them. */
class SaeFuzzTest {
    private static final Path PEERS = Path.of("src/test/resources/peers/sae");

    private static Arbitrary<Seed> named(String prefix) {
        try (Stream<Path> folders = Files.list(PEERS)) {
            List<Seed> seeds = folders.filter(Files::isDirectory)
                    .filter(folder -> folder.getFileName().toString().startsWith(prefix))
                    .sorted()
                    .map(Seed::of)
                    .toList();
            return Arbitraries.of(seeds);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Provide
    Arbitrary<List<Edit>> edits() {
        return Edit.SOME;
    }

    @Provide
    Arbitrary<Seed> saelens() {
        return named("saelens");
    }

    @Provide
    Arbitrary<Seed> gemmaScope() {
        return named("gemma-scope");
    }

    @Provide
    Arbitrary<Seed> goodfire() {
        return named("goodfire");
    }

    @Provide
    Arbitrary<Seed> sparsify() {
        return named("sparsify");
    }

    @Provide
    Arbitrary<Seed> dictionary() {
        return named("dictionary");
    }

    @Provide
    Arbitrary<Seed> llamaScope() {
        return named("llama-scope");
    }

    @Property
    void saelensFiles(@ForAll("saelens") Seed seed, @ForAll int file, @ForAll("edits") List<Edit> edits)
            throws Exception {
        read(seed, file, edits);
    }

    @Property
    void gemmaScopeFiles(@ForAll("gemmaScope") Seed seed, @ForAll int file, @ForAll("edits") List<Edit> edits)
            throws Exception {
        read(seed, file, edits);
    }

    @Property
    void goodfireFiles(@ForAll("goodfire") Seed seed, @ForAll int file, @ForAll("edits") List<Edit> edits)
            throws Exception {
        read(seed, file, edits);
    }

    @Property
    void sparsifyFiles(@ForAll("sparsify") Seed seed, @ForAll int file, @ForAll("edits") List<Edit> edits)
            throws Exception {
        read(seed, file, edits);
    }

    @Property
    void dictionaryLearningFiles(@ForAll("dictionary") Seed seed, @ForAll int file, @ForAll("edits") List<Edit> edits)
            throws Exception {
        read(seed, file, edits);
    }

    @Property
    void llamaScopeFiles(@ForAll("llamaScope") Seed seed, @ForAll int file, @ForAll("edits") List<Edit> edits)
            throws Exception {
        read(seed, file, edits);
    }

    private static final Map<String, Optional<Double>> FACTORS = new HashMap<>();

    /** What a format does not keep, as the file of expected activations beside it has it. */
    private static Double factor(Seed seed) {
        return FACTORS.computeIfAbsent(seed.name(), name -> {
                    try {
                        JsonNode settings = new ObjectMapper()
                                .readTree(PEERS.resolve(name + ".json").toFile())
                                .path("settings")
                                .path("scaling_factor");
                        return settings.isNumber() ? Optional.of(settings.asDouble()) : Optional.empty();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .orElse(null);
    }

    private static void read(Seed seed, int file, List<Edit> edits) throws Exception {
        // the one folder within, where a format has one for each layer
        Path first = Path.of(seed.files().getFirst());
        boolean layers = !seed.name().startsWith("llama-scope") && first.getNameCount() > 1;
        Path within = layers ? first.getParent() : Path.of("");
        var settings = new SaeSettings(null, factor(seed), false, null, null);
        Hostile.reads(
                seed,
                Math.floorMod(file, seed.files().size()),
                edits,
                path -> SaeFile.read(path.resolve(within.toString()), settings));
    }
}
