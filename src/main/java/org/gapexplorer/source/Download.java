package org.gapexplorer.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.gapexplorer.study.Problem;
import org.gapexplorer.study.Progress;
import org.gapexplorer.study.SourceRef;

/**
 * Fetches one file over HTTP, trying again where a failure may pass, and goes on where an earlier try stopped if the
 * server still has the same file.
 *
 * @param http how servers are asked
 */
record Download(Http http) {
    private static final int BUFFER = 1 << 16;
    /** Having got so much further than any before, a try that broke off was worth it: it does not count towards giving up. */
    private static final long WORTH_IT = 1 << 20;

    private static final int LONGEST_ETAG = 1_000;
    /** A strong one. */
    private static final Pattern ETAG = Pattern.compile("\"[!#-~]{0," + LONGEST_ETAG + "}\"");

    /**
     * A file to fetch.
     *
     * @param source what the study calls it
     * @param uri where it is
     * @param size its bytes, -1 if not known
     * @param checked whether its hash is known: then an earlier part may be built on without asking whether it is still
     *     the same file
     * @param refused says what a server's no means
     */
    record Order(SourceRef source, URI uri, long size, boolean checked, Function<HttpResponse<?>, Problem> refused) {
        static Order of(SourceRef source, URI uri) {
            return new Order(source, uri, -1, source.sha256() != null, answer -> Refusal.of(source, answer));
        }

        String name() {
            return uri.getPath().substring(uri.getPath().lastIndexOf('/') + 1);
        }
    }

    /**
     * Writes the file's bytes to {@code partial}, after those that stand there from an earlier try. A failure leaves what
     * came so far.
     */
    void fetch(Order order, Path partial, Progress progress) throws IOException {
        Path validator = validator(partial);
        var furthest = new AtomicLong(resumable(order.checked(), partial));
        http.patiently(order.source(), () -> {
            try {
                attempt(order, partial, validator, progress);
                return null;
            } catch (Http.Passing e) {
                // a server that begins anew each time never ends
                long have = Files.exists(partial) ? Files.size(partial) : 0;
                if (have < furthest.get() + WORTH_IT) {
                    throw e;
                }
                furthest.set(have);
                throw e.advanced();
            }
        });
        Files.deleteIfExists(validator);
    }

    private static Path validator(Path partial) {
        return partial.resolveSibling(partial.getFileName() + ".etag");
    }

    /** How much of a file is there and may be built on: its hash, or the server, will tell if it changed. */
    static long resumable(boolean checked, Path partial) throws IOException {
        if (!Files.exists(partial)) {
            return 0;
        }
        return checked || etag(validator(partial)) != null ? Files.size(partial) : 0;
    }

    /** What an earlier try was told to know the file by; null where there is nothing that a header may hold. */
    private static String etag(Path validator) throws IOException {
        if (!Files.exists(validator) || Files.size(validator) > LONGEST_ETAG) {
            return null;
        }
        String etag = Files.readString(validator, StandardCharsets.ISO_8859_1);
        return ETAG.matcher(etag).matches() ? etag : null;
    }

    /** How many bytes an address has, as the server says before sending them; -1 if it does not. */
    long size(Order order) throws IOException {
        return http.patiently(order.source(), () -> {
            HttpResponse<InputStream> response = http.send(order.source(), "HEAD", order.uri(), Map.of());
            response.body().close();
            int status = response.statusCode();
            if (status == 401 || status == 404 || status == 410) {
                throw order.refused().apply(response);
            }
            return status == 200
                    ? response.headers().firstValueAsLong("Content-Length").orElse(-1)
                    : -1;
        });
    }

    private void attempt(Order order, Path partial, Path validator, Progress progress)
            throws IOException, Http.Passing {
        long have = resumable(order.checked(), partial);
        if (have > 0 && have == order.size()) {
            return;
        }
        if (order.size() >= 0 && have > order.size()) {
            Files.delete(partial);
            have = 0;
        }
        HttpResponse<InputStream> response = http.send(order.source(), "GET", order.uri(), range(have, validator));
        try (InputStream body = response.body()) {
            switch (response.statusCode()) {
                case 200 -> have = 0;
                case 206 -> {
                    if (!contentRange(response).startsWith("bytes " + have + "-")) {
                        throw forget(partial, "the server sent another part than asked for");
                    }
                }
                case 416 -> throw forget(partial, "the server has no such part");
                default -> throw order.refused().apply(response);
            }
            remember(response, validator);
            OptionalLong length = response.headers().firstValueAsLong("Content-Length");
            long total = length.isPresent() ? have + length.getAsLong() : order.size();
            if (order.size() >= 0 && total != order.size()) {
                throw forget(
                        partial, "the server sends " + total + " bytes of a file that has " + order.size() + " bytes");
            }
            Space.require(order.source().uri(), partial.getParent(), Math.max(0, total - have));
            receive(order, body, partial, have, total, progress);
        }
    }

    private static Map<String, String> range(long have, Path validator) throws IOException {
        var headers = new LinkedHashMap<String, String>();
        if (have > 0) {
            headers.put("Range", "bytes=" + have + "-");
            String etag = etag(validator);
            if (etag != null) {
                headers.put("If-Range", etag);
            }
        }
        return headers;
    }

    private static String contentRange(HttpResponse<?> response) {
        return response.headers().firstValue("Content-Range").orElse("");
    }

    private static Http.Passing forget(Path partial, String why) throws IOException {
        Files.deleteIfExists(partial);
        return new Http.Passing(why, null);
    }

    private static void remember(HttpResponse<?> response, Path validator) throws IOException {
        String etag = response.headers().firstValue("ETag").orElse("");
        if (ETAG.matcher(etag).matches()) {
            Files.writeString(validator, etag);
        } else {
            Files.deleteIfExists(validator);
        }
    }

    private void receive(Order order, InputStream body, Path partial, long have, long total, Progress progress)
            throws IOException, Http.Passing {
        StandardOpenOption how = have > 0 ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING;
        long done = have;
        try (OutputStream out =
                        Files.newOutputStream(partial, StandardOpenOption.CREATE, StandardOpenOption.WRITE, how);
                var watch = new IdleWatch(body, http.settings().idle())) {
            byte[] buffer = new byte[BUFFER];
            progress.step(order.name(), done, Math.max(done, total), "bytes");
            try {
                for (int n = read(watch, buffer); n >= 0; n = read(watch, buffer)) {
                    done += n;
                    if (total >= 0 && done > total) {
                        throw forget(partial, "the server sends more than the " + total + " bytes it named");
                    }
                    out.write(buffer, 0, n);
                    progress.step(order.name(), done, Math.max(done, total), "bytes");
                }
            } catch (Broken e) {
                throw new Http.Passing(Http.reason(e.reason), e);
            }
        }
        if (total >= 0 && done != total) {
            throw new Http.Passing("cut off after " + done + " of " + total + " bytes", null);
        }
    }

    private static int read(InputStream in, byte[] buffer) throws Broken {
        try {
            return in.read(buffer);
        } catch (IOException e) {
            throw new Broken(e);
        }
    }

    /** The connection broke, as opposed to the disk. */
    private static final class Broken extends Exception {
        private final IOException reason;

        Broken(IOException reason) {
            super(reason);
            this.reason = reason;
        }
    }
}
