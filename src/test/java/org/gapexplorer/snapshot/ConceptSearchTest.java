package org.gapexplorer.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.gapexplorer.model.Meaning;
import org.gapexplorer.run.RunFolder;
import org.gapexplorer.study.Progress;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be typed into the search box. */
class ConceptSearchTest {
    private static final List<String> LABELS = List.of(
            "units of money: dollars, cents, pesos",
            "running water",
            "runs of luck",
            "islands and archipelagos",
            "Zürich trams",
            "the money market",
            "<script>alert('money')</script>",
            "declining politely",
            "café owners",
            "x".repeat(10_000) + " boundary",
            "ways to travel: train, bus",
            "the words coach, train, timetable, ticket, driver",
            "'train' and the like: carriage, engine",
            "bread",
            "breaded fish",
            "bread and butter");
    /** Of the labels in order; three differ. */
    private static final List<Double> QUALITIES =
            List.of(0.7, 0.7, 0.7, 0.7, 0.7, 0.7, 0.7, 0.7, 0.7, 0.7, 0.95, 0.6, 0.9, 0.7, 0.7, 0.7);

    @TempDir
    static Path folder;

    static Snapshots snapshots;
    static Snapshot snapshot;

    @BeforeAll
    static void build() {
        GeneratedRun run = new GeneratedRun(3, 1, 5, LABELS.size(), 1, 3);
        for (int i = 0; i < LABELS.size(); i++) {
            RunFolder.Concept c = run.concepts.get(i);
            run.concepts.set(i, GeneratedRun.changed(c, LABELS.get(i), QUALITIES.get(i), "meaning", c.live()));
        }
        SnapshotBuilder.build(run.write(folder.resolve("run"), "Labels"), folder.resolve("snapshots"), Progress.SILENT);
        snapshots = Snapshots.open(folder.resolve("snapshots"));
        snapshot = snapshots.current().orElseThrow();
    }

    @AfterAll
    static void close() {
        snapshot.close();
        snapshots.close();
    }

    @Test
    void wordsStemsBeginningsAndMisspellingsFind() {
        assertThat(found("money")).containsExactlyInAnyOrder(0, 5, 6);
        assertThat(found("run")).contains(1, 2);
        assertThat(found("archip")).containsExactly(3);
        assertThat(found("archipelgos")).containsExactly(3);
        assertThat(found("monye")).contains(0, 5);
        assertThat(found("zurich")).containsExactly(4);
        assertThat(found("CAFE")).containsExactly(8);
        assertThat(found("politely declined")).containsExactly(7);
        assertThat(found("giraffe")).isEmpty();
    }

    @Test
    void whatWasFoundForAMisspeltWordIsFoundAgainInOtherCompany() {
        assertThat(found("archipelgos")).containsExactly(3);
        assertThat(found("islnds archipelgos")).containsExactly(3);
        assertThat(found("archipelgos mony")).isEmpty();
        assertThat(found("archipelgos -islands")).isEmpty();
        assertThat(found("archipelgos")).containsExactly(3);
    }

    @Test
    void exactWordsComeBeforeStemsAndStemsBeforeMisspellings() {
        assertThat(found("runs").getFirst()).isEqualTo(2);
        assertThat(found("running").getFirst()).isEqualTo(1);
    }

    @Test
    void labelsThatBeginWithTheWordAndTellMuchComeFirst() {
        assertThat(found("train")).containsExactly(12, 10, 11);
        assertThat(found("triain")).containsExactly(12, 10, 11);
    }

    @Test
    void quotesAskForWordsSideBySideAndMinusRefuses() {
        assertThat(found("\"money market\"")).containsExactly(5);
        assertThat(found("\"market money\"")).isEmpty();
        assertThat(found("money -market")).containsExactlyInAnyOrder(0, 6);
        assertThat(found("money -\"of money\"")).containsExactlyInAnyOrder(5, 6);
        assertThat(found("-money")).hasSize(LABELS.size() - 3);
        assertThat(found("\"money market")).containsExactly(5);
    }

    @Test
    void anIdFindsItsConceptFirst() {
        assertThat(found("c12")).containsExactly(4);
        assertThat(found("12")).containsExactly(4);
        assertThat(found("13")).isEmpty();
    }

    @Test
    void matchesAreMarkedWhereTheyStand() {
        assertThat(marked("money", 5)).containsExactly("money");
        assertThat(marked("run", 1)).containsExactly("running");
        assertThat(marked("monye dolars", 0)).containsExactly("money", "dollars");
        assertThat(marked("\"money market\"", 5)).containsExactly("money", "market");
        assertThat(marked("zurich", 4)).containsExactly("Zürich");
        assertThat(marked("alert", 6)).containsExactly("alert");
    }

    @Test
    void anUnknownWordGetsANearOneSuggested() {
        assertThat(snapshot.concepts(ConceptQuery.all().text("ilsands").build()).meant())
                .contains("islands");
        assertThat(snapshot.concepts(ConceptQuery.all().text("islands").build()).meant())
                .isEmpty();
        assertThat(snapshot.concepts(ConceptQuery.all().text("isl").build()).meant())
                .isEmpty();
    }

    @Test
    void aRespellingKeepsWhatElseWasTyped() {
        Map<String, String> meant = Map.of(
                "\"the market\" monney -river", "\"the market\" money -river",
                "Monney, -\"of money\"  dolars", "money, -\"of money\"  dollars",
                "two-way monney", "two-way money",
                "moneyy", "money");
        meant.forEach((typed, respelt) -> assertThat(
                        snapshot.concepts(ConceptQuery.all().text(typed).build())
                                .meant())
                .as(typed)
                .contains(respelt));
        assertThat(snapshot.concepts(ConceptQuery.all()
                                .text("\"monney\" -monney two-wey")
                                .build())
                        .meant())
                .isEmpty();
        // words beyond those that count stay as they are
        String many = "money ".repeat(12) + "monney";
        assertThat(snapshot.concepts(ConceptQuery.all().text(many).build()).meant())
                .isEmpty();
        assertThat(snapshot.concepts(ConceptQuery.all().text("islnds " + many).build())
                        .meant())
                .contains("islands " + many);
    }

    /** One slip leads from "breadd" to either word; Lucene alone takes the longer, which fewer labels have. */
    @Test
    void ofWordsAsNearTheOneThatMostLabelsHaveIsSuggested() {
        assertThat(snapshot.concepts(ConceptQuery.all().text("breadd").build()).meant())
                .contains("bread");
    }

    @Test
    void whatIsLookedForIsWithoutWhatIsRefused() {
        assertThat(ConceptQuery.lookedFor("money")).isEqualTo("money");
        assertThat(ConceptQuery.lookedFor("two-way money -coin \"in  cash\" -\"of gold\" -"))
                .isEqualTo("two-way money in  cash -");
        assertThat(ConceptQuery.lookedFor("-coin")).isEmpty();
    }

    @Test
    void nothingThatCanBeTypedThrowsOrTakesLong() {
        List<String> hostile = new ArrayList<>(List.of(
                "\"",
                "\"\"",
                "-",
                "--",
                "-\"",
                "\"-\"",
                "*",
                "?",
                "a*b*c*d*",
                "(((",
                "[a TO z]",
                "/(a+)+$/",
                "label:x",
                "AND OR NOT",
                "~",
                "money~99",
                "^",
                "\\",
                "\\u0000",
                "\0",
                "c999999999",
                "c99999999999",
                "\ud800",
                "😀",
                "\u202e",
                "' OR 1=1",
                "<script>",
                "a ".repeat(100_000),
                "x".repeat(1_000_000),
                "\"".repeat(100_000),
                "-a".repeat(50_000),
                "🏳️‍🌈".repeat(10_000)));
        Random random = new Random(1);
        for (int i = 0; i < 300; i++) {
            hostile.add(random.ints(random.nextInt(80), 0, 0x3000)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString());
        }
        snapshot.concepts(ConceptQuery.all().text("warm up").build());
        for (String text : hostile) {
            long from = System.nanoTime();
            snapshot.concepts(ConceptQuery.all().text(text).build());
            assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(1));
        }
    }

    @Test
    void byMeaningTheNearestLabelsComeInTheOrderOfTheirCosine() {
        try (Meaning meaning = Meaning.open()) {
            float[] asked = meaning.of("cash");
            Map<Integer, Double> cosines = new TreeMap<>();
            for (int i = 0; i < LABELS.size(); i++) {
                float[] label = meaning.of(LABELS.get(i));
                cosines.put(
                        i,
                        IntStream.range(0, label.length)
                                .mapToDouble(d -> (double) label[d] * asked[d])
                                .sum());
            }
            List<Integer> nearest = cosines.entrySet().stream()
                    .filter(e -> e.getValue() >= 0.4)
                    .sorted(Map.Entry.<Integer, Double>comparingByValue().reversed())
                    .map(Map.Entry::getKey)
                    .toList();
            assertThat(nearest).contains(0, 5);
            assertThat(found("cash")).isEmpty();
            ConceptPage page = snapshot.concepts(asked("cash", asked));
            assertThat(page.rows().stream().map(row -> row.concept() / 3)).containsExactlyElementsOf(nearest);
            assertThat(page.rows()).allMatch(ConceptRow::byMeaning);
            assertThat(page.total()).isEqualTo(new Total(nearest.size(), true));
        }
    }

    @Test
    void wordsAndMeaningAreMergedAndFiltersHoldForBoth() {
        try (Meaning meaning = Meaning.open()) {
            ConceptPage both = snapshot.concepts(asked("dollars", meaning.of("dollars")));
            assertThat(both.rows().getFirst().concept()).isZero();
            assertThat(both.rows().getFirst().byMeaning()).isFalse();
            assertThat(both.rows().stream().map(row -> row.concept() / 3)).contains(5);
            assertThat(both.total()).isEqualTo(new Total(both.rows().size(), true));
            assertThat(snapshot.concepts(asked("dollars", meaning.of("dollars")).toBuilder()
                                    .limit(1)
                                    .build())
                            .total())
                    .isEqualTo(both.total());
            ConceptPage without = snapshot.concepts(asked("dollars -market", meaning.of("dollars")));
            assertThat(without.rows().stream().map(row -> row.concept() / 3))
                    .contains(0)
                    .doesNotContain(5);
            ConceptPage exact = snapshot.concepts(asked("\"cash\"", meaning.of("cash")));
            assertThat(exact.rows()).isEmpty();
            ConceptPage byLabel = snapshot.concepts(asked("dollars", meaning.of("dollars")).toBuilder()
                    .sortedBy(SortKey.of(SortKey.Column.ID), true)
                    .build());
            assertThat(byLabel.rows().stream().map(ConceptRow::concept))
                    .containsExactlyInAnyOrderElementsOf(
                            both.rows().stream().map(ConceptRow::concept).toList())
                    .isSortedAccordingTo(Comparator.reverseOrder());
        }
    }

    private static ConceptQuery asked(String text, float[] meaning) {
        return ConceptQuery.all().text(text).meaning(meaning).build();
    }

    private static List<Integer> found(String text) {
        return snapshot.concepts(ConceptQuery.all().text(text).build()).rows().stream()
                .map(row -> row.concept() / 3)
                .toList();
    }

    private static List<String> marked(String text, int label) {
        return snapshot.concepts(ConceptQuery.all().text(text).build()).rows().stream()
                .filter(row -> row.concept() == 3 * label)
                .flatMap(row ->
                        row.highlights().stream().map(span -> row.label().substring(span.start(), span.end())))
                .toList();
    }
}
