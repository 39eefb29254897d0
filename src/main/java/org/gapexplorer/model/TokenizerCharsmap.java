package org.gapexplorer.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.Deque;

/**
 * The table of characters that SentencePiece's normalizer puts in place of others, as a {@code precompiled_charsmap} has
 * it in base 64: the bytes of a trie in four bytes, the trie (darts-clone's double array), and UTF-8 texts that end with a
 * NUL. The native library trusts its numbers, and ends the process where one leads out of the table, or where there is no table.
 */
final class TokenizerCharsmap {
    private final int[] units;
    private final byte[] texts;

    private TokenizerCharsmap(int[] units, byte[] texts) {
        this.units = units;
        this.texts = texts;
    }

    /** Whether it is such a table, and no text leads out of it. */
    static boolean holds(String base64) {
        byte[] all;
        try {
            all = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return false;
        }
        if (!Base64.getEncoder().encodeToString(all).equals(base64)) {
            return false;
        }
        ByteBuffer bytes = ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN);
        int size = bytes.remaining() < Integer.BYTES ? 0 : bytes.getInt();
        if (size < Integer.BYTES || size % Integer.BYTES != 0 || size > bytes.remaining()) {
            return false;
        }
        int[] units = new int[size / Integer.BYTES];
        bytes.asIntBuffer().get(units);
        byte[] texts = Arrays.copyOfRange(all, Integer.BYTES + size, all.length);
        return Arrays.equals(new String(texts, UTF_8).getBytes(UTF_8), texts)
                && new TokenizerCharsmap(units, texts).isClosed();
    }

    /** Every place that is reached from the first has all places that a next byte could lead to. */
    private boolean isClosed() {
        BitSet seen = new BitSet();
        Deque<Integer> places = new ArrayDeque<>();
        places.add(offset(units[0]));
        while (!places.isEmpty()) {
            int place = places.pop();
            if (seen.get(place)) {
                continue;
            }
            seen.set(place);
            if ((place | 0xFF) >= units.length) {
                return false;
            }
            for (int next = 1; next <= 0xFF; next++) {
                int unit = units[place ^ next];
                // a value, which has the highest bit, is no step
                if ((unit & 0x8000_00FF) == next) {
                    int after = place ^ next ^ offset(unit);
                    if (after >= units.length || (unit >> 8 & 1) == 1 && !isText(units[after] & 0x7FFF_FFFF)) {
                        return false;
                    }
                    places.push(after);
                }
            }
        }
        return true;
    }

    private static int offset(int unit) {
        return unit >>> 10 << ((unit & 1 << 9) >> 6);
    }

    /** Whether a character begins there. */
    private boolean isText(int at) {
        return at == texts.length || at < texts.length && (texts[at] & 0xC0) != 0x80;
    }
}
