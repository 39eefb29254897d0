package org.gapexplorer.extract;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.gapexplorer.study.Problem;

/**
 * One process's share of an extraction: every {@code of}-th part. Parts come longest prompts first, so taking turns
 * gives all shards about the same work.
 *
 * @param number from 1
 * @param of how many shards there are
 */
public record Shard(int number, int of) {
    /** More processes than anybody has; a slip of the finger has more. */
    private static final int MOST = 100_000;

    private static final String INDEX = "JOB_COMPLETION_INDEX";
    private static final Pattern FORM = Pattern.compile("(index|[0-9]{1,6})/([0-9]{1,6})");

    /**
     * Reads {@code 3/16}, or {@code index/16} for the index (from 0) that an Indexed Job of Kubernetes gives its pods.
     *
     * @param environment where {@value #INDEX} may stand
     */
    public static Shard parse(String text, Map<String, String> environment) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw wrong(text, "is not a shard");
        }
        int of = Integer.parseInt(form.group(2));
        int number = form.group(1).equals("index") ? index(text, environment) + 1 : Integer.parseInt(form.group(1));
        if (of < 1 || of > MOST || number < 1 || number > of) {
            throw wrong(text, "would be shard " + number + " of " + of);
        }
        return new Shard(number, of);
    }

    private static int index(String text, Map<String, String> environment) {
        String index = environment.getOrDefault(INDEX, "");
        if (!index.matches("[0-9]{1,6}")) {
            throw new Problem(
                    "--shard " + text,
                    "takes its number from " + INDEX + ", which is "
                            + (index.isEmpty() ? "not set" : "'" + index + "'"),
                    "run it in an Indexed Job, or give the number, such as 3/16");
        }
        return Integer.parseInt(index);
    }

    private static Problem wrong(String text, String what) {
        return new Problem(
                "--shard " + text, what, "give NUMBER/COUNT with numbers from 1, such as 3/16, or index/COUNT");
    }

    /** Its parts of so many. */
    List<Integer> parts(int count) {
        return IntStream.range(0, count)
                .filter(part -> part % of == number - 1)
                .boxed()
                .toList();
    }

    @Override
    public String toString() {
        return number + "/" + of;
    }
}
