package org.gapexplorer.method;

/** A mean over those that have a value, each with its weight: sum w v / sum w. */
public final class WeightedMean {
    private double sum;
    private double weight;
    private int values;

    /** Counts nothing where the value is NaN or the weight not above 0. */
    public void add(double value, double weight) {
        if (!Double.isNaN(value) && weight > 0) {
            sum += value * weight;
            this.weight += weight;
            values++;
        }
    }

    /** NaN where nothing counted. */
    public double value() {
        return values == 0 ? Double.NaN : sum / weight;
    }

    /** The weights that counted, summed. */
    public double weight() {
        return weight;
    }

    /** How many values counted. */
    public int values() {
        return values;
    }
}
