package org.gapexplorer.source;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gapexplorer.study.Problem;

/**
 * {@code hf:[datasets/]OWNER/NAME@REVISION/PATH}: a file of a repository on the hub, or with a slash at its end (or no
 * path at all after the revision's slash) a folder.
 *
 * @param kind models or datasets
 * @param repository OWNER/NAME
 * @param revision a commit, branch or tag, or refs/pr/NUMBER
 * @param path in the repository; empty for all of it
 */
record HubUri(String kind, String repository, String revision, String path) {
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]*";
    private static final Pattern FORM = Pattern.compile("hf:(datasets/)?((?!datasets/)" + NAME + "/" + NAME
            + ")@(refs/pr/\\d{1,9}|refs/convert/parquet|" + NAME + ")/(.*)");
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

    static HubUri parse(String uri) {
        Matcher form = FORM.matcher(uri);
        if (!form.matches() || !harmless(form.group(4))) {
            throw new Problem(
                    uri,
                    "is not a file on the hub",
                    "write hf:owner/name@revision/path or hf:datasets/owner/name@revision/path, with a slash at the end for"
                            + " a folder");
        }
        return new HubUri(form.group(1) == null ? "models" : "datasets", form.group(2), form.group(3), form.group(4));
    }

    /** A path that stays below where it is put; a slash at the end is fine. */
    static boolean harmless(String path) {
        return path.isEmpty()
                || !("/" + path.replaceFirst("/$", "") + "/").matches("(?s).*/\\.{0,2}/.*")
                        && path.chars().noneMatch(c -> c == '\\' || Character.isISOControl(c))
                        // half of a surrogate pair is in no file's name
                        && StandardCharsets.UTF_8.newEncoder().canEncode(path);
    }

    boolean folder() {
        return path.isEmpty() || path.endsWith("/");
    }

    boolean pinned() {
        return COMMIT.matcher(revision).matches();
    }

    static boolean isCommit(String text) {
        return text != null && COMMIT.matcher(text).matches();
    }

    HubUri at(String commit) {
        return new HubUri(kind, repository, commit, path);
    }

    HubUri file(String otherPath) {
        return new HubUri(kind, repository, revision, otherPath);
    }

    /** The folder that huggingface_hub's cache gives the repository. */
    String cacheName() {
        return kind + "--" + repository.replace("/", "--");
    }

    /** What a person opens to see the repository and accept its terms. */
    String page(URI endpoint) {
        return endpoint + (kind.equals("models") ? "/" : "/" + kind + "/") + repository;
    }

    /** Where the file's bytes are asked for. */
    URI address(URI endpoint) {
        return under(endpoint, (kind.equals("models") ? "" : kind + "/") + repository + "/resolve/", path);
    }

    /** What tells the revision's commit. */
    URI revisionAddress(URI endpoint) {
        return under(endpoint, "api/" + kind + "/" + repository + "/revision/", null);
    }

    /** What lists the repository's files. */
    URI treeAddress(URI endpoint) {
        URI tree = under(endpoint, "api/" + kind + "/" + repository + "/tree/", null);
        return URI.create(tree + "?recursive=true");
    }

    private URI under(URI endpoint, String before, String after) {
        try {
            // a slash in the revision is not one of the path
            String revisionPart = revision.replace("/", "%2F");
            String tail = after == null
                    ? ""
                    : "/" + new URI(null, null, "/" + after, null).getRawPath().substring(1);
            return URI.create(endpoint + "/" + before + revisionPart + tail);
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw new Problem(toString(), "is not a file on the hub", "check the path", e);
        }
    }

    @Override
    public String toString() {
        return "hf:" + (kind.equals("models") ? "" : kind + "/") + repository + "@" + revision + "/" + path;
    }
}
