package org.gapexplorer.stress;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Values that a parameter, a path's segment or a field of a form may have from those who wish us ill, or who are tired. */
final class HostileText {
    /** An element and an attribute that no template writes: found in a page, something was not escaped. */
    static final String ELEMENT = "gxmark";

    static final String ATTRIBUTE = "ongxmark";
    /** A header that no answer has. */
    static final String HEADER = "gx-injected";

    private static final List<String> TEXTS = List.of(
            "<" + ELEMENT + " " + ATTRIBUTE + "=1>",
            "\"><" + ELEMENT + ">",
            "' " + ATTRIBUTE + "='1",
            "\" " + ATTRIBUTE + "=\"1",
            " " + ATTRIBUTE + "=1 ",
            "</title><" + ELEMENT + ">",
            "</textarea><" + ELEMENT + ">",
            "</script><" + ELEMENT + ">",
            "--><" + ELEMENT + ">",
            "]]><" + ELEMENT + ">",
            "&lt;" + ELEMENT + "&gt;",
            "javascript:" + ATTRIBUTE + "()",
            "x\r\n" + HEADER + ": 1",
            "x\n" + HEADER + ": 1\r\n\r\n<" + ELEMENT + ">",
            "\u0000",
            "a\u0000b",
            "\u202edesrever\u202c",
            "\u2066\u2067\u2068",
            "\ufeff\u200b\u00ad",
            "\ud83d\ude80\ud83c\udff3\ufe0f\u200d\ud83c\udf08",
            "e" + "\u0301".repeat(200),
            "x".repeat(3_000),
            "long ".repeat(500),
            "../../../../etc/passwd",
            "..",
            ".",
            "/",
            "//example.org",
            "\\\\host\\share",
            "/proc/self/environ",
            "",
            " ",
            "\t",
            "0",
            "-1",
            "1",
            "00000000000000000001",
            "2147483647",
            "2147483648",
            "-2147483649",
            "9223372036854775808",
            "99999999999999999999999999999999",
            "1e309",
            "-1e-400",
            "NaN",
            "Infinity",
            "-0.0",
            "0x1p3",
            "1_000",
            "١٢٣",
            "1,2,3",
            ",",
            ",,,,",
            "b0,".repeat(400),
            "b0,b0",
            "*",
            "**",
            "null",
            "true",
            "[]",
            "{}",
            "{page.title}",
            "${7*7}",
            "{{7*7}}",
            "%",
            "%s%n%d",
            "'; drop table saved_view; --",
            "\" OR 1=1",
            "title:[* TO *]",
            "label:a*",
            "(((((((((((",
            "a~ b^9 +c -d",
            "/(a+)+$/",
            "*".repeat(300),
            "?".repeat(300),
            "\"".repeat(501),
            "a AND NOT",
            "~0.0000001",
            "İIıß");

    /** Escapes as they stand in an address: what decodes to nothing, to too much or twice. */
    private static final List<String> RAW = List.of(
            "%00",
            "%C0%AE%C0%AE%C0%AF",
            "%E0%80%AF",
            "%F0%80%80%AF",
            "%FF%FE",
            "%ED%A0%80",
            "%F4%90%80%80",
            "%252e%252e%252f",
            "%25%30%30",
            "%u0041",
            "%2e%2e%2f",
            "%0d%0a" + HEADER + ":%201",
            "%E2%80%AE",
            "+++",
            "a%2Fb",
            "%3Cgxmark%3E",
            "%22%20ongxmark=%221",
            ";jsessionid=1",
            "%5c..%5c");

    private HostileText() {}

    static String text(Random random) {
        return switch (random.nextInt(12)) {
            case 0 -> random(random);
            case 1 -> text(random) + text(random);
            default -> TEXTS.get(random.nextInt(TEXTS.size()));
        };
    }

    /** Escaped for an address, or an escape that is wrong. */
    static String escaped(Random random) {
        return random.nextInt(5) == 0
                ? RAW.get(random.nextInt(RAW.size()))
                : URLEncoder.encode(text(random), StandardCharsets.UTF_8);
    }

    private static String random(Random random) {
        StringBuilder text = new StringBuilder();
        for (int n = random.nextInt(40); n > 0; n--) {
            int point = random.nextInt(random.nextBoolean() ? 0x80 : 0x11_0000);
            if (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE) text.appendCodePoint(point);
        }
        return text.toString();
    }
}
