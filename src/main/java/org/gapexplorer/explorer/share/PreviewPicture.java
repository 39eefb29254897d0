package org.gapexplorer.explorer.share;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.LineBreakMeasurer;
import java.awt.font.TextAttribute;
import java.awt.font.TextLayout;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.text.AttributedString;
import java.util.List;
import org.gapexplorer.explorer.view.Cell;
import org.gapexplorer.explorer.view.Figure;
import org.gapexplorer.explorer.view.Mark;
import org.gapexplorer.explorer.view.Palette;
import org.gapexplorer.explorer.view.Table;
import org.gapexplorer.explorer.view.Text;

/**
 * The picture of a link preview, 1200 by 630: the title, a strip of headline figures, and the first rows of the view's
 * table as bars or, where its cells are coloured, as a grid. It draws what the page says, in the page's own words.
 */
final class PreviewPicture {
    static final int WIDTH = 1200;
    static final int HEIGHT = 630;
    private static final int MARGIN = 64;
    private static final int FOOT = HEIGHT - 48;
    private static final int FIGURES = 4;
    private static final int GRID_COLUMNS = 6;
    /** Height of a row of bars. */
    private static final int BAR = 35;

    private static final String SERIF = Font.SERIF;
    private static final String SANS = Font.SANS_SERIF;
    /** Units of a mark's view box between its ends. */
    private static final double MARK = 136;

    private static final double MARK_PAD = 4;

    private final Graphics2D g;

    private PreviewPicture(Graphics2D g) {
        this.g = g;
    }

    /** Whether text can be drawn here: a JDK without fontconfig, or without any font, fails when it first tries. */
    static boolean fontsWork() {
        System.setProperty("java.awt.headless", "true");
        try {
            BufferedImage probe = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
            Graphics2D g = probe.createGraphics();
            g.setFont(new Font(SANS, Font.PLAIN, 8));
            boolean works = g.getFontMetrics().stringWidth("8") > 0;
            g.dispose();
            return works;
        } catch (RuntimeException | Error e) {
            // no library for fonts is a LinkageError, no configuration an InternalError, no font a plain Error
            return false;
        }
    }

    static BufferedImage of(String title, String study, String version, Preview preview) {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        try {
            g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            new PreviewPicture(g).draw(title, study, version, preview);
        } finally {
            g.dispose();
        }
        return image;
    }

    private void draw(String title, String study, String version, Preview preview) {
        g.setColor(colour("paper"));
        g.fillRect(0, 0, WIDTH, HEIGHT);
        g.setColor(colour("accent"));
        g.fillRect(0, 0, WIDTH, 10);
        int y = title(title, MARGIN + 34);
        if (!preview.figures().isEmpty()) y = figures(preview.figures(), y + 30);
        Table table = preview.table();
        if (table != null && !table.isEmpty()) {
            if (isGrid(table)) grid(table, y + 30);
            else bars(table, y + 30);
        }
        foot(study, version);
    }

    /** Up to two lines. */
    private int title(String title, int y) {
        g.setColor(colour("ink"));
        Font font = new Font(SERIF, Font.BOLD, title.length() > 40 ? 42 : 54);
        AttributedString text = new AttributedString(title.isEmpty() ? " " : title);
        text.addAttribute(TextAttribute.FONT, font);
        LineBreakMeasurer lines = new LineBreakMeasurer(text.getIterator(), g.getFontRenderContext());
        int end = title.length();
        for (int line = 0; line < 2 && lines.getPosition() < end; line++) {
            TextLayout layout = lines.nextLayout(WIDTH - 2f * MARGIN);
            y += (int) (line == 0 ? layout.getAscent() * 0.6 : layout.getAscent() + layout.getDescent());
            layout.draw(g, MARGIN, y);
        }
        return y + 16;
    }

    private int figures(List<Figure> figures, int y) {
        int n = Math.min(FIGURES, figures.size());
        int wide = (WIDTH - 2 * MARGIN) / n;
        for (int i = 0; i < n; i++) {
            Figure f = figures.get(i);
            int x = MARGIN + i * wide;
            g.setColor(colour("line-strong"));
            g.fillRect(x, y, wide - 28, 2);
            text(f.name(), x, y + 32, wide - 28, new Font(SANS, Font.PLAIN, 22), "muted");
            text(f.value(), x, y + 82, wide - 28, new Font(SERIF, Font.BOLD, 46), "ink");
            text(f.note(), x, y + 112, wide - 28, new Font(SANS, Font.PLAIN, 19), "muted");
        }
        return y + 126;
    }

    private void bars(Table table, int y) {
        text(table.caption(), MARGIN, y + 16, WIDTH - 2 * MARGIN, new Font(SANS, Font.PLAIN, 21), "muted");
        y += 34;
        Font font = new Font(SANS, Font.PLAIN, 23);
        for (Table.Row row : rows(table, y, BAR)) {
            text(Preview.name(row), MARGIN, y + 25, 420, font, "ink");
            Mark mark = row.cells().stream()
                    .map(Cell::mark)
                    .filter(m -> m != null)
                    .findFirst()
                    .orElse(null);
            if (mark != null) mark(mark, 510, y + 4, 460);
            text(Preview.number(row), mark == null ? 510 : 1000, y + 25, 140, font, "ink");
            y += BAR;
        }
    }

    /** A mark as the page's table has it, larger. */
    private void mark(Mark m, int x, int y, int wide) {
        double unit = wide / MARK;
        boolean dot = m.kind().equals("dot");
        if (dot) {
            g.setColor(colour("line"));
            g.fillRect(x, y + 13, wide, 2);
        }
        if (!m.low().isEmpty()) {
            double from = x + (Double.parseDouble(m.low()) - MARK_PAD) * unit;
            double length = Double.parseDouble(m.width()) * unit;
            g.setColor(colour(m.sign().isEmpty() ? "bar" : m.sign()));
            g.fill(new RoundRectangle2D.Double(from, dot ? y + 10 : y + 3, length, dot ? 8 : 22, 4, 4));
        }
        if (!m.reference().isEmpty()) {
            g.setColor(colour("ink"));
            g.fillRect((int) (x + (Double.parseDouble(m.reference()) - MARK_PAD) * unit), y - 1, 2, 30);
        }
        if (!m.dot().isEmpty()) {
            g.setColor(colour("bar-strong"));
            int at = (int) (x + (Double.parseDouble(m.dot()) - MARK_PAD) * unit);
            g.fillOval(at - 9, y + 5, 18, 18);
        }
    }

    private void grid(Table table, int y) {
        Font font = new Font(SANS, Font.PLAIN, 21);
        int n = (int) table.rows().getFirst().cells().stream()
                .filter(Preview::isTinted)
                .limit(GRID_COLUMNS)
                .count();
        int left = 480;
        int wide = (WIDTH - MARGIN - left) / Math.max(2, n);
        int column = 0;
        for (int j = 0; j < table.rows().getFirst().cells().size() && column < n; j++) {
            if (!Preview.isTinted(table.rows().getFirst().cells().get(j))) continue;
            text(table.columns().get(j + 1).title(), left + column++ * wide + 8, y + 16, wide - 12, font, "muted");
        }
        text(table.caption(), MARGIN, y + 16, left - MARGIN - 20, font, "muted");
        y += 30;
        for (Table.Row row : rows(table, y, 40)) {
            text(Preview.name(row), MARGIN, y + 27, left - MARGIN - 20, font, "ink");
            List<Cell> cells =
                    row.cells().stream().filter(Preview::isTinted).limit(n).toList();
            for (int j = 0; j < cells.size(); j++) {
                String step = step(cells.get(j));
                String ground = Palette.ground(step);
                int x = left + j * wide;
                if (ground != null) {
                    g.setColor(Color.decode(ground));
                    g.fillRect(x, y, wide - 3, 37);
                } else {
                    g.setColor(colour("line-strong"));
                    g.drawRect(x, y, wide - 4, 36);
                }
                g.setColor(Color.decode(Palette.ink(step)));
                text(cells.get(j).text(), x + 12, y + 26, wide - 16, font);
            }
            y += 40;
        }
    }

    private void foot(String study, String version) {
        g.setColor(colour("line"));
        g.fillRect(MARGIN, FOOT - 34, WIDTH - 2 * MARGIN, 1);
        Font font = new Font(SANS, Font.PLAIN, 21);
        text(study + " · snapshot " + version, MARGIN, FOOT, 820, font, "muted");
        Font bold = new Font(SERIF, Font.BOLD, 24);
        text(
                "Gap Explorer",
                WIDTH - MARGIN - g.getFontMetrics(bold).stringWidth("Gap Explorer"),
                FOOT,
                300,
                bold,
                "ink");
    }

    /** As many rows as fit above the foot. */
    private static List<Table.Row> rows(Table table, int y, int tall) {
        return table.rows().stream().limit(Math.max(0, (FOOT - 44 - y) / tall)).toList();
    }

    private static boolean isGrid(Table table) {
        return table.rows().getFirst().cells().stream().anyMatch(Preview::isTinted);
    }

    /** The step of the colour scale among a cell's classes. */
    private static String step(Cell cell) {
        for (String css : cell.css().split(" ")) if (Palette.ground(css) != null) return css;
        return "";
    }

    private void text(String text, int x, int y, int wide, Font font, String colour) {
        g.setColor(colour(colour));
        text(text, x, y, wide, font);
    }

    /** One line, an ellipsis where it is too long. */
    private void text(String text, int x, int y, int wide, Font font) {
        g.setFont(font);
        FontMetrics metrics = g.getFontMetrics();
        String whole = Text.plain(text, 120);
        String line = whole;
        for (int n = whole.length(); n > 1 && metrics.stringWidth(line) > wide; ) line = Text.bounded(whole, --n);
        g.drawString(line, x, y);
    }

    private static Color colour(String name) {
        return Color.decode(Palette.colour(name));
    }
}
