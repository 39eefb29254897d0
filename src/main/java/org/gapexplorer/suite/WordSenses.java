package org.gapexplorer.suite;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gapexplorer.wordnet.PartOfSpeech;
import org.gapexplorer.wordnet.Synset;

/** Words and their senses, with WordNet's definitions and example sentences. */
final class WordSenses implements Generator {
    private final Vocabulary vocabulary;

    WordSenses(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    @Override
    public About about() {
        return new About(
                "word-senses",
                "Word senses",
                "Whether the word for a definition is found, and which of a word's several senses a sentence uses. Definitions and"
                        + " sentences are WordNet's; the words are common ones.",
                "Apache-2.0 AND LicenseRef-WordNet-3.1",
                0.257);
    }

    @Override
    public List<Template> templates() {
        List<Template> all = new ArrayList<>();
        for (String text : List.of(
                "Which word would a dictionary explain as \"{def}\"?",
                "{A role} is stuck at a crossword clue: {def}. Which of these four solves it?",
                "One word for this, please: {def}.",
                "On a card in the {role}'s word game stands only \"{def}\". What is the word?",
                "A learner describes a thing whose name is forgotten: \"{def}\". Which name was meant?",
                "Match the explanation with its headword. Explanation: {def}.",
                "The lexicon entry reads: {def}. At which of these words is it to be found?")) {
            all.add(d -> word(d, text, PartOfSpeech.NOUN));
        }
        for (String text : List.of(
                "To {def}: which verb says this in one word?",
                "The stage direction tells an actor to {def}. Which verb could replace it?",
                "Say it shorter: not \"{def}\", but which single verb?",
                "Which activity is defined by the words \"{def}\"?")) {
            all.add(d -> word(d, text, PartOfSpeech.VERB));
        }
        for (String text : List.of(
                "Which adjective is described by \"{def}\"?",
                "{A role} calls {a colour} {vehicle} something that means \"{def}\". What was the adjective?",
                "Something that is {def} can be called what?",
                "The thesaurus gives the sense \"{def}\" for one of these adjectives. For which?")) {
            all.add(d -> word(d, text, PartOfSpeech.ADJECTIVE));
        }
        for (String text : List.of(
                "In \"{example}\", what is meant by \"{word}\"?",
                "Read: \"{example}\". In which sense does the writer use \"{word}\" there?",
                "A translator must know what \"{word}\" stands for in this line: {example}. Which gloss is right?",
                "The word \"{word}\" has several meanings. Pick the one that fits here: \"{example}\".")) {
            all.add(d -> sense(d, text));
        }
        for (String text : List.of(
                "Fill the gap with the word that means \"{def}\": {gap}",
                "\"{gap}\" {A role} spilt tea over one word, which meant \"{def}\". Which was it?",
                "Complete the line \"{gap}\" The missing word is explained as: {def}.",
                "Which word belongs in the blank? {gap} (The hint for {a role} says: {def}.)")) {
            all.add(d -> gap(d, text));
        }
        for (String text : List.of(
                "In which sentence does \"{word}\" mean \"{def}\"?",
                "\"{word}\" can have the sense \"{def}\". Which of the following lines shows that sense?",
                "A teacher collects examples of \"{word}\" used for \"{def}\". Which line should be kept?")) {
            all.add(d -> sentence(d, text));
        }
        return all;
    }

    private static boolean clear(Vocabulary.Entry entry) {
        String definition = entry.synset().definition();
        return entry.tagCount() >= 3
                && !definition.startsWith("to ")
                && Vocabulary.quotable(definition)
                && !Vocabulary.names(definition, entry.word());
    }

    private Vocabulary.Entry entry(Draw d, PartOfSpeech pos) {
        Vocabulary.Entry entry = d.oneOf(vocabulary.entries(pos));
        d.set("def", entry.synset().definition()).set("word", entry.word());
        return clear(entry) ? entry : null;
    }

    private Draft word(Draw d, String text, PartOfSpeech pos) {
        Vocabulary.Entry entry = entry(d, pos);
        return entry == null ? null : amongOthers(d, text, entry);
    }

    /** Asks for the entry's word among others that could pass for it. */
    private Draft amongOthers(Draw d, String text, Vocabulary.Entry entry) {
        List<String> wrong = vocabulary.distractors(d, entry, 3);
        return wrong.size() < 3
                ? null
                : d.ask(entry.synset().category(), text, entry.word(), wrong)
                        .proof("word " + entry.synset().id());
    }

    private Vocabulary.Entry used(Draw d) {
        Vocabulary.Entry entry = d.oneOf(vocabulary.entries(
                d.oneOf(PartOfSpeech.NOUN, PartOfSpeech.VERB, PartOfSpeech.VERB, PartOfSpeech.ADJECTIVE)));
        String definition = entry.synset().definition();
        boolean fit = Vocabulary.quotable(definition) && !Vocabulary.names(definition, entry.word());
        List<String> examples = examples(entry.synset(), entry.word());
        if (!fit || examples.isEmpty()) {
            return null;
        }
        d.set("def", definition).set("word", entry.word()).set("example", d.oneOf(examples));
        return entry;
    }

    /** Examples of 4 to 11 words that use the word as it stands. */
    private static List<String> examples(Synset synset, String word) {
        Pattern whole = whole(word);
        return synset.examples().stream()
                .filter(e -> whole.matcher(e).find() && Vocabulary.decent(e))
                .filter(e -> e.split(" ").length >= 4 && e.split(" ").length <= 11 && e.matches("[A-Za-z ,'.!?-]+"))
                .toList();
    }

    private static Pattern whole(String word) {
        return Pattern.compile("(?i)(?<![\\w'-])" + word + "(?![\\w'-])");
    }

    private Draft sense(Draw d, String text) {
        Vocabulary.Entry entry = used(d);
        if (entry == null) {
            return null;
        }
        List<String> wrong = d.some(
                3,
                vocabulary.senses(entry.word(), entry.synset().pos()).stream()
                        .filter(s -> !related(s, entry.synset()))
                        .map(Synset::definition)
                        .filter(def -> Vocabulary.quotable(def)
                                && def.split(" ").length <= 10
                                && Vocabulary.decent(def)
                                && !Vocabulary.names(def, entry.word()))
                        .toList());
        String right = entry.synset().definition();
        return wrong.size() < 2 || right.split(" ").length > 10
                ? null
                : d.ask(entry.synset().category(), text, right, wrong)
                        .proof("sense " + entry.synset().id() + " " + entry.word());
    }

    private boolean related(Synset one, Synset other) {
        return one.id().equals(other.id())
                || vocabulary.ancestors(one).contains(other.id())
                || vocabulary.ancestors(other).contains(one.id())
                || vocabulary.similar(one).contains(other.id());
    }

    private Draft gap(Draw d, String text) {
        Vocabulary.Entry entry = used(d);
        if (entry == null) {
            return null;
        }
        String example = d.word("example");
        Matcher matcher = whole(entry.word()).matcher(example);
        String gap = Draw.capital(matcher.replaceAll("___"));
        d.set("gap", gap.matches(".*[.!?]") ? gap : gap + ".");
        return amongOthers(d, text, entry);
    }

    private Draft sentence(Draw d, String text) {
        Vocabulary.Entry entry = used(d);
        if (entry == null) {
            return null;
        }
        List<String> wrong = new ArrayList<>();
        for (Synset sense : vocabulary.senses(entry.word(), entry.synset().pos())) {
            List<String> others = examples(sense, entry.word());
            if (!related(sense, entry.synset()) && !others.isEmpty()) {
                wrong.add(d.oneOf(others));
            }
        }
        return wrong.size() < 2
                ? null
                : d.ask(entry.synset().category(), text, d.word("example"), d.some(3, wrong))
                        .proof("sentence " + entry.synset().id() + " " + entry.word());
    }
}
