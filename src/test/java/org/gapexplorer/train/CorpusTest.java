package org.gapexplorer.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gapexplorer.wordnet.WordNet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CorpusTest {
    private static final int TEMPLATES = 2_000;
    private static final Pattern OPEN_SLOT = Pattern.compile("\\{[a-z][a-z ]*\\}|\\{\\d+-\\d+\\}");
    private static List<Corpus.Passage> corpus;

    @BeforeAll
    static void build() {
        corpus = build(TEMPLATES, 7, Set.of());
    }

    private static List<Corpus.Passage> build(int templates, long seed, Set<String> excluded) {
        try (WordNet wordNet = WordNet.open()) {
            return Corpus.build(wordNet, templates, seed, excluded::contains);
        }
    }

    @Test
    void theSameSeedGivesTheSameCorpus() {
        assertThat(build(TEMPLATES, 7, Set.of())).isEqualTo(corpus);
    }

    @Test
    void anotherSeedGivesOtherSentences() {
        Set<String> other = texts(build(TEMPLATES, 8, Set.of()), Corpus.Origin.TEMPLATES);
        Set<String> mine = texts(corpus, Corpus.Origin.TEMPLATES);
        other.retainAll(mine);
        assertThat(other).hasSizeLessThan(mine.size() / 2);
    }

    @Test
    void noPassageStandsTwiceSoHeldOutAndTrainingTextAreDisjoint() {
        assertThat(corpus.stream().map(Corpus.Passage::text)).doesNotHaveDuplicates();
    }

    @Test
    void aboutOnePassageInTwentyIsHeldOut() {
        for (Corpus.Origin origin : Corpus.Origin.values()) {
            List<Corpus.Passage> all =
                    corpus.stream().filter(p -> p.origin() == origin).toList();
            double share = (double) all.stream().filter(Corpus.Passage::heldOut).count() / all.size();
            assertThat(share).as("%s", origin).isBetween(0.035, 0.065);
        }
    }

    @Test
    void whatIsExcludedIsNotThere() {
        Set<String> excluded =
                corpus.stream().limit(500).map(Corpus.Passage::text).collect(Collectors.toSet());
        Set<String> rest =
                build(TEMPLATES, 7, excluded).stream().map(Corpus.Passage::text).collect(Collectors.toSet());
        assertThat(rest.stream().filter(excluded::contains)).isEmpty();
        assertThat(rest).hasSize(corpus.size() - excluded.size());
    }

    @Test
    void everyTemplateFillsAllItsSlots() {
        try (WordNet wordNet = WordNet.open()) {
            Phrases phrases = new Phrases(wordNet);
            SplittableRandom random = new SplittableRandom(3);
            Set<String> seen = new HashSet<>();
            for (int i = 0; i < 20_000; i++) {
                seen.add(phrases.passage(random));
            }
            assertThat(seen.stream().filter(OPEN_SLOT.asPredicate())).isEmpty();
            assertThat(seen).hasSizeGreaterThan(18_000);
        }
    }

    /**
     * WordNet's own definitions and examples may stand in both, since some benchmarks ask about them; questions may not,
     * and no sentence that came from a template.
     */
    @Test
    void theStarterCorpusHoldsNoQuestionOfTheSuite() throws IOException {
        Set<String> questions = new HashSet<>();
        Set<String> sentences = new HashSet<>();
        ObjectMapper json = new ObjectMapper();
        for (Path file : suiteFiles()) {
            for (String line : Files.readAllLines(file)) {
                JsonNode item = json.readTree(line);
                questions.add(plain(item.get("question").asText()));
                sentences.addAll(sentences(item.get("question").asText()));
                item.get("choices").forEach(choice -> sentences.addAll(sentences(choice.asText())));
            }
        }
        assertThat(questions).hasSizeGreaterThan(2_500);
        SaeTraining.Options starter = SaeTraining.Options.starter(Path.of("."));
        List<Corpus.Passage> passages = build(starter.templates(), starter.seed(), Set.of());
        assertThat(passages.stream().map(Corpus.Passage::text).filter(text -> questions.contains(plain(text))))
                .isEmpty();
        assertThat(texts(passages, Corpus.Origin.TEMPLATES).stream()
                        .flatMap(text -> sentences(text).stream())
                        .filter(sentences::contains))
                .isEmpty();
    }

    private static List<Path> suiteFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("index", "suite"))) {
            return files.filter(file -> file.toString().endsWith(".jsonl")).toList();
        }
    }

    /** Sentences of five words and more; a shorter one ("It does not rain.") is anybody's. */
    private static List<String> sentences(String text) {
        return Stream.of(text.split("(?<=[.?!:])\\s+"))
                .map(CorpusTest::plain)
                .filter(sentence -> sentence.split(" ").length >= 5)
                .toList();
    }

    private static String plain(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", " ").strip();
    }

    private static Set<String> texts(List<Corpus.Passage> passages, Corpus.Origin origin) {
        return passages.stream()
                .filter(p -> p.origin() == origin)
                .map(Corpus.Passage::text)
                .collect(Collectors.toCollection(HashSet::new));
    }
}
