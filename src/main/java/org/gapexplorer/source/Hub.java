package org.gapexplorer.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gapexplorer.study.Problem;
import org.gapexplorer.study.Progress;
import org.gapexplorer.study.SourceRef;

/**
 * Files and folders of the hub's repositories. What the cache has of a commit is taken without a question; of a branch or
 * tag the hub is asked where it stands, and where it cannot be reached the last known place counts, as huggingface_hub does.
 *
 * <p>An ONNX file brings the files beside it that hold its weights: those named as it is with {@code _data} or
 * {@code .data} behind (what Optimum and torch.onnx write).
 */
final class Hub {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern NEXT = Pattern.compile("<([^<>]+)>\\s*;\\s*rel=\"next\"");
    private static final Pattern WEIGHTS = Pattern.compile("[._]data[._0-9]*");
    private static final int MAX_PAGES = 2_000;
    /** Of one page: as JSON in memory it may take thirty times as much. */
    private static final int MAX_PAGE_BYTES = 8 << 20;
    /** Of all pages: more than 100,000 files. */
    private static final long MAX_LISTING_BYTES = 48 << 20;

    private final HubSettings settings;
    private final HubCache cache;
    private final Http http;
    private final Download download;
    private final Map<String, Found> found = new ConcurrentHashMap<>();

    /**
     * What a source stands for.
     *
     * @param files those that may have to be fetched; empty where all is known to be here
     */
    record Found(HubUri uri, String commit, List<HubCache.Entry> files) {}

    Hub(HubSettings settings, Http http) {
        this.settings = settings;
        this.http = http;
        cache = new HubCache(settings.cache());
        download = new Download(http);
    }

    HubCache cache() {
        return cache;
    }

    /** Where the file or folder stands on this machine, fetched if need be. */
    Path fetch(SourceRef source, HubUri uri, Progress progress) throws IOException {
        Found what = find(source, uri);
        for (HubCache.Entry file : what.files()) {
            HubUri each = uri.file(file.path());
            var order = new Download.Order(
                    source,
                    each.at(what.commit()).address(settings.endpoint()),
                    file.size(),
                    file.checked(),
                    answer -> Refusal.ofHub(source, each, settings, answer));
            cache.fill(source, each, what.commit(), file, partial -> download.fetch(order, partial, progress));
        }
        return cache.snapshot(uri, what.commit());
    }

    /** What there is to fetch; the hub is asked once. */
    Found find(SourceRef source, HubUri uri) throws IOException {
        Found known = found.get(source.uri());
        if (known == null) {
            known = settings.offline() ? here(source, uri, null) : ask(source, uri);
            found.put(source.uri(), known);
        }
        return known;
    }

    private Found ask(SourceRef source, HubUri uri) throws IOException {
        try {
            return uri.folder() ? folder(source, uri) : file(source, uri);
        } catch (Http.Unreachable e) {
            return here(source, uri, e);
        }
    }

    /** From the cache alone: the hub may not be asked, or cannot. */
    private Found here(SourceRef source, HubUri uri, Http.Unreachable away) {
        String commit = cache.commit(uri);
        boolean there = commit != null && Files.exists(cache.snapshot(uri, commit));
        Map<String, HubCache.Entry> tree = commit == null ? null : cache.tree(uri, commit);
        List<String> lacking = !there || tree == null
                ? List.of()
                : wanted(uri, tree).stream()
                        .map(HubCache.Entry::path)
                        .filter(path -> !Files.exists(cache.snapshot(uri.file(path), commit)))
                        .toList();
        if (there && lacking.isEmpty()) {
            return new Found(uri, commit, List.of());
        }
        if (away != null) {
            throw away.problem();
        }
        throw new Problem(
                source.uri(),
                (lacking.isEmpty() ? "is not" : "is not wholly (" + lacking.getFirst() + " is missing)")
                        + " in the hub's cache " + cache.folder() + ", and HF_HUB_OFFLINE keeps it from being fetched",
                "unset HF_HUB_OFFLINE, or fetch it elsewhere and bring the cache here");
    }

    private Found file(SourceRef source, HubUri uri) throws IOException {
        boolean here = uri.pinned() && Files.exists(cache.snapshot(uri, uri.revision()));
        boolean model = uri.path().endsWith(".onnx");
        if (here && !model) {
            return new Found(uri, uri.revision(), List.of());
        }
        if (uri.pinned() && cache.missing(uri, uri.revision())) {
            throw noSuchFile(source, uri);
        }
        Map<String, HubCache.Entry> tree = uri.pinned() ? cache.tree(uri, uri.revision()) : null;
        String commit;
        HubCache.Entry entry = null;
        if (here || tree != null) {
            commit = uri.revision();
        } else {
            var answer = head(source, uri);
            commit = answer.commit();
            entry = answer.entry();
        }
        if (model && tree == null) {
            tree = listing(source, uri, commit);
        }
        if (entry == null && tree != null && !tree.containsKey(uri.path())) {
            throw noSuchFile(source, uri);
        }
        var files = new ArrayList<HubCache.Entry>();
        if (entry != null) {
            files.add(entry);
        }
        for (HubCache.Entry f : tree == null ? List.<HubCache.Entry>of() : wanted(uri, tree)) {
            if (entry == null || !f.path().equals(uri.path())) {
                files.add(f);
            }
        }
        return new Found(uri, commit, List.copyOf(files));
    }

    /** A hub that lists nothing has no weights beside a model, for all one can know. */
    private Map<String, HubCache.Entry> listing(SourceRef source, HubUri uri, String commit) throws IOException {
        try {
            return tree(source, uri, commit);
        } catch (Problem e) {
            return null;
        }
    }

    private Found folder(SourceRef source, HubUri uri) throws IOException {
        String commit = uri.pinned() ? uri.revision() : revision(source, uri);
        List<HubCache.Entry> files = wanted(uri, tree(source, uri, commit));
        if (files.isEmpty()) {
            throw new Problem(
                    source.uri(),
                    uri.repository() + " has no folder " + uri.path() + " at revision " + uri.revision(),
                    "see what it holds at " + uri.page(settings.endpoint()) + "/tree/" + uri.revision());
        }
        return new Found(uri, commit, files);
    }

    /** The files of a commit that a source means. */
    private static List<HubCache.Entry> wanted(HubUri uri, Map<String, HubCache.Entry> tree) {
        return tree.values().stream()
                .filter(f -> uri.folder()
                        ? f.path().startsWith(uri.path())
                        : f.path().equals(uri.path())
                                || uri.path().endsWith(".onnx")
                                        && f.path().startsWith(uri.path())
                                        && WEIGHTS.matcher(f.path()
                                                        .substring(uri.path().length()))
                                                .matches())
                .toList();
    }

    private Problem noSuchFile(SourceRef source, HubUri uri) {
        return new Problem(
                source.uri(),
                uri.repository() + " has no " + uri.path() + " at revision " + uri.revision(),
                "see what it holds at " + uri.page(settings.endpoint()) + "/tree/" + uri.revision());
    }

    private record Head(String commit, HubCache.Entry entry) {}

    private Head head(SourceRef source, HubUri uri) throws IOException {
        HttpResponse<InputStream> answer = http.patiently(source, () -> {
            HttpResponse<InputStream> response = http.askHub(source, "HEAD", uri.address(settings.endpoint()));
            response.body().close();
            return response;
        });
        String commit = header(answer, "X-Repo-Commit");
        if (answer.statusCode() / 100 > 3) {
            if (answer.statusCode() == 404
                    && "EntryNotFound".equals(header(answer, "X-Error-Code"))
                    && HubUri.isCommit(commit)) {
                cache.noteMissing(uri, commit);
            }
            throw Refusal.ofHub(source, uri, settings, answer);
        }
        boolean elsewhere = answer.statusCode() / 100 == 3;
        String linked = header(answer, "X-Linked-Etag");
        String etag = linked != null ? linked : header(answer, "ETag");
        String size = header(answer, "X-Linked-Size");
        if (size == null && !elsewhere) {
            size = header(answer, "Content-Length");
        }
        if (commit == null && uri.pinned()) {
            commit = uri.revision();
        }
        if (!HubUri.isCommit(commit) || etag == null) {
            throw notAHub(source, "names no commit or no ETag of the file");
        }
        cache.noteCommit(uri, commit);
        try {
            String bare = etag.replaceFirst("^W/", "").replace("\"", "");
            long bytes = size != null && size.matches("\\d{1,18}") ? Long.parseLong(size) : -1;
            return new Head(commit, new HubCache.Entry(uri.path(), bare, null, bytes));
        } catch (IllegalArgumentException e) {
            throw notAHub(source, "names no usable ETag");
        }
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse(null);
    }

    private Problem notAHub(SourceRef source, String what) {
        return new Problem(
                source.uri(),
                settings.endpoint().getHost() + " does not answer as a hub does: it " + what,
                "check HF_ENDPOINT, and what stands between here and there");
    }

    private String revision(SourceRef source, HubUri uri) throws IOException {
        Page page = get(source, uri, uri.revisionAddress(settings.endpoint()));
        String commit = page.json().path("sha").asText();
        if (!HubUri.isCommit(commit)) {
            throw notAHub(source, "names no commit of revision " + uri.revision());
        }
        cache.noteCommit(uri, commit);
        return commit;
    }

    private Map<String, HubCache.Entry> tree(SourceRef source, HubUri uri, String commit) throws IOException {
        Map<String, HubCache.Entry> known = cache.tree(uri, commit);
        if (known != null) {
            return known;
        }
        var entries = new LinkedHashMap<String, HubCache.Entry>();
        URI next = uri.at(commit).treeAddress(settings.endpoint());
        long bytes = 0;
        for (int pages = 0; next != null; pages++) {
            Page page = get(source, uri, next);
            bytes += page.bytes();
            if (pages == MAX_PAGES || bytes > MAX_LISTING_BYTES) {
                throw notAHub(source, "lists files without end");
            }
            for (JsonNode file : page.json()) {
                if (file.path("type").asText().equals("file")) {
                    add(entries, file);
                }
            }
            next = page.next();
        }
        cache.noteTree(uri, commit, entries);
        return entries;
    }

    private static void add(Map<String, HubCache.Entry> entries, JsonNode file) {
        String path = file.path("path").asText();
        String git = file.path("oid").asText();
        JsonNode lfs = file.path("lfs");
        String etag = lfs.has("oid") ? lfs.path("oid").asText().replaceFirst("^sha256:", "") : git;
        long size = lfs.has("size")
                ? lfs.path("size").asLong(-1)
                : file.path("size").asLong(-1);
        if (HubUri.harmless(path) && !path.isEmpty() && etag.matches("[0-9a-f]{40}|[0-9a-f]{64}")) {
            entries.put(path, new HubCache.Entry(path, etag, git, size));
        }
    }

    private record Page(JsonNode json, int bytes, URI next) {}

    private Page get(SourceRef source, HubUri uri, URI address) throws IOException {
        return http.patiently(source, () -> {
            HttpResponse<InputStream> response = http.send(source, "GET", address, Map.of());
            try (InputStream body =
                    new IdleWatch(response.body(), http.settings().idle())) {
                if (response.statusCode() != 200) {
                    throw Refusal.ofHub(source, uri, settings, response);
                }
                byte[] bytes = body.readNBytes(MAX_PAGE_BYTES + 1);
                if (bytes.length > MAX_PAGE_BYTES) {
                    throw notAHub(source, "sends a listing of more than " + (MAX_PAGE_BYTES >> 20) + " MB");
                }
                Matcher next =
                        NEXT.matcher(response.headers().firstValue("Link").orElse(""));
                return new Page(
                        JSON.readTree(bytes),
                        bytes.length,
                        next.find() ? response.uri().resolve(next.group(1)) : null);
            } catch (JsonProcessingException | IllegalArgumentException e) {
                throw notAHub(source, "sends no JSON");
            } catch (IOException e) {
                throw new Http.Passing(Http.reason(e), e);
            }
        });
    }
}
