package org.gapexplorer.source;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gapexplorer.study.Problem;
import org.gapexplorer.study.SourceRef;

/**
 * Requests over HTTP: redirects are followed by hand, within the allowed schemes; the hub's token goes to the hub alone;
 * failures that may pass are tried again after growing pauses, or after the pause the server asks for.
 */
final class Http {
    private static final int MAX_REDIRECTS = 5;
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);
    private static final Pattern RATE_LIMIT = Pattern.compile("\\br=0\\b.*\\bt=(\\d{1,6})\\b");

    private final Settings settings;
    private volatile HttpClient client;
    /** Hosts that were given up: the next file of theirs is worth one try, not all of them again. */
    private final Set<String> away = ConcurrentHashMap.newKeySet();

    /**
     * @param schemes the only ones asked, also after a redirect
     * @param hub the scheme and authority that alone get the token
     * @param token of the hub, null for none
     * @param attempts tries in all
     * @param pause before the second try; doubled before each further one
     * @param idle longest wait for the next byte
     */
    record Settings(Set<String> schemes, URI hub, String token, int attempts, Duration pause, Duration idle) {
        static Settings usual(Set<String> schemes, HubSettings hub) {
            return new Settings(schemes, hub.endpoint(), hub.token(), 5, Duration.ofSeconds(1), Duration.ofSeconds(30));
        }

        @Override
        public String toString() {
            return schemes + ", hub " + hub + (token == null ? "" : " with a token");
        }

        boolean isHub(URI uri) {
            return hub.getScheme().equalsIgnoreCase(uri.getScheme())
                    && hub.getAuthority().equalsIgnoreCase(uri.getAuthority());
        }
    }

    Http(Settings settings) {
        this.settings = settings;
        client = newClient();
    }

    private HttpClient newClient() {
        return HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.idle())
                .build();
    }

    /** The JDK's client never closes a connection whose answer it cannot parse, until the client itself ends. */
    private synchronized void renew(HttpClient used) {
        if (client == used) {
            client = newClient();
        }
        used.shutdown();
    }

    Settings settings() {
        return settings;
    }

    /** A failure that may pass: worth another try. */
    static final class Passing extends Exception {
        private final String host;
        private final Duration pause;
        private final boolean advanced;

        Passing(String message, Throwable cause) {
            this(message, cause, "", null, false);
        }

        /**
         * @param host that failed altogether; empty if it was this file only
         * @param pause that the server asks for; null if it does not say
         * @param advanced whether so much came that this was no failed try
         */
        private Passing(String message, Throwable cause, String host, Duration pause, boolean advanced) {
            super(message, cause);
            this.host = host;
            this.pause = pause;
            this.advanced = advanced;
        }

        /** The same of a try that was worth it. */
        Passing advanced() {
            return new Passing(getMessage(), this, host, pause, true);
        }
    }

    /** Something that is tried until it works out. */
    interface Attempt<T> {
        T make() throws IOException, Passing;
    }

    /** Makes an attempt, again if need be. */
    <T> T patiently(SourceRef source, Attempt<T> attempt) throws IOException {
        Duration pause = settings.pause();
        for (int tries = 1; ; tries++) {
            try {
                return attempt.make();
            } catch (Passing e) {
                if (e.advanced) {
                    tries = 0;
                    pause = settings.pause();
                }
                if (tries >= settings.attempts() || away.contains(e.host)) {
                    if (!e.host.isEmpty()) {
                        away.add(e.host);
                    }
                    throw new Unreachable(
                            source,
                            "cannot be fetched (" + e.getMessage() + ", " + tries + (tries == 1 ? " try)" : " tries)"),
                            e);
                }
                if (e.pause != null && e.pause.compareTo(LONGEST_PAUSE) > 0) {
                    throw new Unreachable(
                            source, e.getMessage() + " and asks to wait " + e.pause.toMinutes() + " minutes", e);
                }
                sleep(source, e.pause == null ? pause : e.pause);
                pause = pause.multipliedBy(2);
            }
        }
    }

    /** The network or the server is away, for longer than was worth waiting. */
    static final class Unreachable extends IOException {
        private final SourceRef source;

        Unreachable(SourceRef source, String what, Throwable cause) {
            super(what, cause);
            this.source = source;
        }

        Problem problem() {
            return new Problem(
                    source.uri(),
                    getMessage(),
                    "check the network and start again, or give a folder that has it with --mirror; what came is kept",
                    this);
        }
    }

    /** The answer of the last address that redirects lead to. */
    HttpResponse<InputStream> send(SourceRef source, String method, URI start, Map<String, String> headers)
            throws IOException, Passing {
        return follow(source, method, start, headers, false);
    }

    /** The head of the hub's own answer: redirects are followed on the hub only, since what it says of a file stands there. */
    HttpResponse<InputStream> askHub(SourceRef source, String method, URI start) throws IOException, Passing {
        return follow(source, method, start, Map.of(), true);
    }

    private HttpResponse<InputStream> follow(
            SourceRef source, String method, URI start, Map<String, String> headers, boolean onHubOnly)
            throws IOException, Passing {
        URI uri = start;
        for (int hops = 0; hops <= MAX_REDIRECTS; hops++) {
            if (!settings.schemes().contains(String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT))
                    || uri.getHost() == null) {
                throw new Problem(
                        source.uri(),
                        "leads to " + uri.getScheme() + "://" + uri.getHost() + ", which is not " + allowed(),
                        "use the address of a server that stays on " + allowed());
            }
            HttpResponse<InputStream> response = send(request(method, uri, headers));
            if (response.statusCode() / 100 != 3 || response.statusCode() == 304) {
                return passing(response);
            }
            response.body().close();
            String location = response.headers().firstValue("Location").orElse("");
            try {
                uri = uri.resolve(location);
            } catch (IllegalArgumentException e) {
                throw new Problem(
                        source.uri(), "leads to '" + location + "', which is no address", "check the address", e);
            }
            if (onHubOnly && !settings.isHub(uri)) {
                return response;
            }
        }
        throw new Problem(source.uri(), "leads from one address to the next without end", "check the address");
    }

    private String allowed() {
        return settings.schemes().size() == 1 ? settings.schemes().iterator().next() : "http or https";
    }

    private HttpRequest request(String method, URI uri, Map<String, String> headers) {
        var request = HttpRequest.newBuilder(uri)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .timeout(settings.idle())
                .header("User-Agent", "gap-explorer")
                // the bytes must be those whose hash and length are known
                .header("Accept-Encoding", "identity");
        headers.forEach(request::header);
        if (settings.token() != null && settings.isHub(uri)) {
            request.header("Authorization", "Bearer " + settings.token());
        }
        return request.build();
    }

    private HttpResponse<InputStream> passing(HttpResponse<InputStream> response) throws IOException, Passing {
        int status = response.statusCode();
        if (status == 408 || status == 429 || status >= 500) {
            response.body().close();
            String host = response.uri().getHost();
            throw new Passing(host + " answered " + status, null, "", pause(response.headers()), false);
        }
        away.remove(response.uri().getAuthority());
        return response;
    }

    /** What the server asks to wait: Retry-After in seconds or as a date, or the hub's rate limit; null if nothing. */
    private static Duration pause(HttpHeaders headers) {
        String after = headers.firstValue("Retry-After").orElse("").strip();
        if (after.matches("\\d{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(after));
        }
        if (!after.isEmpty()) {
            try {
                Instant until = ZonedDateTime.parse(after, DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant();
                Duration wait = Duration.between(Instant.now(), until);
                return wait.isNegative() ? Duration.ZERO : wait;
            } catch (DateTimeParseException e) {
                return null;
            }
        }
        Matcher limit = RATE_LIMIT.matcher(headers.firstValue("RateLimit").orElse(""));
        return limit.find() ? Duration.ofSeconds(Long.parseLong(limit.group(1)) + 1) : null;
    }

    private HttpResponse<InputStream> send(HttpRequest request) throws Passing {
        String host = request.uri().getHost();
        String all = request.uri().getAuthority();
        HttpClient used = client;
        try {
            return used.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (HttpConnectTimeoutException e) {
            throw new Passing("no connection to " + host, e, all, null, false);
        } catch (HttpTimeoutException e) {
            throw new Passing("no answer from " + host, e, all, null, false);
        } catch (ConnectException e) {
            boolean unknown = e.getCause() instanceof UnresolvedAddressException
                    || e.getCause() instanceof UnknownHostException
                    || e.getCause() != null && e.getCause().getCause() instanceof UnresolvedAddressException;
            throw new Passing((unknown ? "unknown host " : "no connection to ") + host, e, all, null, false);
        } catch (IOException e) {
            renew(used);
            throw new Passing(reason(e), e);
        } catch (IllegalArgumentException e) {
            renew(used);
            // so the JDK's client meets a Content-Length that is no number, or a port that is none
            throw new Passing(host + " does not answer as HTTP does (" + e.getMessage() + ")", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Passing("interrupted", e);
        }
    }

    static String reason(IOException e) {
        return "the connection broke: " + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
    }

    private static void sleep(SourceRef source, Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem(source.uri(), "fetching was interrupted", "start again; what came is kept", e);
        }
    }
}
