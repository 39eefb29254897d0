package org.gapexplorer.explorer.concept;

import java.util.List;
import org.gapexplorer.explorer.view.Label;
import org.gapexplorer.explorer.view.Links;
import org.gapexplorer.snapshot.ConceptPage;
import org.gapexplorer.snapshot.ConceptQuery;
import org.gapexplorer.snapshot.Snapshot;

/**
 * What a half-typed search could mean.
 *
 * @param concepts those whose labels match, best first
 * @param meant a respelling that finds something, where the words as typed find nothing; empty for none
 * @param meantHref the search for it
 */
public record Suggestions(List<Label> concepts, String meant, String meantHref) {
    private static final int MOST = 8;

    static Suggestions of(Snapshot snapshot, String typed, Links links) {
        if (typed.isEmpty()) return new Suggestions(List.of(), "", "");
        ConceptPage found =
                snapshot.concepts(ConceptQuery.all().text(typed).limit(MOST).build());
        String meant = found.rows().isEmpty() ? found.meant().orElse("") : "";
        return new Suggestions(
                found.rows().stream().map(row -> ConceptTable.label(row, links)).toList(),
                meant,
                links.to("/concepts").with("q", meant).toString());
    }
}
