package org.gapexplorer.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.gapexplorer.fuzz.Hostile.Seed;
import org.gapexplorer.lens.SaeFile;

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
            throw new java.io.UncheckedIOException(e);
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
    void saelensFiles(@ForAll("saelens") Seed seed, @ForAll int file, @ForAll("edits") List<Edit> edits) throws Exception {
        read(seed, file, edits);
    }

    @Property
    void gemmaScopeFiles(@ForAll("gemmaScope") Seed seed, @ForAll int file, @ForAll("edits") List<Edit> edits) throws Exception {
        read(seed, file, edits);
    }

    @Property
    void goodfireFiles(@ForAll("goodfire") Seed seed, @ForAll int file, @ForAll("edits") List<Edit> edits) throws Exception {
        read(seed, file, edits);
    }

    @Property
    void sparsifyFiles(@ForAll("sparsify") Seed seed, @ForAll int file, @ForAll("edits") List<Edit> edits) throws Exception {
        read(seed, file, edits);
    }

    @Property
    void dictionaryLearningFiles(@ForAll("dictionary") Seed seed, @ForAll int file, @ForAll("edits") List<Edit> edits) throws Exception {
        read(seed, file, edits);
    }

    @Property
    void llamaScopeFiles(@ForAll("llamaScope") Seed seed, @ForAll int file, @ForAll("edits") List<Edit> edits) throws Exception {
        read(seed, file, edits);
    }

    private static void read(Seed seed, int file, List<Edit> edits) throws Exception {
        Hostile.reads(seed, Math.floorMod(file, seed.files().size()), edits, SaeFile::read);
    }
}
