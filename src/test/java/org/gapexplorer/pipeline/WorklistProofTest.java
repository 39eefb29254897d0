package org.gapexplorer.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.gapexplorer.method.Coverage;
import org.gapexplorer.method.Saliency;
import org.gapexplorer.method.Worklist;
import org.gapexplorer.model.Meaning;
import org.gapexplorer.run.RunFolder;
import org.gapexplorer.snapshot.ScopePhrases;
import org.gapexplorer.study.Benchmark;
import org.gapexplorer.study.Progress;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * One topic's items are taken out of a benchmark of the starter study, coverage is made again, and the topic's concepts are
 * looked for in what to test next. Which concepts are the topic's is told without the ranking's own measure: their label
 * holds a word that goes with the topic's name, and at least half of their mass in the benchmark was on the topic's items.
 */
class WorklistProofTest {
    /** @param words that a label of the topic would hold, thought up from its name */
    private record Topic(String benchmark, String category, String words) {}

    /** Every category of ten items or so that the benchmark's scope names, and a few that it means. */
    private static final List<Topic> TOPICS = List.of(
            new Topic(
                    "calendar",
                    "weekdays",
                    "days of the week|weekday|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"),
            new Topic(
                    "calendar",
                    "months",
                    "month|months|January|February|March|April|June|July|August|September|October|November|December"),
            new Topic("calendar", "years", "year|years"),
            new Topic("world-facts", "languages", "language|languages|French|Spanish|German|English|Italian"),
            new Topic(
                    "world-facts",
                    "currencies",
                    "currency|currencies|money|dollar|dollars|rupees|euro|pound|pounds|peso"),
            new Topic("world-facts", "cities", "city|cities|town|towns|municipalities|capital"),
            new Topic("world-facts", "clocks", "clock|clocks|hour|hours|noon|midnight|o.clock"),
            new Topic("world-facts", "numbers", "number|numbers|digits"),
            new Topic("units", "data", "byte|bytes|megabytes|kilobytes|computer|memory|data"),
            new Topic("units", "length", "length|metres|meters|kilometres|miles|feet|inches|centimetres|yards"),
            new Topic("units", "mass", "mass|weight|kilograms|grams|pounds|tonnes|ounces"),
            new Topic("units", "volume", "volume|litres|liters|millilitres|gallons|pints"),
            new Topic("units", "time", "time|times|hour|hours|minutes|seconds|days|weeks"),
            new Topic("units", "area", "area|areas|square|hectares|acres"),
            new Topic("boundaries", "money", "money|dollars|pay|loan|lend|borrow|spend"),
            new Topic("boundaries", "family", "family|mother|father|relatives|sister|brother|aunt|grandmother|parents"),
            new Topic("boundaries", "friends", "friend|friends"),
            new Topic("boundaries", "privacy", "private|privacy|public|secret|personal"),
            new Topic("boundaries", "work requests", "work|works|workers|boss|office|job"),
            new Topic("arithmetic", "percentages", "percent|percentage|percentages"),
            new Topic("arithmetic", "fractions", "fraction|fractions|half|quarter|quarters|third"),
            new Topic("arithmetic", "powers", "power|powers|square|squared|cubic|cube|exponent"),
            new Topic("arithmetic", "rounding", "round|rounded|rounding|nearest"),
            new Topic("arithmetic", "decimals", "decimal|decimals|point"),
            new Topic("code-reading", "Java", "Java|class|static|void"),
            new Topic("code-reading", "JavaScript", "JavaScript|console|const|let"),
            new Topic("code-reading", "Python", "Python|def|print|range"),
            new Topic("word-problems", "shop", "shop|shops|price|buy|sells|store|cost"),
            new Topic("word-problems", "farm", "farm|farmer|harvest|crop|field"),
            new Topic("word-problems", "travel", "travel|travels|train|car|journey|speed|miles|kilometres"),
            new Topic("word-problems", "kitchen", "recipe|kitchen|cook|flour|bake|baker"),
            new Topic("word-problems", "mixtures", "mixture|mix|mixed|combination|solution"),
            new Topic("word-problems", "work", "work|works|workers|job|hours|earns|wage|wages"),
            new Topic("letters", "alphabetical order", "alphabet|alphabetical|order"),
            new Topic("letters", "anagrams", "anagram|rearranged|letters"),
            new Topic("letters", "counting letters", "letter|letters|many|count"),
            new Topic("time-prose", "ages and generations", "age|ages|old|young|years"),
            new Topic("time-prose", "season and time clues", "season|seasons|autumn|spring|winter|summer"),
            new Topic("time-prose", "clock and time zones", "clock|clocks|noon|midnight|zone|hour"),
            new Topic("time-prose", "deadlines and lateness", "deadline|late|due|early"),
            new Topic("time-prose", "frequency", "often|frequency|frequent|always|never|weekly|daily"));

    /** Those whose first concept climbs, and to a place among the first ten; eight of them had one there before. */
    private static final List<String> LEADING = List.of(
            "weekdays",
            "languages",
            "currencies",
            "numbers",
            "area",
            "money",
            "family",
            "percentages",
            "fractions",
            "decimals",
            "kitchen",
            "mixtures",
            "alphabetical order",
            "ages and generations",
            "clock and time zones");

    private static final int FIRST = 10;

    private static StarterRun run;
    private static List<RunFolder.Concept> concepts;
    private static float[][] labels;
    private static Meaning meaning;
    private static BitSet live;

    /** @param before where the first of the topic's concepts stands, from 1; 0 where it has none */
    private record Found(Topic topic, int items, int named, int before, int after, int tenBefore, int tenAfter) {
        boolean leads() {
            return after > 0 && after <= FIRST && after < before;
        }

        @Override
        public String toString() {
            String places = named == 0 ? "- | -" : before + " → " + after + " | " + tenBefore + " → " + tenAfter;
            return "| %s | %s | %d | %d | %s |".formatted(topic.benchmark, topic.category, items, named, places);
        }
    }

    @BeforeAll
    static void read() {
        run = StarterRun.get();
        concepts = RunFolder.CONCEPTS.read(run.folder().concepts());
        live = run.live();
        meaning = Meaning.open();
        labels = meaning.of(concepts.stream().map(RunFolder.Concept::label).toList(), "", Progress.SILENT);
    }

    @AfterAll
    static void close() {
        if (meaning != null) meaning.close();
    }

    @Test
    void aTopicTakenOutOfABenchmarkComesAmongTheFirstToTestNext() throws IOException {
        List<Found> all = TOPICS.stream().map(WorklistProofTest::found).toList();
        List<String> leading =
                all.stream().filter(Found::leads).map(f -> f.topic().category()).toList();
        String table = String.join("\n", all.stream().map(Found::toString).toList());
        Files.writeString(Path.of("target/worklist-proof.md"), table + "\n");
        assertThat(leading).as(table).containsExactlyInAnyOrderElementsOf(LEADING);
        assertThat(all.stream().mapToInt(Found::tenAfter).sum())
                .as(table)
                .isGreaterThanOrEqualTo(
                        2 * all.stream().mapToInt(Found::tenBefore).sum());
    }

    private static Found found(Topic topic) {
        List<RunFolder.Item> items = run.data().items().get(topic.benchmark());
        int[] taken = IntStream.range(0, items.size())
                .filter(i -> topic.category().equals(items.get(i).category()))
                .toArray();
        int[] rest = IntStream.range(0, items.size())
                .filter(i -> !topic.category().equals(items.get(i).category()))
                .toArray();
        Saliency whole = run.data().saliency().get(topic.benchmark());
        double[] nearness = nearness(topic.benchmark());
        List<Integer> named = named(topic, whole, whole.only(taken));
        List<Integer> before = list(nearness, whole);
        List<Integer> after = list(nearness, whole.only(rest));
        return new Found(
                topic,
                taken.length,
                named.size(),
                first(before, named),
                first(after, named),
                ten(before, named),
                ten(after, named));
    }

    private static List<Integer> named(Topic topic, Saliency whole, Saliency taken) {
        Pattern words = Pattern.compile("\\b(" + topic.words() + ")\\b", Pattern.CASE_INSENSITIVE);
        int[] support = taken.support();
        double[] inTopic = taken.sums();
        double[] inAll = whole.sums();
        List<Integer> named = new ArrayList<>();
        for (int c = 0; c < concepts.size(); c++) {
            boolean its = support[c] >= 2 && inTopic[c] >= inAll[c] / 2;
            if (its && meant(c) && words.matcher(concepts.get(c).label()).find()) named.add(c);
        }
        return named;
    }

    private static boolean meant(int concept) {
        return concepts.get(concept).labelKind().equals("meaning");
    }

    /** The cosine of each clear meaning with the nearest part of the scope, by a plain loop; NaN for other labels. */
    private static double[] nearness(String benchmark) {
        Benchmark b = run.study().benchmarks().stream()
                .filter(x -> x.id().equals(benchmark))
                .findFirst()
                .orElseThrow();
        float[][] scope = meaning.of(ScopePhrases.of(b.title(), b.scope()), "", Progress.SILENT);
        double[] nearness = new double[concepts.size()];
        for (int c = 0; c < nearness.length; c++) {
            nearness[c] = Double.NaN;
            if (!meant(c)) continue;
            for (float[] phrase : scope) {
                double cosine = 0;
                for (int i = 0; i < phrase.length; i++) cosine += phrase[i] * labels[c][i];
                if (!(cosine <= nearness[c])) nearness[c] = cosine;
            }
        }
        return nearness;
    }

    /** Concepts in the order of the list. */
    private static List<Integer> list(double[] nearness, Saliency saliency) {
        double[] chi = Coverage.of(saliency, live, Coverage.Thresholds.DEFAULT).chi();
        // what never fires in the study has no coverage
        Arrays.setAll(chi, c -> Double.isNaN(chi[c]) ? 0 : chi[c]);
        double[] scores = Worklist.scores(nearness, chi);
        return IntStream.range(0, scores.length)
                .boxed()
                .sorted((a, b) -> Double.compare(scores[b], scores[a]))
                .toList();
    }

    private static int first(List<Integer> list, List<Integer> named) {
        return 1 + named.stream().mapToInt(list::indexOf).min().orElse(-1);
    }

    private static int ten(List<Integer> list, List<Integer> named) {
        return (int) list.subList(0, FIRST).stream().filter(named::contains).count();
    }
}
