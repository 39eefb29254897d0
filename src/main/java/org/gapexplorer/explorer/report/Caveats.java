package org.gapexplorer.explorer.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.gapexplorer.explorer.view.Names;
import org.gapexplorer.explorer.view.Numbers;
import org.gapexplorer.explorer.view.Text;
import org.gapexplorer.snapshot.BenchmarkView;
import org.gapexplorer.snapshot.ConceptRow;
import org.gapexplorer.snapshot.LensFacts;
import org.gapexplorer.snapshot.ModelView;
import org.gapexplorer.snapshot.Performance;
import org.gapexplorer.snapshot.Snapshot;

/** What to mind with the numbers that a report shows, said of these very numbers. */
final class Caveats {
    /** Below it a concept in one of a hundred items is as likely absent as present. */
    private static final int FEW_ITEMS = 100;
    /** A small dictionary: whole fields of knowledge share a concept, or have none. */
    private static final int SMALL_LENS = 16_384;

    private static final double POOR_LABEL = 0.7;
    private static final double LISTED_AT = 0.05;
    private static final int THIN = 50;

    private Caveats() {}

    /** @param shown the concepts that the report lists */
    static List<String> of(Snapshot snapshot, BenchmarkView b, List<ConceptRow> shown) {
        List<String> all = new ArrayList<>();
        if (b.items() < FEW_ITEMS) {
            all.add("It has " + Numbers.count(b.items(), "item", "items")
                    + ". A concept that belongs in every hundredth item may well be missing by chance.");
        }
        if (b.rarefiedTo() > 0 && b.items() > b.rarefiedTo()) {
            all.add("A larger benchmark misses less by size alone. Against others, compare the rarefied share: "
                    + Numbers.percent(b.missingRarefied()) + " for " + Numbers.count(b.rarefiedTo(), "item", "items")
                    + ", not " + Numbers.percent(b.missingLive()) + " for all " + Numbers.count(b.items()) + ".");
        }
        all.add("Missing is not a fault by itself: a benchmark should be narrow by design. "
                + (b.scope().isBlank()
                        ? "Its authors state no scope, so what is within it is judged by its title alone."
                        : "Hold what is missing against the scope stated above."));
        labels(shown, all);
        lens(snapshot.study().lens(), all);
        if (!b.textShown())
            all.add("Its text is not shown here, so its items cannot be checked against these numbers.");
        long scored = snapshot.models().stream()
                .filter(m -> m.score(b.id()).isPresent())
                .count();
        if (scored == 0) all.add("No model was scored on it, so nothing is said of how hard it is.");
        if (scored > 0 && b.chance().isEmpty()) {
            all.add(
                    "The score of guessing is not known, so a low score may still be better than chance, or no better.");
        }
        all.add("Covered is not tested well: a concept fires on what a text is about, whatever it asks.");
        return all;
    }

    /** @param benchmark that the concepts' scores are of; null for the mean over benchmarks */
    static List<String> of(Snapshot snapshot, Names names, ModelView m, String benchmark, List<ConceptRow> shown) {
        List<String> all = new ArrayList<>();
        List<String> suite = snapshot.suiteIds();
        long scored = suite.stream().filter(b -> m.score(b).isPresent()).count();
        if (scored < suite.size()) {
            all.add("It was scored on " + scored + " of the study’s " + suite.size()
                    + " benchmarks; of the others nothing is known.");
        }
        String guessing = m.scores().stream()
                .filter(s -> s.chance().isPresent()
                        && s.mean().low() <= s.chance().getAsDouble()
                        && s.chance().getAsDouble() <= s.mean().high())
                .map(s -> names.benchmark(s.benchmark()))
                .collect(Collectors.joining(", "));
        if (!guessing.isEmpty()) {
            all.add("Its mean score cannot be told from guessing on " + guessing
                    + ". Differences between concepts there are mostly noise.");
        }
        m.scores().stream()
                .max(Comparator.comparingDouble(s -> s.mean().high() - s.mean().low()))
                .ifPresent(s -> all.add("The mean scores are themselves uncertain; the widest interval, on "
                        + names.benchmark(s.benchmark()) + ", runs from "
                        + Numbers.score(s.mean().low()) + " to "
                        + Numbers.score(s.mean().high()) + " over " + Numbers.count(s.scored(), "item", "items")
                        + "."));
        gaps(m, benchmark == null ? Snapshot.OVERALL : benchmark, shown, all);
        labels(shown, all);
        lens(snapshot.study().lens(), all);
        all.add("A low score is not yet a weakness: the concept may simply appear in hard items. Read the items before"
                + " drawing a conclusion.");
        return all;
    }

    private static void gaps(ModelView m, String on, List<ConceptRow> shown, List<String> all) {
        List<Performance> scores = shown.stream()
                .map(row -> row.performance(m.id(), on))
                .flatMap(Optional::stream)
                .toList();
        if (scores.isEmpty()) {
            boolean unscored = !on.equals(Snapshot.OVERALL) && m.score(on).isEmpty();
            all.add(
                    unscored
                            ? "It was not scored on the benchmark asked for, so no concept is listed."
                            : "No concept has enough support to be listed.");
            return;
        }
        long told = scores.stream().filter(p -> p.q().orElse(1) < LISTED_AT).count();
        all.add("Of the " + scores.size() + " gaps listed, "
                + (told == 0 ? "none has" : told == 1 ? "1 has" : told + " have")
                + " a false-discovery rate q below " + LISTED_AT + "; "
                + (told == scores.size() ? "that leaves few to chance." : "the others could well be chance."));
        int thinnest = scores.stream().mapToInt(Performance::support).min().orElse(0);
        if (thinnest < THIN) {
            all.add("The thinnest score listed rests on " + Numbers.count(thinnest, "item", "items")
                    + ". Extremes on few items are usually luck; the shrunk score and the interval say how much.");
        }
    }

    private static void labels(List<ConceptRow> shown, List<String> all) {
        long poor = shown.stream()
                .map(ConceptRow::quality)
                .filter(OptionalDouble::isPresent)
                .filter(q -> q.getAsDouble() < POOR_LABEL)
                .count();
        long unmeasured = shown.stream().filter(row -> row.quality().isEmpty()).count();
        if (poor + unmeasured == 0) return;
        List<String> said = new ArrayList<>();
        if (poor > 0)
            said.add(poor + " hardly tell" + (poor == 1 ? "s its" : " their")
                    + " concept from its neighbours (AUC below " + POOR_LABEL + ")");
        if (unmeasured > 0) said.add(unmeasured + (unmeasured == 1 ? " was" : " were") + " not measured");
        all.add("Labels are descriptions, not the concepts. Of the " + shown.size() + " labels listed, "
                + String.join(", and ", said) + ".");
    }

    private static void lens(LensFacts lens, List<String> all) {
        String size = Numbers.count(lens.concepts());
        all.add(
                lens.concepts() < SMALL_LENS
                        ? "The lens is small: " + size + " concepts of one layer of one model ("
                                + Text.bounded(lens.name(), 80) + "). What is not in its dictionary cannot be found"
                                + " missing, and alike things may share a concept."
                        : "The lens has " + size + " concepts of one layer of one model ("
                                + Text.bounded(lens.name(), 80)
                                + "). What is not in its dictionary cannot be found missing.");
    }
}
