package org.gapexplorer.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.gapexplorer.fuzz.Hostile.Seed;
import org.gapexplorer.model.TextTokenizer;

/** Changed tokenizers of every kind of model, which a native library reads that ends the process where it gives up. */
class TokenizerFuzzTest {
    private static final String WORDS = """
            {"version":"1.0","truncation":null,"padding":null,"added_tokens":[{"id":0,"content":"<s>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true}],
            "normalizer":{"type":"Lowercase"},"pre_tokenizer":{"type":"Whitespace"},"post_processor":null,"decoder":null,
            "model":{"type":"WordLevel","vocab":{"<s>":0,"a":1,"bank":2,"[UNK]":3},"unk_token":"[UNK]"}}
            """;
    private static final String PIECES = """
            {"truncation":{"direction":"Right","max_length":8,"strategy":"LongestFirst","stride":2},
            "padding":{"strategy":{"Fixed":8},"direction":"Right","pad_to_multiple_of":4,"pad_id":0,"pad_type_id":0,"pad_token":"[PAD]"},
            "added_tokens":[{"id":0,"content":"[PAD]","single_word":false,"lstrip":false,"rstrip":true,"normalized":false,"special":true},{"id":2,"content":"[CLS]","single_word":true,"lstrip":true,"rstrip":false,"normalized":true,"special":true}],
            "normalizer":{"type":"BertNormalizer","clean_text":true,"handle_chinese_chars":true,"strip_accents":null,"lowercase":true},
            "pre_tokenizer":{"type":"BertPreTokenizer"},
            "post_processor":{"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"[CLS]","type_id":0}},{"Sequence":{"id":"A","type_id":0}}],"pair":[{"Sequence":{"id":"A","type_id":0}},{"Sequence":{"id":"B","type_id":1}}],"special_tokens":{"[CLS]":{"id":"[CLS]","ids":[2],"tokens":["[CLS]"]}}},
            "decoder":{"type":"WordPiece","prefix":"##","cleanup":true},
            "model":{"type":"WordPiece","unk_token":"[UNK]","continuing_subword_prefix":"##","max_input_chars_per_word":100,"vocab":{"[PAD]":0,"[UNK]":1,"[CLS]":2,"a":3,"ban":4,"##k":5}}}
            """;
    private static final String PAIRS = """
            {"added_tokens":[],"normalizer":{"type":"Sequence","normalizers":[{"type":"NFC"},{"type":"Replace","pattern":{"Regex":" {2,}"},"content":" "},{"type":"Prepend","prepend":"_"},{"type":"Strip","strip_left":true,"strip_right":false}]},
            "pre_tokenizer":{"type":"Sequence","pretokenizers":[{"type":"Split","pattern":{"Regex":"%s"},"behavior":"Isolated","invert":false},{"type":"Digits","individual_digits":true},{"type":"ByteLevel","add_prefix_space":false,"trim_offsets":true,"use_regex":false}]},
            "post_processor":{"type":"Sequence","processors":[{"type":"ByteLevel","add_prefix_space":true,"trim_offsets":false,"use_regex":false},{"type":"RobertaProcessing","sep":["b",1],"cls":["a",0],"trim_offsets":true,"add_prefix_space":true}]},
            "decoder":{"type":"ByteLevel","add_prefix_space":true,"trim_offsets":true,"use_regex":true},
            "model":{"type":"BPE","dropout":null,"unk_token":null,"continuing_subword_prefix":"","end_of_word_suffix":"","fuse_unk":false,"byte_fallback":false,"ignore_merges":true,"vocab":{"a":0,"b":1,"ab":2,"n":3,"k":4,"nk":5,"abnk":6},"merges":[["a","b"],["n","k"],["ab","nk"]]}}
            """;
    private static final String UNIGRAM = """
            {"normalizer":{"type":"Sequence","normalizers":[{"type":"Precompiled","precompiled_charsmap":"%s"},{"type":"Replace","pattern":{"String":" "},"content":"_"}]},
            "pre_tokenizer":{"type":"Sequence","pretokenizers":[{"type":"WhitespaceSplit"},{"type":"Metaspace","replacement":"_","prepend_scheme":"always","split":true},{"type":"Punctuation","behavior":"Contiguous"}]},
            "post_processor":{"type":"BertProcessing","sep":["</s>",1],"cls":["<s>",0]},
            "decoder":{"type":"Metaspace","replacement":"_","prepend_scheme":"always","split":true},
            "model":{"type":"Unigram","unk_id":2,"byte_fallback":false,"vocab":[["<s>",0.0],["</s>",0.0],["<unk>",0.0],["_a",-2.5],["bank",-3.25],["b",-4.0]]}}
            """;
    private static final String PATTERN =
            "(?i:'s|'t)|[^\\\\r\\\\n\\\\p{L}]?\\\\p{L}+|\\\\p{N}{1,3}| ?[^\\\\s\\\\p{L}]+[\\\\r\\\\n]*|\\\\s+(?!\\\\S)|\\\\s+";

    /** Texts that loops of patterns run over: of one kind of character, then one of another. */
    private static final List<String> TEXTS = List.of(
            "a bank",
            "",
            "a".repeat(300) + "b1",
            " ".repeat(300) + "\n.x",
            "\u0e01\u0301\ud83d\ude80 12345678 \u4e2d\ufb01");

    /** The letter fi becomes the two it consists of; a double array of darts-clone of a block for each byte. */
    private static final byte[] CHARSMAP = charsmap();

    private static byte[] charsmap() {
        int[] units = new int[1024];
        int[] path = {0xEF, 0xAC, 0x81};
        // the root's children stand in block 0, each next one's in a block of its own
        int base = 0;
        for (int i = 0; i < path.length; i++) {
            int at = base ^ path[i];
            int next = (i + 1) << 8;
            int leaf = i == path.length - 1 ? 1 << 8 : 0;
            units[at] = (at ^ next) << 10 | leaf | path[i];
            base = next;
        }
        units[base] = 0x8000_0000 | 2;
        byte[] texts = "x\0fi\0".getBytes(UTF_8);
        ByteBuffer bytes =
                ByteBuffer.allocate(4 + 4 * units.length + texts.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(4 * units.length);
        for (int unit : units) {
            bytes.putInt(unit);
        }
        return bytes.put(texts).array();
    }

    private static String unigram(byte[] charsmap) {
        return UNIGRAM.formatted(Base64.getEncoder().encodeToString(charsmap));
    }

    private static final List<Seed> SEEDS = List.of(
            seed("words", WORDS),
            seed("pieces", PIECES),
            seed("pairs", PAIRS.formatted(PATTERN)),
            seed("unigram", unigram(CHARSMAP)));

    private static Seed seed(String name, String json) {
        return Seed.of(name + ".json", json);
    }

    @Provide
    Arbitrary<List<Edit>> edits() {
        return Edit.SOME;
    }

    @Provide
    Arbitrary<Seed> kinds() {
        return Arbitraries.of(SEEDS);
    }

    @Property
    void tokenizers(@ForAll("kinds") Seed seed, @ForAll("edits") List<Edit> edits) throws Exception {
        Hostile.reads(seed, 0, edits, path -> encoded(TextTokenizer.load(path)));
    }

    @Property
    void patterns(@ForAll("edits") List<Edit> edits) throws Exception {
        String pattern = new ObjectMapper().readValue("\"" + PATTERN + "\"", String.class);
        String changed = new String(Edit.all(edits, pattern.getBytes(UTF_8)), UTF_8);
        String quoted = new ObjectMapper().writeValueAsString(changed);
        // the quotes are in the file already
        written(PAIRS.formatted(quoted.substring(1, quoted.length() - 1)));
    }

    @Property
    void charsmaps(@ForAll("edits") List<Edit> edits) throws Exception {
        written(unigram(Edit.all(edits, CHARSMAP)));
    }

    private static void written(String json) throws Exception {
        Hostile.endsWell(() -> encoded(TextTokenizer.load(json.getBytes(UTF_8), "t")), json);
    }

    private static Object encoded(TextTokenizer loaded) {
        try (TextTokenizer tokenizer = loaded) {
            return tokenizer.encode(TEXTS, 16);
        }
    }
}
