package org.gapexplorer.explorer.overview;

import java.time.Instant;
import java.util.List;
import org.gapexplorer.explorer.problem.NoSnapshot;
import org.gapexplorer.explorer.view.Numbers;
import org.gapexplorer.explorer.view.Text;
import org.gapexplorer.explorer.visit.ShownStudy;
import org.gapexplorer.snapshot.Snapshot;
import org.gapexplorer.snapshot.StudyFacts;
import org.gapexplorer.study.Problem;

/**
 * The start page of a server that shows several studies.
 *
 * @param count in words
 * @param couldSignIn whether signing in may show more
 */
public record StudiesView(String count, List<Card> cards, boolean couldSignIn) {
    /**
     * One study.
     *
     * @param href its overview
     * @param lens the subject model's layer and SAE, in words
     * @param figures its sizes, in words
     * @param snapshot version and day; empty where {@code trouble} says why it cannot be shown
     */
    public record Card(
            String id,
            String title,
            String href,
            String description,
            String lens,
            String figures,
            String snapshot,
            String trouble) {}

    static StudiesView of(List<ShownStudy> studies, boolean couldSignIn) {
        return new StudiesView(
                Numbers.count(studies.size(), "study", "studies"),
                studies.stream().map(StudiesView::card).toList(),
                couldSignIn);
    }

    private static Card card(ShownStudy study) {
        try (Snapshot snapshot = study.open("")) {
            return card(study, snapshot);
        } catch (NoSnapshot | Problem e) {
            return new Card(
                    study.id(), study.id(), study.base() + "/", "", "", "", "", "It has no snapshot to show yet.");
        }
    }

    private static Card card(ShownStudy study, Snapshot snapshot) {
        StudyFacts facts = snapshot.study();
        String outside = OverviewView.outside(snapshot);
        StudyFacts.Counts n = facts.counts();
        Instant ran = facts.ran() == null ? facts.built() : facts.ran();
        return new Card(
                study.id(),
                Text.bounded(facts.title(), 120),
                study.base() + "/",
                Text.bounded(facts.description(), 300),
                Text.plain(facts.lens().name(), 160),
                Numbers.count(snapshot.suiteIds().size(), "benchmark", "benchmarks") + " · "
                        + (outside.isEmpty() ? "" : outside + " · ")
                        + Numbers.count(n.models(), "model", "models") + " · "
                        + Numbers.count(n.datapoints(), "item", "items") + " · "
                        + Numbers.count(n.liveConcepts(), "live concept", "live concepts"),
                "Run on " + Numbers.day(ran) + " · snapshot " + facts.version(),
                "");
    }
}
