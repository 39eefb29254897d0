package org.gapexplorer.label;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ObjIntConsumer;
import java.util.stream.IntStream;
import org.gapexplorer.label.ConceptLabel.WordShare;
import org.gapexplorer.label.Evidence.Raised;
import org.gapexplorer.lens.TokenReading;
import org.gapexplorer.study.Progress;
import org.gapexplorer.wordnet.WordNet;

/**
 * Makes a label for every concept of a lens from the words and contexts that fire it, and measures each on held-out text.
 * The same input gives the same labels.
 */
public final class LabelMaker {
    /** Below this quality, or where it could not be measured, a label is not claimed. */
    static final double CLEAR = 0.6;

    private static final int SHOWN_WORDS = 8;
    static final int NEAREST = 16;

    private LabelMaker() {}

    /** Reads texts as {@code Lens.tokenReadings} does: each text's firings with its index, in any order. */
    @FunctionalInterface
    public interface Reader {
        void read(List<String> texts, ObjIntConsumer<TokenReading> consumer);
    }

    /**
     * What labels are made from.
     *
     * @param reader model and SAE
     * @param concepts size of the SAE's dictionary
     * @param wDec [concepts][width] row-major: the decoder, whose cosines say which concepts are neighbours
     * @param evidence texts that labels are made from; no token limit, but 12 bytes a firing are held
     * @param heldOut texts that labels are tried on; none of them among {@code evidence}
     * @param vectors of words on their own
     * @param wordNet senses and categories
     * @param seed of the draw of held-out contexts
     */
    public record Options(
            Reader reader,
            int concepts,
            float[] wDec,
            List<String> evidence,
            List<String> heldOut,
            WordVectors vectors,
            WordNet wordNet,
            long seed) {}

    /** Makes the labels, one for each concept, in order. */
    public static List<ConceptLabel> run(Options options, Progress progress) {
        Readings read = Readings.of(options, progress);
        Lexicon lexicon = read.lexicon();
        Corpus corpus = read.corpus();
        Firings firings = read.firings();
        Taxonomy taxonomy = new Taxonomy(options.wordNet());
        Words words = new Words(lexicon, taxonomy);
        EvidenceCollector collector = new EvidenceCollector(corpus, firings, words);
        int[] counts = corpus.counts();
        CategoryNames names = new CategoryNames(taxonomy, noun -> usualInPlural(noun, lexicon, counts));
        Categories categories = new Categories(words, names, taxonomy, counts);
        ClaimMaker maker = new ClaimMaker(words, read.pieces(), categories, names, new Affixes(words, counts));
        Draft[] drafts = new Draft[options.concepts()];
        each(options.concepts(), "finding evidence", progress, c -> {
            if (firings.count(c) > 0) {
                Evidence evidence = collector.collect(c);
                drafts[c] = new Draft(
                        evidence.words().stream().limit(SHOWN_WORDS).toList(),
                        evidence.masses().stream().limit(SHOWN_WORDS).toList(),
                        maker.claims(evidence));
            }
        });

        progress.step("reading words", 0, 1, "passes");
        Likeness likeness = Likeness.of(words, options.vectors(), read.heldOutCorpus(), said(drafts));
        progress.step("reading words", 1, 1, "passes");
        int[][] neighbours = HeldOut.nearest(options.wDec(), options.concepts(), NEAREST);
        HeldOut heldOut = new HeldOut(read.heldOutCorpus(), read.heldOutFirings(), neighbours, options.seed());
        Judge judge = new Judge(words, names, likeness);
        ConceptLabel[] labels = new ConceptLabel[options.concepts()];
        each(options.concepts(), "trying labels", progress, c -> {
            Judge.Verdict verdict = drafts[c] == null || drafts[c].claims().isEmpty()
                    ? null
                    : judge.choose(drafts[c].claims(), heldOut.halves(c));
            labels[c] = label(c, drafts[c], verdict, read, words);
        });
        return List.of(labels);
    }

    /** A concept's evidence, as far as it is still needed. */
    private record Draft(List<Raised> raised, List<Raised> most, List<Claim> claims) {}

    /** The words that the candidate labels hold. */
    private static Set<String> said(Draft[] drafts) {
        Set<String> said = new HashSet<>();
        for (Draft draft : drafts) {
            for (Claim claim : draft == null ? List.<Claim>of() : draft.claims()) {
                said.addAll(claim.examples());
                said.addAll(claim.near());
                said.addAll(Arrays.asList(claim.name().split(" ")));
            }
        }
        return said;
    }

    private static void each(int n, String what, Progress progress, java.util.function.IntConsumer work) {
        AtomicInteger done = new AtomicInteger();
        progress.step(what, 0, n, "concepts");
        IntStream.range(0, n).parallel().forEach(c -> {
            work.accept(c);
            progress.step(what, done.incrementAndGet(), n, "concepts");
        });
    }

    private static boolean usualInPlural(String noun, Lexicon lexicon, int[] counts) {
        int one = lexicon.id(noun);
        int many = lexicon.id(CategoryNames.plural(noun));
        double ones = one >= 0 && one < counts.length ? counts[one] : 0;
        double manies = many >= 0 && many < counts.length ? counts[many] : 0;
        return ones == 0 || manies >= 0.04 * ones;
    }

    private static ConceptLabel label(int concept, Draft draft, Judge.Verdict verdict, Readings read, Words words) {
        if (draft == null) {
            return new ConceptLabel(
                    concept,
                    "never fires",
                    LabelKind.DEAD,
                    null,
                    0,
                    0,
                    new int[0],
                    new double[0],
                    List.of(),
                    ConceptLabel.FROM_EVIDENCE);
        }
        // NaN, a label that could not be tried, is not clear either
        boolean clear = verdict != null && verdict.quality() >= CLEAR;
        LabelKind kind = clear ? kind(verdict.claim()) : LabelKind.UNCLEAR;
        String text = clear ? verdict.claim().text() : unclear(draft, words);
        Double quality = verdict == null || Double.isNaN(verdict.quality()) ? null : round(verdict.quality(), 3);
        List<WordShare> shares = (draft.raised().isEmpty() ? draft.most() : draft.raised())
                .stream()
                        .map(r -> new WordShare(words.shown(r.id()), round(r.share(), 4)))
                        .toList();
        double[] edges = read.edges(concept);
        return new ConceptLabel(
                concept,
                text,
                kind,
                quality,
                verdict == null ? 0 : verdict.contexts(),
                read.density(concept),
                read.histogram(concept, edges),
                edges,
                shares,
                ConceptLabel.FROM_EVIDENCE);
    }

    private static String unclear(Draft draft, Words words) {
        List<Raised> seen = draft.raised().isEmpty() ? draft.most() : draft.raised();
        return "unclear: fires on "
                + String.join(
                        ", ", words.shown(seen.stream().limit(4).map(Raised::id).toList()));
    }

    private static LabelKind kind(Claim claim) {
        return switch (claim.head()) {
            case PIECES -> LabelKind.PIECE;
            case ENDING, BEGINNING, FIRST, LAST -> LabelKind.SYNTAX;
            case CATEGORY ->
                Shape.named(claim.name())
                        .map(shape -> shape == Shape.LETTER
                                ? LabelKind.PIECE
                                : shape == Shape.YEAR || shape == Shape.NUMBER ? LabelKind.MEANING : LabelKind.SYNTAX)
                        .orElse(LabelKind.MEANING);
            case WORD -> grammatical(claim.name()) ? LabelKind.SYNTAX : LabelKind.MEANING;
            case LIKE -> grammatical(claim.name()) ? LabelKind.SYNTAX : LabelKind.MEANING;
            case LIST ->
                claim.examples().stream().filter(LabelMaker::grammatical).count() * 2
                                > claim.examples().size()
                        ? LabelKind.SYNTAX
                        : LabelKind.MEANING;
            case ANY ->
                claim.near().isEmpty()
                                && claim.after().stream().allMatch(LabelMaker::grammatical)
                                && claim.before().stream().allMatch(LabelMaker::grammatical)
                        ? LabelKind.SYNTAX
                        : LabelKind.MEANING;
        };
    }

    private static boolean grammatical(String word) {
        String lower = word.toLowerCase(java.util.Locale.ROOT);
        return FunctionWords.has(lower) || !Lexicon.isWord(lower);
    }

    static double round(double value, int digits) {
        double scale = Math.pow(10, digits);
        return Math.round(value * scale) / scale;
    }
}
