package org.gapexplorer.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/** What a call of {@code gapx} came to: its exit code and what it printed. */
public record Called(int code, String out, String err) {
    /** Calls the command line in this process, as a shell would with these words. */
    static Called gapx(Object... words) {
        String[] arguments = List.of(words).stream().map(Object::toString).toArray(String[]::new);
        PrintStream out = System.out;
        PrintStream err = System.err;
        var caughtOut = new ByteArrayOutputStream();
        var caughtErr = new ByteArrayOutputStream();
        System.setOut(new PrintStream(caughtOut, true, UTF_8));
        System.setErr(new PrintStream(caughtErr, true, UTF_8));
        try {
            int code = Main.run(Map.of(), arguments);
            return new Called(code, caughtOut.toString(UTF_8), caughtErr.toString(UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    /**
     * Asserts that the call ended with one message, which holds all of this and nothing that only a programmer could
     * read. Lines of progress may come before it.
     */
    void refused(Object... naming) {
        assertThat(code).as(err).isEqualTo(Main.PROBLEM);
        complains(naming);
    }

    /** The same for words that are no command of ours. */
    void misunderstood(Object... naming) {
        assertThat(code).as(err).isEqualTo(2);
        complains(naming);
    }

    private void complains(Object... naming) {
        List<String> lines = err.lines().toList();
        assertThat(lines).filteredOn(line -> line.startsWith("gapx: ")).as(err).hasSize(1);
        assertThat(lines.getLast()).startsWith("gapx: ").contains("; ");
        for (Object name : naming) {
            assertThat(lines.getLast()).contains(name.toString());
        }
        assertThat(lines.subList(0, lines.size() - 1))
                .as("only progress besides")
                .allMatch(line -> line.matches(".* [\\d,]+ of [\\d,]+ .*"));
        assertThat(err).doesNotContain("Exception", "\tat ", "java.", "org.gapexplorer");
        assertThat(out).isEmpty();
    }
}
