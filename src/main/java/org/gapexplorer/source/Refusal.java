package org.gapexplorer.source;

import java.net.http.HttpResponse;
import org.gapexplorer.study.Problem;
import org.gapexplorer.study.SourceRef;

/** What a server's no means, and what helps. */
final class Refusal {
    private static final int MAX_WORDS = 200;

    private Refusal() {}

    /** For a file that is not the hub's. */
    static Problem of(SourceRef source, HttpResponse<?> response) {
        return new Problem(
                source.uri(), response.uri().getHost() + " answered " + response.statusCode(), "check the address");
    }

    /**
     * For a file of the hub. The hub says 401 to strangers for what is private, gated or not there, 403 to those it knows
     * but has not let in, and names the reason in X-Error-Code.
     */
    static Problem ofHub(SourceRef source, HubUri uri, HubSettings hub, HttpResponse<?> response) {
        int status = response.statusCode();
        String code = response.headers().firstValue("X-Error-Code").orElse("");
        String host = response.uri().getHost();
        String answered = host + " answered " + status + words(response);
        String page = uri.page(hub.endpoint());
        String tokens = hub.endpoint() + "/settings/tokens";
        if (status == 404 && code.equals("EntryNotFound")) {
            return new Problem(
                    source.uri(),
                    uri.repository() + " has no " + uri.path() + " at revision " + uri.revision(),
                    "see what it holds at " + page + "/tree/" + uri.revision());
        }
        if (status == 404 && code.equals("RevisionNotFound")) {
            return new Problem(
                    source.uri(),
                    uri.repository() + " has no revision " + uri.revision(),
                    "see its branches at " + page);
        }
        if (code.equals("GatedRepo") && hub.token() != null) {
            return new Problem(
                    source.uri(),
                    uri.repository() + " is gated and your token is not on its list (" + answered + ")",
                    "log in with the token's account, accept the terms at " + page
                            + " and start again once access is granted; a fine-grained token also needs the permission to"
                            + " read gated repositories");
        }
        if (status == 401 || status == 403 || code.equals("GatedRepo")) {
            return hub.token() == null
                    ? new Problem(
                            source.uri(),
                            answered + ": " + uri.repository() + " is gated, private or not there",
                            "check the name; if it is gated, accept its terms at " + page + ", make a token at "
                                    + tokens + " and set HF_TOKEN to it")
                    : new Problem(
                            source.uri(),
                            answered + ": " + uri.repository()
                                    + " is gated, private or not there, or your token is no longer valid",
                            "check the name and the token (" + tokens + "), and accept the terms at " + page);
        }
        if (status == 404) {
            return new Problem(
                    source.uri(),
                    answered + ": there is no " + uri.repository() + " with " + uri.path() + " at " + uri.revision(),
                    "check the name, and whether it is a data set (hf:datasets/…): " + page);
        }
        return new Problem(source.uri(), answered, "see " + page);
    }

    private static String words(HttpResponse<?> response) {
        String words =
                response.headers().firstValue("X-Error-Message").orElse("").strip();
        if (words.isEmpty()) {
            return "";
        }
        return ", \"" + (words.length() > MAX_WORDS ? words.substring(0, MAX_WORDS) + "…" : words) + "\"";
    }
}
