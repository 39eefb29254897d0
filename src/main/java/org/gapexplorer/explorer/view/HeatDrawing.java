package org.gapexplorer.explorer.view;

import java.util.ArrayList;
import java.util.List;

/** A heat map as geometry, for a picture of it: on pages it is a table. */
public record HeatDrawing(double width, double height, List<Name> columns, List<Name> rows, List<Square> squares) {
    private static final double LEFT = 180;
    private static final double TOP = 110;
    static final double WIDE = 52;
    static final double TALL = 26;
    private static final int LONGEST = 26;

    public record Name(double x, double y, String text) {}

    /** @param css the ground's step; @param ink colour of the number on it */
    public record Square(double x, double y, String css, String ink, String text) {
        public double middle() {
            return x + WIDE / 2;
        }

        public double line() {
            return y + TALL / 2 + 4;
        }
    }

    public static HeatDrawing of(HeatMap map) {
        List<Name> columns = new ArrayList<>();
        List<Name> rows = new ArrayList<>();
        List<Square> squares = new ArrayList<>();
        for (int j = 0; j < map.columns().size(); j++) {
            columns.add(new Name(
                    LEFT + (j + 0.6) * WIDE, TOP - 8, Text.plain(map.columns().get(j), LONGEST - 8)));
        }
        for (int i = 0; i < map.rows().size(); i++) {
            HeatMap.Row row = map.rows().get(i);
            double y = TOP + i * TALL;
            rows.add(new Name(LEFT - 8, y + TALL / 2 + 4, Text.plain(row.title(), LONGEST)));
            for (int j = 0; j < row.squares().size(); j++) {
                HeatMap.Square s = row.squares().get(j);
                squares.add(new Square(LEFT + j * WIDE, y, s.css(), Palette.ink(s.css()), s.text()));
            }
        }
        double width = Math.max(440, LEFT + map.columns().size() * WIDE + 70);
        return new HeatDrawing(width, TOP + map.rows().size() * TALL + 4, columns, rows, squares);
    }
}
