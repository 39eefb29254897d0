package org.gapexplorer.model.chat;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.LongStream;
import org.gapexplorer.model.chat.Blocks.Block;
import org.gapexplorer.model.chat.Blocks.Output;
import org.gapexplorer.study.Problem;
import org.gapexplorer.study.PromptTemplate.Prompt;

/**
 * A model's chat template: a conversation as the model reads it, as transformers' {@code apply_chat_template} renders it.
 * The template comes with the model: it reaches nothing but what it is given, and is stopped when it takes too long.
 */
public final class ChatTemplate {
    private static final int MAX_TEMPLATE = 1 << 20;
    /** Stands for an item's text when its place is looked for: private-use characters, which no template looks at. */
    private static final String PLACE = "\uE0F0\uE0F7\uE0F1";

    private final String where;
    private final Block template;
    private final Settings settings;
    private String frame;

    private ChatTemplate(String where, Block template, Settings settings) {
        this.where = where;
        this.template = template;
        this.settings = settings;
    }

    /**
     * How it is used.
     *
     * @param tokens special tokens by name ({@code bos_token}), as the tokenizer's config has them
     * @param system the system message; null for none of our own (the template may have one)
     * @param generationPrompt whether the words that start the answer follow
     * @param date what a template that prints today's date prints; null: it is told that there is no clock
     */
    public record Settings(Map<String, String> tokens, String system, boolean generationPrompt, LocalDate date) {}

    /**
     * Reads a template.
     *
     * @param where the name to give it in messages
     * @throws Problem if it is no Jinja template, or uses of Jinja what is not known here
     */
    public static ChatTemplate read(String template, String where, Settings settings) {
        if (template.length() > MAX_TEMPLATE) {
            throw problem(where, new TemplateException("has more than " + MAX_TEMPLATE + " characters"));
        }
        try {
            return new ChatTemplate(where, Blocks.read(template), settings);
        } catch (TemplateException e) {
            throw problem(where, e);
        } catch (StackOverflowError e) {
            throw problem(where, new TemplateException("goes too deep"));
        }
    }

    /**
     * The conversation as one text.
     *
     * @param messages each with {@code role} and {@code content}
     */
    public String render(List<Map<String, Object>> messages) {
        Map<String, Object> names = new HashMap<>(settings.tokens);
        names.put("messages", messages);
        names.put("add_generation_prompt", settings.generationPrompt);
        names.put("tools", null);
        names.put("documents", null);
        names.put("namespace", (Values.Function) (arguments, named) -> new Values.Space(new LinkedHashMap<>(named)));
        names.put("dict", (Values.Function) (arguments, named) -> named);
        names.put("range", (Values.Function) (arguments, named) -> range(arguments));
        names.put("raise_exception", (Values.Function) (arguments, named) -> {
            throw new TemplateException("refuses the conversation: " + Values.text(arguments.getFirst()));
        });
        if (settings.date != null) {
            names.put("strftime_now", (Values.Function)
                    (arguments, named) -> formatted(settings.date, Values.string(arguments.getFirst())));
        }
        try {
            Output output = new Output();
            template.write(Scope.top(names), output);
            return output.toString();
        } catch (TemplateException e) {
            throw problem(where, e);
        } catch (StackOverflowError e) {
            throw problem(where, new TemplateException("goes too deep"));
        } catch (RuntimeException e) {
            throw problem(where, new TemplateException("is not worked out (" + e.getMessage() + ")"));
        }
    }

    /**
     * A prompt as the user's message, with the place of the item's own words in the whole.
     *
     * @throws Problem if the template does not leave the prompt's text as it is (blanks at its ends may go)
     */
    public Prompt apply(Prompt prompt) {
        String whole = render(conversation(prompt.text()));
        String frame = frame();
        int start = frame.indexOf(PLACE);
        String after = start < 0 ? "" : frame.substring(start + PLACE.length());
        int end = whole.length() - after.length();
        boolean framed =
                start >= 0 && start <= end && whole.startsWith(frame.substring(0, start)) && whole.endsWith(after);
        String kept = framed ? whole.substring(start, end) : "";
        int skipped = prompt.text().indexOf(kept);
        if (!framed || skipped < 0 || !prompt.text().strip().equals(kept.strip())) {
            throw problem(where, new TemplateException("changes the words of the prompt it is given"));
        }
        int[] own = prompt.own().clone();
        for (int i = 0; i < own.length; i++) {
            own[i] = start + Math.clamp((long) own[i] - skipped, 0, kept.length());
        }
        return new Prompt(whole, own);
    }

    /** What stands around a prompt; the same for all of them. */
    private synchronized String frame() {
        if (frame == null) {
            frame = render(conversation(PLACE));
        }
        return frame;
    }

    private List<Map<String, Object>> conversation(String text) {
        List<Map<String, Object>> messages = new ArrayList<>();
        if (settings.system != null) {
            messages.add(message("system", settings.system));
        }
        messages.add(message("user", text));
        return messages;
    }

    private static Map<String, Object> message(String role, String content) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("role", role);
        message.put("content", content);
        return message;
    }

    private static List<Object> range(List<Object> arguments) {
        long from = arguments.size() > 1 ? Values.whole(arguments.get(0)) : 0;
        long to = Values.whole(arguments.get(arguments.size() > 1 ? 1 : 0));
        long step = arguments.size() > 2 ? Values.whole(arguments.get(2)) : 1;
        if (step == 0 || (to - from) / step > 100_000) {
            throw new TemplateException("asks for a range of more than 100000 numbers");
        }
        return new ArrayList<>(LongStream.iterate(from, i -> step > 0 ? i < to : i > to, i -> i + step)
                .boxed()
                .toList());
    }

    /** A date by C's strftime, as far as templates use it. */
    private static String formatted(LocalDate date, String format) {
        Map<String, String> patterns =
                Map.of("d", "dd", "b", "MMM", "B", "MMMM", "Y", "uuuu", "m", "MM", "y", "uu", "A", "EEEE", "a", "EEE");
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            String pattern = c == '%' && i + 1 < format.length() ? patterns.get(format.substring(i + 1, i + 2)) : null;
            if (c != '%') {
                out.append(c);
            } else if (pattern == null) {
                throw new TemplateException("formats the date as '" + format + "', which is not known here");
            } else {
                out.append(date.format(DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH)));
                i++;
            }
        }
        return out.toString();
    }

    private static Problem problem(String where, TemplateException e) {
        return new Problem(
                where,
                "the chat template " + e.getMessage(),
                "give another template as lens.chat.template, or leave lens.chat out",
                e);
    }
}
