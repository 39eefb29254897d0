package org.gapexplorer.explorer.share;

import java.util.ArrayList;
import java.util.List;
import org.gapexplorer.explorer.view.Cell;
import org.gapexplorer.explorer.view.Figure;
import org.gapexplorer.explorer.view.Part;
import org.gapexplorer.explorer.view.Table;
import org.gapexplorer.explorer.view.Text;

/**
 * What a link to a page shows before it is opened: the page's own figures, and the first rows of its first table. The
 * same records that the page is made of, so the numbers agree.
 *
 * @param table may be null
 */
public record Preview(List<Figure> figures, Table table) {
    private static final int FIGURES = 4;
    private static final int ROWS = 4;
    private static final int LONGEST = 300;

    public static final Preview NONE = new Preview(List.of(), null);

    public static Preview of(List<Figure> figures) {
        return new Preview(figures, null);
    }

    public static Preview of(Table table) {
        return new Preview(List.of(), table);
    }

    /** The figures in a line of text; the first rows where there are none. */
    public String text() {
        List<String> said = new ArrayList<>();
        for (Figure f : figures.subList(0, Math.min(FIGURES, figures.size()))) {
            said.add(f.name() + ": " + f.value() + (f.note().isEmpty() ? "" : " (" + f.note() + ")"));
        }
        if (said.isEmpty() && table != null) {
            for (Table.Row row :
                    table.rows().subList(0, Math.min(ROWS, table.rows().size()))) {
                said.add(name(row) + " " + number(row));
            }
            return Text.plain(table.caption() + ": " + String.join("; ", said), LONGEST);
        }
        return Text.plain(String.join("; ", said), LONGEST);
    }

    /** The row's label in one line. */
    static String name(Table.Row row) {
        StringBuilder name = new StringBuilder();
        for (Part part : row.label().parts()) name.append(part.text());
        return Text.plain(name.toString(), 80);
    }

    /** The number that the row is about: the coloured one, or the one a small picture shows, or the first. */
    static String number(Table.Row row) {
        List<Cell> cells = row.cells();
        int from = 0;
        for (int i = cells.size() - 1; i >= 0; i--)
            if (isTinted(cells.get(i)) || cells.get(i).mark() != null) from = i;
        return cells.stream()
                .skip(from)
                .filter(c -> c.css().startsWith("num") && !c.text().isEmpty())
                .map(Cell::text)
                .findFirst()
                .orElse("");
    }

    static boolean isTinted(Cell cell) {
        return cell.css().contains("tint");
    }
}
