package org.gapexplorer.study;

import java.util.Locale;

/** Sizes as people read them, in powers of ten as disks and networks count. */
public final class Bytes {
    private static final String[] UNITS = {"bytes", "kB", "MB", "GB", "TB", "PB"};

    private Bytes() {}

    /** For example 812 bytes, 1.5 MB or 16.1 GB. */
    public static String text(double bytes) {
        int unit = 0;
        double value = bytes;
        // 999.95 would be written as 1000.0
        while (value >= 999.95 && unit < UNITS.length - 1) {
            value /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", value, UNITS[unit]);
    }
}
