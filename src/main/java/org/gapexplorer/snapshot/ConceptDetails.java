package org.gapexplorer.snapshot;

import java.util.List;

/** What a concept's own page shows and no list does, kept as JSON beside the document. */
record ConceptDetails(
        String labelSource,
        double x,
        double y,
        List<Double> histogramEdges,
        List<Integer> histogram,
        List<Integer> similar,
        List<Double> similarCosine,
        List<Together> together) {

    /** A concept that fires on the same items more than chance; see {@link ConceptView.Together}. */
    record Together(int concept, int items, double expected, double phi) {}
}
