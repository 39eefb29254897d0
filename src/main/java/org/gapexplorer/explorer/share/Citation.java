package org.gapexplorer.explorer.share;

import java.time.LocalDate;
import org.gapexplorer.explorer.view.Text;

/** A view as a BibTeX entry. */
public final class Citation {
    private static final String METHOD = "Method: Bohacek et al., Competency Gaps, arXiv:2512.20638";

    private Citation() {}

    /**
     * @param title of the page and the study, hostile text
     * @param version of the snapshot
     * @param studied when the study ran
     * @param link the whole address, pinned; percent-encoded, so it holds no braces
     */
    public static String bibtex(String title, String version, LocalDate studied, String link, LocalDate accessed) {
        return """
                @misc{gapexplorer-%s,
                  title        = {{%s}},
                  year         = {%d},
                  date         = {%s},
                  version      = {%s},
                  howpublished = {Gap Explorer},
                  url          = {%s},
                  urldate      = {%s},
                  note         = {Gap Explorer, snapshot %s, accessed %s. %s}
                }
                """.formatted(
                        key(version, link),
                        escaped(title),
                        studied.getYear(),
                        studied,
                        escaped(version),
                        url(link),
                        accessed,
                        escaped(version),
                        accessed,
                        METHOD);
    }

    /** One key for one view: letters and digits that BibTeX takes. */
    private static String key(String version, String link) {
        return version.replaceAll("[^A-Za-z0-9-]", "") + "-" + String.format("%08x", link.hashCode());
    }

    /** BibTeX counts braces even behind a backslash, so they become commands, as does all that TeX takes for its own. */
    static String escaped(String text) {
        StringBuilder out = new StringBuilder();
        for (char c : Text.plain(text, 300).toCharArray()) {
            switch (c) {
                case '\\' -> out.append("\\textbackslash{}");
                case '{' -> out.append("\\textbraceleft{}");
                case '}' -> out.append("\\textbraceright{}");
                case '~' -> out.append("\\textasciitilde{}");
                case '^' -> out.append("\\textasciicircum{}");
                case '$', '&', '%', '#', '_' -> out.append('\\').append(c);
                default -> out.append(c);
            }
        }
        return out.toString();
    }

    /** Within {@code url} all stands as it is; only what would end the field must be encoded. */
    private static String url(String link) {
        return link.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C");
    }
}
