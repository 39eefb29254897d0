package org.gapexplorer.label;

/** Somebody who is asked for a label. */
public interface Explainer {
    /** What stands beside its labels as their source. */
    String name();

    /**
     * Asks one question.
     *
     * @throws org.gapexplorer.study.Problem if there is no answer to be had
     */
    Answer ask(String instructions, String question);

    /**
     * What came back.
     *
     * @param text empty where there is no whole answer
     * @param tokens used by question and answer, as the explainer counts them
     */
    record Answer(String text, long tokens) {}
}
