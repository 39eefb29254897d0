package org.gapexplorer.snapshot;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.miscellaneous.PerFieldAnalyzerWrapper;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;

/** How labels become words: once as written, once stemmed; no word is thrown away, so phrases hold. */
final class LabelText {
    static final Analyzer WORDS = analyzer(false);
    static final Analyzer STEMS = analyzer(true);
    static final Analyzer ANALYZER =
            new PerFieldAnalyzerWrapper(WORDS, Map.of(Fields.STEMS, STEMS, Fields.WORDS, WORDS));

    private static final int HEAD_WORDS = 4;

    private LabelText() {}

    /** A word and where it stands in the text. */
    record Word(String text, int start, int end) {}

    static List<Word> words(Analyzer analyzer, String text) {
        List<Word> words = new ArrayList<>();
        try (TokenStream stream = analyzer.tokenStream("", text)) {
            CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
            OffsetAttribute offset = stream.addAttribute(OffsetAttribute.class);
            stream.reset();
            while (stream.incrementToken()) {
                words.add(new Word(term.toString(), offset.startOffset(), offset.endOffset()));
            }
            stream.end();
        } catch (IOException e) {
            throw new IllegalStateException("reading from a string does not fail", e);
        }
        return words;
    }

    /** What a label says first, before its examples: up to the first colon, and at most {@value HEAD_WORDS} words. */
    static String head(String label) {
        int colon = label.indexOf(':');
        String said = colon < 0 ? label : label.substring(0, colon);
        return words(WORDS, said).stream().limit(HEAD_WORDS).map(Word::text).collect(Collectors.joining(" "));
    }

    private static Analyzer analyzer(boolean stemmed) {
        return new Analyzer() {
            @Override
            protected TokenStreamComponents createComponents(String field) {
                Tokenizer tokens = new StandardTokenizer();
                TokenStream words = new ASCIIFoldingFilter(new LowerCaseFilter(new EnglishPossessiveFilter(tokens)));
                return new TokenStreamComponents(tokens, stemmed ? new PorterStemFilter(words) : words);
            }
        };
    }
}
