package org.gapexplorer.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.gapexplorer.label.ConceptLabel;
import org.gapexplorer.label.LabelKind;
import org.gapexplorer.label.published.PublishedLabels;
import org.gapexplorer.lens.Sae;
import org.gapexplorer.method.ConceptMap;
import org.gapexplorer.method.Families;
import org.gapexplorer.method.Neighbours;
import org.gapexplorer.run.RunFolder;
import org.gapexplorer.study.LabelSource;
import org.gapexplorer.study.Lens;
import org.gapexplorer.study.Problem;
import org.gapexplorer.study.Progress;

/** The dictionary as pages name it: labels, families, places on the map, neighbours. */
final class Concepts {
    private static final int NEIGHBOURS = 10;
    private static final int LARGEST_FAMILY = 24;
    private static final Set<LabelKind> NAMED = EnumSet.of(LabelKind.MEANING, LabelKind.SYNTAX, LabelKind.PIECE);

    private final Sae sae;
    /** One a concept of the dictionary, null where the file has none. */
    private final ConceptLabel[] labels;

    private Concepts(Sae sae, ConceptLabel[] labels) {
        this.sae = sae;
        this.labels = labels;
    }

    static Concepts read(Lens lens, Inputs inputs, Sae sae) {
        var labels = new ConceptLabel[sae.config().dSae()];
        List<List<ConceptLabel>> sources = lens.labels().stream()
                .map(source -> read(source, inputs.path(source.source()), labels.length))
                .toList();
        PublishedLabels.merged(sources).forEach(label -> labels[label.concept()] = label);
        return new Concepts(sae, labels);
    }

    private static List<ConceptLabel> read(LabelSource source, Path path, int concepts) {
        List<ConceptLabel> labels = PublishedLabels.read(source, path);
        labels.stream().filter(label -> label.concept() >= concepts).findFirst().ifPresent(label -> {
            throw new Problem(
                    source.source().uri() + ", concept " + label.concept(),
                    "the lens has only " + concepts + " concepts",
                    "name the labels that were made for this SAE");
        });
        return labels;
    }

    /** The concepts whose label says what fires them. */
    BitSet labelled() {
        return of(NAMED);
    }

    /** The concepts whose label is a clear meaning. */
    BitSet meant() {
        return of(EnumSet.of(LabelKind.MEANING));
    }

    private BitSet of(Set<LabelKind> kinds) {
        var of = new BitSet();
        for (int c = 0; c < labels.length; c++) {
            of.set(c, labels[c] != null && kinds.contains(labels[c].kind()));
        }
        return of;
    }

    List<RunFolder.Concept> rows(BitSet live, Progress progress) {
        int concepts = sae.config().dSae();
        int width = sae.config().dIn();
        var all = new BitSet();
        all.set(0, concepts);
        progress.step("concept map", 0, 3, "steps");
        Neighbours neighbours = Neighbours.of(sae.wDec(), width, all, NEIGHBOURS);
        progress.step("concept map", 1, 3, "steps");
        Families families = Families.of(sae.wDec(), width, live, LARGEST_FAMILY);
        progress.step("concept map", 2, 3, "steps");
        ConceptMap map = ConceptMap.of(sae.wDec(), width, families);
        progress.step("concept map", 3, 3, "steps");
        var rows = new ArrayList<RunFolder.Concept>();
        for (int c = 0; c < concepts; c++) {
            ConceptLabel label = labels[c] == null ? unlabelled(c) : labels[c];
            rows.add(new RunFolder.Concept(
                    c,
                    label.label(),
                    label.source(),
                    label.quality() == null ? Double.NaN : label.quality(),
                    label.kind().text(),
                    label.density(),
                    families.family()[c],
                    map.x()[c],
                    map.y()[c],
                    neighbours.similar()[c],
                    doubles(neighbours.cosine()[c]),
                    label.histogram(),
                    label.edges(),
                    live.get(c)));
        }
        return rows;
    }

    private static ConceptLabel unlabelled(int concept) {
        return new ConceptLabel(
                concept,
                "concept " + concept,
                LabelKind.UNCLEAR,
                null,
                0,
                Double.NaN,
                new int[0],
                new double[0],
                List.of(),
                "none");
    }

    private static double[] doubles(float[] floats) {
        var doubles = new double[floats.length];
        for (int i = 0; i < floats.length; i++) {
            doubles[i] = floats[i];
        }
        return doubles;
    }
}
