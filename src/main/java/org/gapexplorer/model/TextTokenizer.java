package org.gapexplorer.model;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gapexplorer.study.Problem;

/**
 * Text to tokens, by a {@code tokenizer.json}. Padding and truncation written in that file are not used: nothing is
 * padded, and each call says how many tokens it takes. Safe for use by several threads, one call at a time; a call works
 * on all cores.
 */
public final class TextTokenizer implements AutoCloseable {
    /** Texts handed to the native library in one call, to bound what it holds at once. */
    private static final int CHUNK = 256;

    private final String where;
    private final byte[] json;
    private final Framing framing;
    /** Special tokens by their text. */
    private final Map<String, Long> specials;

    private final Set<Long> specialIds;
    private final Map<Integer, HuggingFaceTokenizer> byLimit = new HashMap<>();

    private TextTokenizer(String where, byte[] json, Framing framing) {
        this.where = where;
        this.json = json;
        this.framing = framing;
        this.specials = TokenizerJson.read(where, json);
        this.specialIds = Set.copyOf(specials.values());
    }

    /**
     * Which special tokens a text gets.
     *
     * @param asFile those that the tokenizer.json puts around a text; if not, none (a chat template writes them itself)
     * @param bos the token a text begins with, where another file says that it must or must not stand there; else null
     * @param begins whether it must; counts only with {@code asFile}
     */
    public record Framing(boolean asFile, String bos, boolean begins) {
        /** As the tokenizer.json says. */
        public static final Framing FILE = new Framing(true, null, false);
        /** No special tokens but those the text itself spells, which are special then. */
        public static final Framing NONE = new Framing(false, null, false);
    }

    /** Reads a {@code tokenizer.json}. */
    public static TextTokenizer load(Path file) {
        try {
            return load(Files.readAllBytes(file), file.toString());
        } catch (IOException e) {
            throw new Problem(
                    file.toString(), "cannot be read as a tokenizer", "check the path and its permissions", e);
        }
    }

    /**
     * Reads the bytes of a {@code tokenizer.json}.
     *
     * @param where the name to give it in messages
     * @throws Problem if the tokenizer library refuses them
     */
    public static TextTokenizer load(byte[] json, String where) {
        TextTokenizer tokenizer = new TextTokenizer(where, json, Framing.FILE);
        tokenizer.encode(List.of("a"), 8);
        return tokenizer;
    }

    /** Which special tokens a text gets. */
    public Framing framing() {
        return framing;
    }

    /** A file's tokenizer with other special tokens around a text. */
    public static TextTokenizer load(Path file, Framing framing) {
        try (TextTokenizer asItIs = load(file)) {
            return asItIs.framed(framing);
        }
    }

    /** The same tokenizer, other special tokens around a text. */
    public TextTokenizer framed(Framing other) {
        if (other.bos != null && other.begins && !specials.containsKey(other.bos)) {
            throw new Problem(
                    where,
                    "has no special token '" + other.bos + "', which tokenizer_config.json puts first",
                    "give the tokenizer.json and tokenizer_config.json of one model");
        }
        return new TextTokenizer(where, json, other);
    }

    /** The {@code tokenizer.json} it was read from. */
    public byte[] json() {
        return json.clone();
    }

    /**
     * Tokens of each text, in the order given.
     *
     * @param texts any text; what is not valid UTF-16 (a lone surrogate) is read as U+FFFD
     * @param maxTokens tokens kept of each text, special ones included; the end of a longer text is cut off
     */
    public synchronized List<Tokens> encode(List<String> texts, int maxTokens) {
        HuggingFaceTokenizer tokenizer = byLimit.computeIfAbsent(maxTokens, this::open);
        List<Tokens> all = new ArrayList<>(texts.size());
        for (int from = 0; from < texts.size(); from += CHUNK) {
            String[] chunk = texts.subList(from, Math.min(from + CHUNK, texts.size())).stream()
                    .map(TextTokenizer::wellFormed)
                    .toArray(String[]::new);
            Encoding[] encodings = tokenizer.batchEncode(chunk, framing.asFile, false);
            for (int i = 0; i < chunk.length; i++) {
                all.add(begun(tokens(chunk[i], encodings[i]), maxTokens));
            }
        }
        return all;
    }

    private HuggingFaceTokenizer open(int maxTokens) {
        Map<String, String> options = Map.of(
                "addSpecialTokens", Boolean.toString(framing.asFile),
                "padding", "false",
                "truncation", "true",
                "maxLength", Integer.toString(maxTokens),
                "modelMaxLength", Integer.toString(maxTokens));
        try {
            return HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), options);
        } catch (IOException | RuntimeException e) {
            throw notATokenizer(where, e);
        }
    }

    static Problem notATokenizer(String where, Exception e) {
        return new Problem(
                where,
                "is not a tokenizer.json that can be used (" + e.getMessage() + ")",
                "give the tokenizer.json that belongs to the model",
                e);
    }

    /** With the first token that the framing asks for, or without the one it forbids. */
    private Tokens begun(Tokens tokens, int maxTokens) {
        Long bos = framing.asFile && framing.bos != null ? specials.get(framing.bos) : null;
        boolean stands = bos != null && tokens.length() > 0 && tokens.ids()[0] == bos;
        if (bos == null || stands == framing.begins) {
            return tokens;
        }
        int skip = stands ? 1 : 0;
        int add = stands ? 0 : 1;
        int length = Math.min(tokens.length() - skip + add, maxTokens);
        Tokens changed = new Tokens(
                new long[length],
                new int[length],
                new int[length],
                new boolean[length],
                tokens.truncated() || length < tokens.length() - skip + add,
                new String[length]);
        if (add == 1) {
            changed.ids()[0] = bos;
            changed.special()[0] = true;
            changed.pieces()[0] = framing.bos;
        }
        System.arraycopy(tokens.ids(), skip, changed.ids(), add, length - add);
        System.arraycopy(tokens.starts(), skip, changed.starts(), add, length - add);
        System.arraycopy(tokens.ends(), skip, changed.ends(), add, length - add);
        System.arraycopy(tokens.special(), skip, changed.special(), add, length - add);
        System.arraycopy(tokens.pieces(), skip, changed.pieces(), add, length - add);
        return changed;
    }

    private Tokens tokens(String text, Encoding encoding) {
        long[] ids = encoding.getIds();
        int[] starts = new int[ids.length];
        int[] ends = new int[ids.length];
        boolean[] special = new boolean[ids.length];
        Offsets offsets = new Offsets(text);
        CharSpan[] spans = encoding.getCharTokenSpans();
        for (int i = 0; i < ids.length; i++) {
            special[i] = encoding.getSpecialTokenMask()[i] != 0 || !framing.asFile && specialIds.contains(ids[i]);
            if (spans[i] != null && !special[i]) {
                starts[i] = offsets.utf16(spans[i].getStart());
                ends[i] = offsets.utf16(spans[i].getEnd());
            }
        }
        return new Tokens(ids, starts, ends, special, encoding.exceedMaxLength(), encoding.getTokens());
    }

    private static String wellFormed(String text) {
        boolean broken = text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
        if (!broken) {
            return text;
        }
        StringBuilder mended = new StringBuilder(text.length());
        text.codePoints().forEach(c -> mended.appendCodePoint(c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c));
        return mended.toString();
    }

    @Override
    public synchronized void close() {
        byLimit.values().forEach(HuggingFaceTokenizer::close);
        byLimit.clear();
    }

    /** Turns offsets in code points, as the tokenizer library counts, into UTF-16 offsets; quick when asked in order. */
    private static final class Offsets {
        private final String text;
        private int codePoint;
        private int utf16;

        Offsets(String text) {
            this.text = text;
        }

        int utf16(int target) {
            utf16 = text.offsetByCodePoints(utf16, target - codePoint);
            codePoint = target;
            return utf16;
        }
    }
}
