package org.gapexplorer.study;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;

/** Reads lines that may be anybody's: one longer than any real one is refused before it fills the memory. */
public final class BoundedLine {
    private BoundedLine() {}

    /**
     * The next line, without its end; null after the last.
     *
     * @param number of the line, for a complaint
     * @param most characters
     */
    public static String read(Reader reader, Path file, int number, int most) throws IOException {
        StringBuilder line = new StringBuilder();
        int c = reader.read();
        if (c < 0) {
            return null;
        }
        for (; c >= 0 && c != '\n'; c = reader.read()) {
            if (line.length() == most) {
                throw new Problem(
                        file + ", line " + number,
                        "is longer than " + most + " characters",
                        "give a file with one JSON object a line");
            }
            line.append((char) c);
        }
        return line.toString();
    }
}
