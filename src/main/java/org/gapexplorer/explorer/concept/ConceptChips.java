package org.gapexplorer.explorer.concept;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.gapexplorer.explorer.view.Controls.Chip;
import org.gapexplorer.explorer.view.Label;
import org.gapexplorer.explorer.view.Names;
import org.gapexplorer.explorer.view.Numbers;
import org.gapexplorer.explorer.view.Text;
import org.gapexplorer.explorer.view.Url;
import org.gapexplorer.snapshot.ConceptQuery;
import org.gapexplorer.snapshot.LabelKind;
import org.gapexplorer.snapshot.Status;

/** The filters of a concept list that are set, each with the address that lacks it. */
final class ConceptChips {
    private final List<Chip> chips = new ArrayList<>();
    private final Url here;

    private ConceptChips(Url here) {
        this.here = here.without("page");
    }

    static List<Chip> of(ConceptFilter filter, Names names, Url here) {
        ConceptQuery query = filter.query();
        ConceptChips chips = new ConceptChips(here);
        chips.add(!query.text().isEmpty(), "“" + Text.bounded(query.text(), 60) + "”", "q");
        chips.add(filter.wordsOnly(), "words only", "match");
        chips.add(query.benchmark() != null, "in " + names.benchmark(query.benchmark()), "benchmark");
        chips.add(filter.modelAsked(), "scored for " + names.model(filter.model()), "model");
        chips.addEach("status", query.statuses(), Status::word, ConceptsView::statusWords);
        chips.addEach("kind", query.kinds(), LabelKind::word, Label::kindWords);
        chips.add(query.minQuality() > 0, "label AUC ≥ " + Numbers.score(query.minQuality()), "minQuality");
        chips.add(query.minSupport() > 0, "support ≥ " + Numbers.count(query.minSupport()), "minSupport");
        chips.add(
                query.minBenchmarks() > 0,
                "in ≥ " + Numbers.count(query.minBenchmarks(), "benchmark", "benchmarks"),
                "minBenchmarks");
        chips.add(query.family() != null, "family " + query.family(), "family");
        return chips.chips;
    }

    private void add(boolean set, String text, String parameter) {
        if (set) add(text, here.without(parameter));
    }

    /** One chip for each of a parameter's values, which an address may have apart by commas. */
    private <T extends Enum<T>> void addEach(
            String parameter, Set<T> chosen, Function<T, String> word, Function<T, String> text) {
        for (T one : chosen.stream().sorted().toList()) {
            List<String> others =
                    chosen.stream().filter(c -> c != one).sorted().map(word).toList();
            add(text.apply(one), here.with(parameter, others));
        }
    }

    private void add(String text, Url without) {
        chips.add(new Chip(text, without.toString()));
    }
}
