package org.gapexplorer.explorer.concept;

import java.util.ArrayList;
import java.util.List;
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
        for (Status status : query.statuses()) {
            chips.add(ConceptsView.statusWords(status), chips.here.without("status", status.word()));
        }
        for (LabelKind kind : query.kinds()) {
            chips.add(Label.kindWords(kind), chips.here.without("kind", kind.word()));
        }
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

    private void add(String text, Url without) {
        chips.add(new Chip(text, without.toString()));
    }
}
