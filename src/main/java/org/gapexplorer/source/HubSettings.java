package org.gapexplorer.source;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.gapexplorer.study.Problem;

/**
 * Where the hub is and how it is asked, by the environment variables of huggingface_hub, so that one set-up serves both.
 *
 * @param endpoint scheme and authority, and a path where a mirror has one; without a slash at the end
 * @param cache the folder of repositories, shared with huggingface_hub
 * @param token null for none; never part of a message
 * @param offline ask nothing of the hub
 */
record HubSettings(URI endpoint, Path cache, String token, boolean offline) {
    private static final String DEFAULT_ENDPOINT = "https://huggingface.co";
    private static final Set<String> TRUE = Set.of("1", "ON", "YES", "TRUE");

    static HubSettings of(Map<String, String> environment, Path home) {
        Path caches = folder(environment, "XDG_CACHE_HOME", home, home.resolve(".cache"));
        Path hubHome = folder(environment, "HF_HOME", home, caches.resolve("huggingface"));
        Path old = folder(environment, "HUGGINGFACE_HUB_CACHE", home, hubHome.resolve("hub"));
        return new HubSettings(
                endpoint(given(environment, "HF_ENDPOINT")),
                folder(environment, "HF_HUB_CACHE", home, old).toAbsolutePath().normalize(),
                token(environment, home, hubHome),
                isTrue(given(environment, "HF_HUB_OFFLINE")) || isTrue(given(environment, "TRANSFORMERS_OFFLINE")));
    }

    private static String given(Map<String, String> environment, String name) {
        String value = environment.get(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    private static boolean isTrue(String value) {
        return value != null && TRUE.contains(value.toUpperCase(Locale.ROOT));
    }

    private static Path folder(Map<String, String> environment, String name, Path home, Path otherwise) {
        String value = given(environment, name);
        if (value == null) {
            return otherwise;
        }
        return value.equals("~") || value.startsWith("~/")
                ? home.resolve(value.substring(1).replaceFirst("^/", ""))
                : Path.of(value);
    }

    private static URI endpoint(String value) {
        String text = (value == null ? DEFAULT_ENDPOINT : value).replaceAll("/+$", "");
        try {
            URI uri = new URI(text);
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (http && uri.getHost() != null && uri.getUserInfo() == null && uri.getQuery() == null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // told below
        }
        throw new Problem("HF_ENDPOINT", "is not an address of a hub", "write https://host, or unset it");
    }

    private static String token(Map<String, String> environment, Path home, Path hubHome) {
        String token = given(environment, "HF_TOKEN");
        if (token == null) {
            token = given(environment, "HUGGING_FACE_HUB_TOKEN");
        }
        if (token != null) {
            return sendable("HF_TOKEN", token);
        }
        Path file = folder(environment, "HF_TOKEN_PATH", home, hubHome.resolve("token"));
        try {
            String text = Files.isRegularFile(file) ? Files.readString(file).strip() : "";
            return text.isEmpty() ? null : sendable(file.toString(), text);
        } catch (IOException e) {
            throw new Problem(
                    file.toString(), "the hub's token cannot be read", "make it readable, or set HF_TOKEN instead", e);
        }
    }

    /** A token with a line break in it would be refused further down, with the token in the message. */
    private static String sendable(String where, String token) {
        if (!token.matches("[\\x21-\\x7e]+")) {
            throw new Problem(where, "holds something that is no token", "put your token there, on one line");
        }
        return token;
    }

    /** What downloads from the hub may use: a hub on this machine or inside a company may speak plain http. */
    Set<String> schemes() {
        return endpoint.getScheme().equals("http") ? Set.of("http", "https") : Set.of("https");
    }

    @Override
    public String toString() {
        return endpoint + " with cache " + cache + (token == null ? "" : ", with a token")
                + (offline ? ", offline" : "");
    }
}
