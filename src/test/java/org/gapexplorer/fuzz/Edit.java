package org.gapexplorer.fuzz;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * A change to some bytes.
 *
 * @param kind what is done
 * @param at where, as a share of the length
 * @param length how much
 * @param with which of the nasty words, or which byte
 */
public record Edit(Kind kind, double at, int length, int with) {
    public enum Kind {
        FLIP_BIT,
        SET_BYTE,
        DELETE,
        REPEAT,
        CUT_OFF,
        INSERT_WORD,
        REPLACE_NUMBER,
        SWAP,
        REPLACE_VALUE
    }

    /** In place of a value of JSON. */
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "0",
            "-1",
            "0.5",
            "1e308",
            "-1e999",
            "9223372036854775808",
            "2147483648",
            "\"\"",
            "\"\\ud800\"",
            "\"\\u0000\\n\"",
            "\"../../gapx-fuzz\"",
            "\"/etc/passwd\"",
            "\"NaN\"",
            "\"12\"",
            "[]",
            "[null]",
            "[[1, 2], [3]]",
            "{}",
            "{\"id\": 1, \"id\": 2}",
            "\"" + "b".repeat(70_000) + "\"");

    /** What parsers have been known to trip over. */
    private static final List<String> WORDS = List.of(
            "-1",
            "0",
            "9223372036854775807",
            "9223372036854775808",
            "4294967295",
            "2147483648",
            "1e999",
            "-1e-999",
            "NaN",
            "Infinity",
            "null",
            "true",
            "\"",
            "{",
            "}",
            "[",
            "]",
            "[".repeat(10_000),
            "{\"a\":".repeat(3_000),
            ",",
            ":",
            "\n",
            "\r\n",
            "\u0000",
            "\ufeff",
            "\u202e",
            "../../../../etc/passwd",
            "/etc/passwd",
            "file:///etc/passwd",
            "../gapx-fuzz",
            "//localhost:1/",
            "c__builtin__\neval\n",
            "cos\nsystem\n(S'touch /tmp/gapx-fuzz'\ntR.",
            "{{ ''.__class__ }}",
            "{% for i in range(1000000000) %}{% endfor %}",
            "!!java.net.URL [http://localhost]",
            "&a [*a]",
            "'; ATTACH '/tmp/x.db'; --",
            "COPY (SELECT 1) TO '/tmp/gapx-fuzz'",
            "%s%n%x",
            "A".repeat(70_000));

    /** Of every three, one leaves JSON what it is and changes only what it says. */
    public static final Arbitrary<List<Edit>> SOME =
            Arbitraries.frequencyOf(Tuple.of(2, some(Kind.values())), Tuple.of(1, some(Kind.REPLACE_VALUE)));

    private static Arbitrary<List<Edit>> some(Kind... kinds) {
        return Combinators.combine(
                        Arbitraries.of(kinds),
                        Arbitraries.doubles().between(0, 1),
                        Arbitraries.integers().between(1, 64),
                        Arbitraries.integers().between(0, 1 << 16))
                .as(Edit::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(6);
    }

    public static byte[] all(List<Edit> edits, byte[] bytes) {
        byte[] changed = bytes;
        for (Edit edit : edits) {
            changed = edit.apply(changed);
        }
        return changed;
    }

    /** The same, half of the time within an archive or what is compressed: few changes of those get past the checksums. */
    public static byte[] within(List<Edit> edits, byte[] bytes) {
        boolean inside = !edits.isEmpty() && edits.getFirst().with % 2 != 0 && bytes.length > 4;
        try {
            if (inside && bytes[0] == 'P' && bytes[1] == 'K') {
                return withinZip(edits, bytes);
            }
            if (inside && bytes[0] == 0x1f && bytes[1] == (byte) 0x8b) {
                return Hostile.gzip(all(edits, new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes()));
            }
        } catch (IOException e) {
            // entries packed in a way that the JDK does not know
        }
        return all(edits, bytes);
    }

    private static byte[] withinZip(List<Edit> edits, byte[] bytes) throws IOException {
        List<ZipEntry> entries = new ArrayList<>();
        List<byte[]> contents = new ArrayList<>();
        try (var in = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                entries.add(entry);
                contents.add(in.readAllBytes());
            }
        }
        int chosen = edits.getFirst().with / 2 % entries.size();
        contents.set(chosen, all(edits, contents.get(chosen)));
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            for (int i = 0; i < entries.size(); i++) {
                var entry = new ZipEntry(entries.get(i).getName());
                if (entries.get(i).getMethod() == ZipEntry.STORED) {
                    var crc = new CRC32();
                    crc.update(contents.get(i));
                    entry.setMethod(ZipEntry.STORED);
                    entry.setSize(contents.get(i).length);
                    entry.setCrc(crc.getValue());
                }
                zip.putNextEntry(entry);
                zip.write(contents.get(i));
            }
        }
        return out.toByteArray();
    }

    private byte[] apply(byte[] bytes) {
        if (bytes.length == 0) {
            return word();
        }
        int from = Math.min(bytes.length - 1, (int) (at * bytes.length));
        int to = Math.min(bytes.length, from + length);
        byte[] changed = bytes.clone();
        switch (kind) {
            case FLIP_BIT -> changed[from] ^= (byte) (1 << with % 8);
            case SET_BYTE -> changed[from] = (byte) with;
            case SWAP -> {
                int other = with % bytes.length;
                changed[from] = bytes[other];
                changed[other] = bytes[from];
            }
            case DELETE -> changed = spliced(bytes, from, to, new byte[0]);
            case REPEAT -> changed = spliced(bytes, to, to, Arrays.copyOfRange(bytes, from, to));
            case CUT_OFF -> changed = Arrays.copyOf(bytes, from);
            case INSERT_WORD -> changed = spliced(bytes, from, from, word());
            case REPLACE_NUMBER -> changed = withoutNumber(bytes, from);
            case REPLACE_VALUE -> changed = withoutText(bytes, from);
        }
        return changed;
    }

    private byte[] word() {
        return WORDS.get(with % WORDS.size()).getBytes(StandardCharsets.UTF_8);
    }

    /** The next number written in digits becomes another word. */
    private byte[] withoutNumber(byte[] bytes, int from) {
        int start = from;
        while (start < bytes.length && !isDigit(bytes[start])) {
            start++;
        }
        int end = start;
        while (end < bytes.length && isDigit(bytes[end])) {
            end++;
        }
        return spliced(bytes, start, end, word());
    }

    /** The next text in quotes becomes another value; a name, which stands before a colon, another text. */
    private byte[] withoutText(byte[] bytes, int from) {
        int start = from;
        while (start < bytes.length && bytes[start] != '"') {
            start++;
        }
        int end = start + 1;
        while (end < bytes.length && bytes[end] != '"') {
            end += bytes[end] == '\\' ? 2 : 1;
        }
        if (end >= bytes.length) {
            return bytes;
        }
        int after = end + 1;
        while (after < bytes.length && bytes[after] == ' ') {
            after++;
        }
        boolean name = after < bytes.length && bytes[after] == ':';
        String value = VALUES.get(with % VALUES.size());
        String text = name && !value.startsWith("\"") ? "\"x\"" : value;
        return spliced(bytes, start, end + 1, text.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private static byte[] spliced(byte[] bytes, int from, int to, byte[] between) {
        byte[] changed = new byte[bytes.length - (to - from) + between.length];
        System.arraycopy(bytes, 0, changed, 0, from);
        System.arraycopy(between, 0, changed, from, between.length);
        System.arraycopy(bytes, to, changed, from + between.length, bytes.length - to);
        return changed;
    }
}
