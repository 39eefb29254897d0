package org.gapexplorer.label.published;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import org.gapexplorer.study.Problem;

/** Refuses a line longer than any real one, for a reader that keeps whole lines. */
final class ShortLines extends FilterReader {
    private final Path file;
    private final int most;
    private int line = 1;
    private int length;

    /** @param most characters of a line */
    ShortLines(Reader in, Path file, int most) {
        super(in);
        this.file = file;
        this.most = most;
    }

    @Override
    public int read() throws IOException {
        char[] one = new char[1];
        return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(char[] characters, int from, int count) throws IOException {
        int read = super.read(characters, from, count);
        for (int i = from; i < from + read; i++) {
            if (characters[i] == '\n') {
                line++;
                length = 0;
            } else if (++length > most) {
                throw new Problem(
                        file + ", line " + line,
                        "is longer than " + most + " characters",
                        "give a table with one concept a line");
            }
        }
        return read;
    }
}
