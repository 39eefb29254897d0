package org.gapexplorer.explorer.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Held against RFC 4180 by hand. */
class CsvTest {
    private static String line(Object... values) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Csv csv = new Csv(out, List.of("a", "b"))) {
            csv.row(values);
        }
        String text = out.toString(StandardCharsets.UTF_8);
        assertThat(text).startsWith("a,b\r\n").endsWith("\r\n");
        return text.substring(5, text.length() - 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-ing", "@x"})
    void textThatASpreadsheetWouldCalculateGetsAnApostrophe(String label) throws IOException {
        // quotes around a cell change nothing
        assertThat(line(label, "a" + label).replace("\"", "")).isEqualTo("'" + label + ",a" + label);
    }

    @Test
    void numbersStayAsTheyAreAndWhatIsNotDefinedIsEmpty() throws IOException {
        assertThat(line(-0.25, 3)).isEqualTo("-0.25,3");
        assertThat(line(Double.NaN, null)).isEqualTo(",");
    }

    @Test
    void commasQuotesAndLineBreaksAreQuoted() throws IOException {
        assertThat(line("one, two", "say \"so\"")).isEqualTo("\"one, two\",\"say \"\"so\"\"\"");
        assertThat(line("two\nlines", "plain")).isEqualTo("\"two\nlines\",plain");
        assertThat(line("café😀", "")).isEqualTo("café😀,");
    }
}
