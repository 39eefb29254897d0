package org.gapexplorer.explorer.share;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.time.LocalDate;
import java.util.Map;
import org.jbibtex.BibTeXDatabase;
import org.jbibtex.BibTeXEntry;
import org.jbibtex.BibTeXParser;
import org.jbibtex.Key;
import org.jbibtex.LaTeXParser;
import org.jbibtex.LaTeXPrinter;
import org.jbibtex.ParseException;
import org.jbibtex.TokenMgrException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What jbibtex, a parser that is not ours, reads from the entries. */
class CitationTest {
    private static final String LINK = "https://gaps.example/concepts?q=100%25&sort=gap_x~1&columns=a,b#items{}\\";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "the word 'left' near twice, friends",
                "100% of $5 & #3_a ~ x^2",
                "braces } { and } again {",
                "ends with a backslash \\",
                "\\end{misc} @article{other, title = {x}}",
                "quotes \" and commas, = signs",
            })
    void aTitleOfAnyKindIsOneEntryAndReadsAsItWas(String title) throws Exception {
        BibTeXEntry entry = only(title);
        assertThat(plain(field(entry, "title"))).isEqualTo(title.replace('\'', '’'));
    }

    @Test
    void lettersOfAnyScriptStay() throws Exception {
        // the entry is read by the parser; its reader of TeX knows no letter beyond Latin
        String title = "größer als, naïve, 日本語, שלום 😀";
        assertThat(field(only(title), "title")).isEqualTo("{" + title + "}");
    }

    @Test
    void everyFieldIsThere() throws Exception {
        BibTeXEntry entry = only("Money");
        assertThat(entry.getType()).isEqualTo(new Key("misc"));
        assertThat(entry.getKey().getValue()).matches("gapexplorer-20261122-172841-05d0a962-[0-9a-f]{8}");
        assertThat(field(entry, "year")).isEqualTo("2026");
        assertThat(field(entry, "date")).isEqualTo("2026-11-21");
        assertThat(field(entry, "urldate")).isEqualTo("2026-11-22");
        assertThat(plain(field(entry, "version"))).isEqualTo("20261122-172841-05d0a962");
        assertThat(field(entry, "url"))
                .isEqualTo("https://gaps.example/concepts?q=100%25&sort=gap_x~1&columns=a,b#items%7B%7D%5C");
        assertThat(field(entry, "note")).contains("arXiv:2512.20638");
    }

    private static BibTeXEntry only(String title) throws ParseException, TokenMgrException {
        String text = Citation.bibtex(
                title, "20261122-172841-05d0a962", LocalDate.of(2026, 11, 21), LINK, LocalDate.of(2026, 11, 22));
        BibTeXDatabase read = new BibTeXParser().parseFully(new StringReader(text));
        Map<Key, BibTeXEntry> entries = read.getEntries();
        assertThat(entries).hasSize(1);
        return entries.values().iterator().next();
    }

    private static String field(BibTeXEntry entry, String name) {
        return entry.getField(new Key(name)).toUserString();
    }

    /** As it would be printed: TeX makes a straight quote a curved one. */
    private static String plain(String latex) throws Exception {
        return new LaTeXPrinter().print(new LaTeXParser().parse(new StringReader(latex)));
    }
}
