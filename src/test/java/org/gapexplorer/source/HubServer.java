package org.gapexplorer.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A hub on this machine, on two ports as the real one is: the hub itself, which knows repositories and answers HEAD with
 * X-Repo-Commit, X-Linked-Etag and X-Linked-Size, and a CDN it redirects large files to. Tests put their oddities before it.
 */
public final class HubServer implements AutoCloseable {
    public static final String TOKEN = "hf_only-for-this-test";

    /** Answers in place of the server where it returns true. */
    public interface Oddity {
        boolean answer(HttpExchange exchange) throws IOException;
    }

    /** kind/owner/name to what it holds. */
    private final Map<String, Repository> repositories = new ConcurrentHashMap<>();

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer hub;
    private final HttpServer cdn;
    private volatile Oddity atHub = exchange -> false;
    private volatile Oddity atCdn = exchange -> false;
    /** Bytes a second that the CDN sends; 0 for all at once. */
    private volatile int rate;

    private record Repository(String commit, Map<String, byte[]> small, Map<String, byte[]> large, boolean gated) {
        byte[] bytes(String path) {
            return small.getOrDefault(path, large.get(path));
        }
    }

    public HubServer() throws IOException {
        hub = listen(this::hub);
        cdn = listen(this::cdn);
    }

    private HttpServer listen(HttpHandler handler) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try (exchange) {
                requests.add(exchange.getRequestMethod() + " " + (server == cdn() ? "cdn" : "hub") + " "
                        + exchange.getRequestURI() + " range="
                        + exchange.getRequestHeaders().getFirst("Range") + " token="
                        + exchange.getRequestHeaders().getFirst("Authorization"));
                handler.handle(exchange);
            }
        });
        server.start();
        return server;
    }

    private HttpServer cdn() {
        return cdn;
    }

    /** A repository with small files, which the hub sends itself, and large ones, which the CDN sends. */
    public String add(String name, Map<String, byte[]> small, Map<String, byte[]> large, boolean gated) {
        String commit = sha("SHA-1", name.getBytes(UTF_8));
        repositories.put(name, new Repository(commit, new TreeMap<>(small), new TreeMap<>(large), gated));
        return commit;
    }

    public URI endpoint() {
        return URI.create("http://localhost:" + hub.getAddress().getPort());
    }

    public List<String> requests() {
        return requests;
    }

    public void atHub(Oddity oddity) {
        atHub = oddity;
    }

    public void atCdn(Oddity oddity) {
        atCdn = oddity;
    }

    public void rate(int bytesPerSecond) {
        rate = bytesPerSecond;
    }

    public void stopNow() {
        hub.stop(0);
        cdn.stop(0);
    }

    @Override
    public void close() {
        stopNow();
        threads.shutdownNow();
    }

    private void hub(HttpExchange exchange) throws IOException {
        if (atHub.answer(exchange)) {
            return;
        }
        String path = exchange.getRequestURI().getPath();
        for (Map.Entry<String, Repository> repository : repositories.entrySet()) {
            String name = repository.getKey();
            String resolve = "/" + name.replaceFirst("^models/", "") + "/resolve/";
            if (path.startsWith(resolve)) {
                String[] rest = path.substring(resolve.length()).split("/", 2);
                resolve(exchange, repository.getValue(), rest[0], rest[1]);
                return;
            }
            if (path.startsWith("/api/" + name + "/")) {
                String[] rest = path.substring(("/api/" + name + "/").length()).split("/", 2);
                api(exchange, repository.getValue(), rest[0], rest[1]);
                return;
            }
        }
        refuse(exchange, 401, "RepoNotFound", "Repository not found");
    }

    private static void refuse(HttpExchange exchange, int status, String code, String message) throws IOException {
        exchange.getResponseHeaders().set("X-Error-Code", code);
        exchange.getResponseHeaders().set("X-Error-Message", message);
        exchange.sendResponseHeaders(status, -1);
    }

    private boolean refused(HttpExchange exchange, Repository repository, String revision) throws IOException {
        String token = exchange.getRequestHeaders().getFirst("Authorization");
        if (repository.gated() && !("Bearer " + TOKEN).equals(token)) {
            refuse(exchange, token == null ? 401 : 403, "GatedRepo", "Access to this model is restricted");
            return true;
        }
        if (!revision.equals("main") && !revision.equals(repository.commit())) {
            refuse(exchange, 404, "RevisionNotFound", "Invalid rev id: " + revision);
            return true;
        }
        return false;
    }

    private void resolve(HttpExchange exchange, Repository repository, String revision, String path)
            throws IOException {
        if (refused(exchange, repository, revision)) {
            return;
        }
        Headers headers = exchange.getResponseHeaders();
        headers.set("X-Repo-Commit", repository.commit());
        byte[] small = repository.small().get(path);
        byte[] large = repository.large().get(path);
        if (small != null) {
            headers.set("ETag", "\"" + gitBlob(small) + "\"");
            send(exchange, small, 0);
        } else if (large != null) {
            String sha256 = sha("SHA-256", large);
            headers.set("X-Linked-Etag", "\"" + sha256 + "\"");
            headers.set("X-Linked-Size", String.valueOf(large.length));
            // the CDN's addresses are signed
            headers.set(
                    "Location",
                    "http://127.0.0.1:" + cdn.getAddress().getPort() + "/" + sha256 + "?signature=0123456789");
            exchange.sendResponseHeaders(302, -1);
        } else {
            refuse(exchange, 404, "EntryNotFound", "Entry not found");
        }
    }

    private void cdn(HttpExchange exchange) throws IOException {
        if (atCdn.answer(exchange)) {
            return;
        }
        String sha256 = exchange.getRequestURI().getPath().substring(1);
        for (Repository repository : repositories.values()) {
            for (byte[] bytes : repository.large().values()) {
                if (sha("SHA-256", bytes).equals(sha256)) {
                    exchange.getResponseHeaders().set("ETag", "\"" + sha256.substring(0, 32) + "\"");
                    send(exchange, bytes, rate);
                    return;
                }
            }
        }
        exchange.sendResponseHeaders(403, -1);
    }

    /** The whole, or the part that is asked for. */
    private static void send(HttpExchange exchange, byte[] bytes, int rate) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        int from = range == null ? 0 : Integer.parseInt(range.replaceAll("bytes=(\\d+)-.*", "$1"));
        if (from >= bytes.length && from > 0) {
            exchange.sendResponseHeaders(416, -1);
            return;
        }
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", String.valueOf(bytes.length));
            exchange.sendResponseHeaders(200, -1);
            return;
        }
        if (range != null) {
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes " + from + "-" + (bytes.length - 1) + "/" + bytes.length);
        }
        int left = bytes.length - from;
        exchange.sendResponseHeaders(range == null ? 200 : 206, left == 0 ? -1 : left);
        OutputStream body = exchange.getResponseBody();
        int step = rate == 0 ? Math.max(1, left) : Math.max(1, rate / 20);
        for (int at = from; at < bytes.length; at += step) {
            body.write(bytes, at, Math.min(step, bytes.length - at));
            body.flush();
            if (rate > 0) {
                pause();
            }
        }
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private void api(HttpExchange exchange, Repository repository, String what, String revision) throws IOException {
        if (refused(exchange, repository, revision)) {
            return;
        }
        if (what.equals("revision")) {
            json(exchange, "{\"id\": \"x\", \"sha\": \"" + repository.commit() + "\", \"siblings\": []}");
            return;
        }
        // two files a page
        var entries = new LinkedHashMap<String, String>();
        repository
                .small()
                .forEach((path, bytes) -> entries.put(path, """
                {"type": "file", "oid": "%s", "size": %d, "path": "%s"}\
                """.formatted(gitBlob(bytes), bytes.length, path)));
        repository
                .large()
                .forEach((path, bytes) -> entries.put(path, """
                {"type": "file", "oid": "%s", "size": %d, "lfs": {"oid": "%s", "size": %d, "pointerSize": 134}, "path": "%s"}\
                """.formatted(
                                gitBlob(("pointer to " + path).getBytes(UTF_8)),
                                bytes.length,
                                sha("SHA-256", bytes),
                                bytes.length,
                                path)));
        List<String> all = List.copyOf(entries.values());
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        int from = query.contains("cursor=") ? Integer.parseInt(query.replaceAll(".*cursor=(\\d+).*", "$1")) : 0;
        int to = Math.min(all.size(), from + 2);
        if (to < all.size()) {
            exchange.getResponseHeaders()
                    .set(
                            "Link",
                            "<" + endpoint() + exchange.getRequestURI().getPath() + "?recursive=true&cursor=" + to
                                    + ">; rel=\"next\"");
        }
        String folder =
                "{\"type\": \"directory\", \"oid\": \"" + "0".repeat(40) + "\", \"size\": 0, \"path\": \"sae\"}";
        json(exchange, "[" + folder + ", " + String.join(", ", all.subList(from, to)) + "]");
    }

    private static void json(HttpExchange exchange, String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    public static String sha(String algorithm, byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As {@code git hash-object} computes it. */
    public static String gitBlob(byte[] bytes) {
        byte[] header = ("blob " + bytes.length + "\0").getBytes(UTF_8);
        byte[] all = java.util.Arrays.copyOf(header, header.length + bytes.length);
        System.arraycopy(bytes, 0, all, header.length, bytes.length);
        return sha("SHA-1", all);
    }
}
