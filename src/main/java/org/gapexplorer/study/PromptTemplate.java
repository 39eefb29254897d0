package org.gapexplorer.study;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How an item becomes the prompt a model is asked: fixed words with {@code {question}} and {@code {choices}} in them.
 * Choices stand one a line, lettered. The rendered prompt remembers which of its text is the item's own: the question and
 * the choices' words, without the template's words and letters.
 *
 * @param text the template
 */
public record PromptTemplate(String text) {
    private static final Pattern SLOT = Pattern.compile("\\{(\\w*)}");

    /** The question, and its lettered choices if it has any. */
    public static final PromptTemplate DEFAULT = new PromptTemplate("{question}\n{choices}");

    public PromptTemplate {
        boolean hasQuestion = false;
        Matcher slot = SLOT.matcher(text);
        while (slot.find()) {
            switch (slot.group(1)) {
                case "question" -> hasQuestion = true;
                case "choices" -> {}
                default ->
                    throw new IllegalArgumentException("the template names {" + slot.group(1)
                            + "}; only {question} and {choices} can stand in it");
            }
        }
        if (!hasQuestion) {
            throw new IllegalArgumentException("the template has no {question}; put it where the question goes");
        }
    }

    /**
     * @param text what the model is asked
     * @param own the item's own text within it: start0, end0, start1, end1, ... in UTF-16 units
     */
    public record Prompt(String text, int[] own) {}

    /** The prompt of one item; {@code choices} may be null or empty. */
    public Prompt render(String question, List<String> choices) {
        var prompt = new StringBuilder();
        var own = new ArrayList<Integer>();
        Matcher slot = SLOT.matcher(text);
        int from = 0;
        while (slot.find()) {
            prompt.append(text, from, slot.start());
            if (slot.group(1).equals("question")) {
                appendOwn(prompt, own, question);
            } else if (choices != null) {
                appendChoices(prompt, own, choices);
            }
            from = slot.end();
        }
        prompt.append(text, from, text.length());
        return new Prompt(
                prompt.toString().stripTrailing(),
                own.stream().mapToInt(Integer::intValue).toArray());
    }

    /** The text alone, with nothing stripped: white space at the end can matter to a language model. */
    public String exactly(String question, List<String> choices) {
        var lettered = new StringBuilder();
        if (choices != null) {
            appendChoices(lettered, new ArrayList<>(), choices);
        }
        return SLOT.matcher(text)
                .replaceAll(slot ->
                        Matcher.quoteReplacement(slot.group(1).equals("question") ? question : lettered.toString()));
    }

    private static void appendChoices(StringBuilder prompt, List<Integer> own, List<String> choices) {
        for (int i = 0; i < choices.size(); i++) {
            if (i > 0) {
                prompt.append('\n');
            }
            prompt.append(letter(i)).append(". ");
            appendOwn(prompt, own, choices.get(i));
        }
    }

    private static void appendOwn(StringBuilder prompt, List<Integer> own, String text) {
        String stripped = text.stripTrailing();
        own.add(prompt.length());
        prompt.append(stripped);
        own.add(prompt.length());
    }

    private static String letter(int index) {
        return index < 26 ? String.valueOf((char) ('A' + index)) : String.valueOf(index + 1);
    }
}
