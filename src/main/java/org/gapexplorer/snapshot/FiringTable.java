package org.gapexplorer.snapshot;

import java.util.Arrays;
import org.gapexplorer.run.RunFolder;
import org.gapexplorer.study.Progress;

/** All firings of a run, grouped by concept and by datapoint; 20 bytes each while the snapshot is built. */
final class FiringTable {
    private int size;
    private int[] concepts = new int[1 << 16];
    private int[] datapoints = new int[1 << 16];
    private float[] saliency = new float[1 << 16];
    private float[] peak = new float[1 << 16];
    private int[] peakToken = new int[1 << 16];

    private final Groups byConcept;
    private final Groups byDatapoint;
    private final RunTables tables;

    FiringTable(RunTables tables, Progress progress) {
        this.tables = tables;
        RunFolder.SALIENCY.forEach(tables.run.saliencyParts(), row -> {
            add(row);
            if (size % 100_000 == 0) {
                progress.step("read saliency", size, size, "firings");
            }
        });
        byConcept = new Groups(concepts, size, tables.concepts.size());
        byDatapoint = new Groups(datapoints, size, tables.items.size());
    }

    int size() {
        return size;
    }

    /** Datapoints that a concept fires on. */
    int count(int concept) {
        return byConcept.size(concept);
    }

    Firings.OfConcept ofConcept(int concept) {
        int[] rows = byConcept.rows(concept, saliency, datapoints);
        Firings.OfConcept firings = new Firings.OfConcept(new int[rows.length], new float[rows.length]);
        for (int i = 0; i < rows.length; i++) {
            firings.datapoints()[i] = datapoints[rows[i]];
            firings.saliency()[i] = saliency[rows[i]];
        }
        return firings;
    }

    /** Concepts by id, not by number. */
    Firings.OfDatapoint ofDatapoint(int datapoint) {
        int[] rows = byDatapoint.rows(datapoint, saliency, concepts);
        int n = rows.length;
        Firings.OfDatapoint firings = new Firings.OfDatapoint(new int[n], new float[n], new float[n], new int[n]);
        for (int i = 0; i < n; i++) {
            firings.concepts()[i] = tables.concepts.get(concepts[rows[i]]).concept();
            firings.saliency()[i] = saliency[rows[i]];
            firings.peak()[i] = peak[rows[i]];
            firings.peakToken()[i] = peakToken[rows[i]];
        }
        return firings;
    }

    /** By datapoint: the numbers of the concepts that fire on it, in no order. */
    int[][] conceptsOfDatapoints() {
        int[][] all = new int[tables.items.size()][];
        Arrays.setAll(all, datapoint -> byDatapoint.members(datapoint, concepts));
        return all;
    }

    private void add(RunFolder.Saliency row) {
        if (size == concepts.length) {
            int longer = size + (size >> 1);
            concepts = Arrays.copyOf(concepts, longer);
            datapoints = Arrays.copyOf(datapoints, longer);
            saliency = Arrays.copyOf(saliency, longer);
            peak = Arrays.copyOf(peak, longer);
            peakToken = Arrays.copyOf(peakToken, longer);
        }
        concepts[size] = tables.concept(row.concept(), "saliency");
        datapoints[size] = tables.item(row.benchmark(), row.item(), "saliency");
        saliency[size] = row.saliency();
        peak[size] = row.peak();
        peakToken[size] = row.peakToken();
        size++;
    }

    /** Row numbers by group, by counting sort. */
    private static final class Groups {
        private final int[] starts;
        private final int[] rows;

        Groups(int[] group, int size, int groups) {
            starts = new int[groups + 1];
            for (int i = 0; i < size; i++) {
                starts[group[i] + 1]++;
            }
            Arrays.parallelPrefix(starts, Integer::sum);
            rows = new int[size];
            int[] next = Arrays.copyOf(starts, groups);
            for (int i = 0; i < size; i++) {
                rows[next[group[i]]++] = i;
            }
        }

        int size(int group) {
            return starts[group + 1] - starts[group];
        }

        /** The other number of every row of a group. */
        int[] members(int group, int[] other) {
            return Arrays.stream(rows, starts[group], starts[group + 1])
                    .map(row -> other[row])
                    .toArray();
        }

        /** Highest saliency first, ties by the other number. */
        int[] rows(int group, float[] saliency, int[] other) {
            return Arrays.stream(rows, starts[group], starts[group + 1])
                    .boxed()
                    .sorted((a, b) -> {
                        int bySaliency = Float.compare(saliency[b], saliency[a]);
                        return bySaliency != 0 ? bySaliency : Integer.compare(other[a], other[b]);
                    })
                    .mapToInt(Integer::intValue)
                    .toArray();
        }
    }
}
