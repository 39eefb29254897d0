package org.gapexplorer.snapshot;

/**
 * A concept within a benchmark's scope that the benchmark misses or holds little of.
 *
 * @param nearness cosine of its label with the part of the scope nearest to it
 * @param phrase that part of the scope, by its place in the list given
 * @param score what it is ranked by ({@link org.gapexplorer.method.Worklist})
 */
public record Untested(ConceptRow concept, double nearness, int phrase, double score) {}
