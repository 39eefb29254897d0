package org.gapexplorer.stress;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;

/** What may never be in an answer, whatever was asked. */
final class Judge {
    private static final int OVERLOADED = 503;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern INSIDES = Pattern.compile("org\\.gapexplorer\\.|java\\.lang\\.|\\tat |Exception:");
    private static final Pattern RUNS =
            Pattern.compile("(?i)^[\\s\\p{Cntrl}]*(javascript|data|vbscript):.*", Pattern.DOTALL);

    private Judge() {}

    /** In words; empty where nothing is wrong. */
    static List<String> faults(Asked asked, Told told) {
        List<String> faults = new ArrayList<>();
        boolean deliberate = told.status() == OVERLOADED && told.headers().contains("Retry-After");
        if (told.status() >= 500 && !deliberate && told.status() != 501) faults.add("status " + told.status());
        if (told.headers().contains(HostileText.HEADER)) faults.add("a header was injected");
        // an odd Accept-Encoding may well mean that it may be compressed
        boolean packed = told.headers().contains("Content-Encoding");
        if (asked.method().equals("HEAD") || told.body().length == 0 || packed) return faults;
        String type = told.type();
        String text = told.text();
        if (type.endsWith("json")) {
            readable(told, faults);
        } else if (type.equals("text/html")) {
            markup(Jsoup.parse(text), faults);
        } else if (type.endsWith("xml")) {
            markup(Jsoup.parse(text, Parser.xmlParser()), faults);
        } else if (type.isEmpty()) {
            faults.add("no content type");
        }
        if (told.status() >= 400 && INSIDES.matcher(text).find()) faults.add("tells of its insides");
        return faults;
    }

    private static void readable(Told told, List<String> faults) {
        try {
            JSON.readTree(told.body());
        } catch (JsonProcessingException e) {
            faults.add("no JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            faults.add("no JSON: " + e);
        }
    }

    private static void markup(Document page, List<String> faults) {
        for (Element element : page.getAllElements()) {
            if (element.normalName().contains(HostileText.ELEMENT)) faults.add("unescaped: <" + element.normalName());
            for (Attribute attribute : element.attributes()) {
                String name = attribute.getKey().toLowerCase(Locale.ROOT);
                if (name.startsWith("on") || name.contains(HostileText.ATTRIBUTE)) {
                    faults.add("an attribute " + name + " in <" + element.normalName());
                }
                boolean leads = List.of("href", "src", "action", "formaction", "xlink:href")
                        .contains(name);
                if (leads && RUNS.matcher(attribute.getValue()).matches()) {
                    faults.add("runs: " + name + "=" + attribute.getValue());
                }
            }
        }
    }
}
