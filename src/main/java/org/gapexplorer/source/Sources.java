package org.gapexplorer.source;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.gapexplorer.study.Folders;
import org.gapexplorer.study.Problem;
import org.gapexplorer.study.Progress;
import org.gapexplorer.study.SourceRef;

/**
 * Turns a {@link SourceRef} into a file on this machine.
 *
 * <ul>
 *   <li>{@code file:PATH}, relative to the study file's folder; a folder is handed on as it is
 *   <li>{@code https://HOST/PATH}
 *   <li>{@code hf:OWNER/NAME@REVISION/PATH} and {@code hf:datasets/OWNER/NAME@REVISION/PATH} on the hub, with a slash at
 *       the end for a folder; kept in the cache that huggingface_hub uses
 *   <li>{@code maven:GROUP:ARTIFACT:VERSION!/ENTRY}, an entry of a jar in the local Maven repository
 * </ul>
 *
 * <p>Where a sha256 is pinned, the file has it, or there is a {@link Problem} and nothing is kept. What was fetched once
 * is read from the cache; without a pin it stays there until it is deleted by hand. With a mirror, an https or hf source is
 * looked for there before the network.
 */
public final class Sources {
    private final Path studyFolder;
    private final Path cache;
    private final Mirror mirror;
    private final MavenRepository maven;
    private final Download download;
    private final Hub hub;

    /**
     * @param studyFolder what {@code file:} sources are relative to
     * @param cache where fetched files are kept, other than the hub's; made when needed
     * @param mirror folder with a SOURCES.tsv, or null for none
     */
    public Sources(Path studyFolder, Path cache, Path mirror) {
        this(
                studyFolder,
                cache,
                mirror == null ? Mirror.NONE : Mirror.read(mirror),
                MavenRepository.local(),
                HubSettings.of(System.getenv(), Path.of(System.getProperty("user.home"))));
    }

    private Sources(Path studyFolder, Path cache, Mirror mirror, MavenRepository maven, HubSettings hub) {
        this(
                studyFolder,
                cache,
                mirror,
                maven,
                new Download(new Http(Http.Settings.usual(Set.of("https"), hub))),
                new Hub(hub, new Http(Http.Settings.usual(hub.schemes(), hub))));
    }

    Sources(Path studyFolder, Path cache, Mirror mirror, MavenRepository maven, Download download, Hub hub) {
        this.studyFolder = studyFolder;
        this.cache = cache.toAbsolutePath();
        this.mirror = mirror;
        this.maven = maven;
        this.download = download;
        this.hub = hub;
    }

    /** {@code gap-explorer} in the user's cache folder, by the XDG rules. */
    public static Path defaultCache() {
        return defaultCache(System.getenv(), Path.of(System.getProperty("user.home")));
    }

    static Path defaultCache(Map<String, String> environment, Path home) {
        String xdg = environment.get("XDG_CACHE_HOME");
        // the XDG rules: a relative path there is invalid and to be ignored
        Path caches = xdg == null || !Path.of(xdg).isAbsolute() ? home.resolve(".cache") : Path.of(xdg);
        return caches.resolve("gap-explorer");
    }

    /** The file or folder of a source, fetched if need be. */
    public Path fetch(SourceRef source, Progress progress) {
        try {
            return switch (scheme(source)) {
                case "file" -> file(source);
                case "maven" -> maven(source);
                case "hf" -> hub(source, HubUri.parse(source.uri()), progress);
                default -> remote(source, uri(source), progress);
            };
        } catch (Http.Unreachable e) {
            throw e.problem();
        } catch (IOException e) {
            throw Problems.unwritable(scheme(source).equals("hf") ? hub.cache().folder() : cache, e);
        }
    }

    /** What fetching a source would mean; asks servers for sizes, fetches nothing. */
    public Outlook look(SourceRef source) {
        try {
            return switch (scheme(source)) {
                case "file" -> Outlook.there(source, Outlook.From.HERE, size(found(source)));
                case "maven" ->
                    Outlook.there(
                            source, Outlook.From.MAVEN, maven.find(source.uri()).size());
                case "hf" -> look(source, HubUri.parse(source.uri()));
                default -> look(source, uri(source));
            };
        } catch (Http.Unreachable e) {
            return Outlook.none(source, e.problem());
        } catch (Problem e) {
            return Outlook.none(source, e);
        } catch (IOException e) {
            return Outlook.none(source, Problems.unwritable(cache, e));
        }
    }

    private static String scheme(SourceRef source) {
        return source.uri().substring(0, source.uri().indexOf(':'));
    }

    private static long size(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return Files.size(path);
        }
        try {
            long bytes = 0;
            for (Path file : Folders.files(path)) {
                bytes += Files.size(file);
            }
            return bytes;
        } catch (IOException e) {
            throw new Problem(
                    path.toString(), "cannot be read (" + Problem.reason(e) + ")", "check its permissions", e);
        }
    }

    private Outlook look(SourceRef source, URI uri) throws IOException {
        Path mirrored = mirror.find(source, uri);
        if (mirrored != null) {
            return Outlook.there(source, Outlook.From.MIRROR, size(mirrored));
        }
        CacheSlot slot = slot(uri);
        if (Files.isRegularFile(slot.file())) {
            return Outlook.there(source, Outlook.From.CACHE, Files.size(slot.file()));
        }
        long bytes = download.size(Download.Order.of(source, uri));
        long toCome = bytes < 0 ? -1 : Math.max(0, bytes - Download.resumable(source.sha256() != null, slot.partial()));
        return new Outlook(source, Outlook.From.NETWORK, bytes, toCome, cache, null);
    }

    private Outlook look(SourceRef source, HubUri uri) throws IOException {
        Path mirrored = mirror.find(source, uri);
        if (mirrored != null) {
            return Outlook.there(source, Outlook.From.MIRROR, size(mirrored));
        }
        Hub.Found found = hub.find(source, uri);
        HubCache kept = hub.cache();
        long bytes = 0;
        long toCome = 0;
        for (HubCache.Entry file : found.files()) {
            HubUri each = uri.file(file.path());
            boolean here = Files.exists(kept.snapshot(each, found.commit()));
            bytes += Math.max(0, here ? Files.size(kept.snapshot(each, found.commit())) : file.size());
            toCome += here ? 0 : kept.toCome(each, file);
        }
        if (found.files().isEmpty()) {
            bytes = size(kept.snapshot(uri, found.commit()));
        }
        return toCome == 0
                ? Outlook.there(source, Outlook.From.CACHE, bytes)
                : new Outlook(source, Outlook.From.NETWORK, bytes, toCome, kept.folder(), null);
    }

    private Path hub(SourceRef source, HubUri uri, Progress progress) throws IOException {
        if (uri.folder() && source.sha256() != null) {
            throw new Problem(source.uri(), "is a folder, and a folder has no sha256", "leave the sha256 out");
        }
        Path mirrored = mirror.find(source, uri);
        Path file = mirrored != null ? mirrored : hub.fetch(source, uri, progress);
        if (source.sha256() != null) {
            Hash.verify(source, file);
        }
        return file;
    }

    private Path file(SourceRef source) throws IOException {
        Path file = found(source);
        if (source.sha256() != null) {
            if (Files.isDirectory(file)) {
                throw new Problem(source.uri(), "is a folder, and a folder has no sha256", "leave the sha256 out");
            }
            Hash.verify(source, file);
        }
        return file;
    }

    private Path found(SourceRef source) {
        Path file;
        try {
            file = studyFolder.resolve(source.uri().substring("file:".length())).normalize();
        } catch (InvalidPathException e) {
            throw new Problem(source.uri(), "is not a path", "write file: and a path relative to the study file", e);
        }
        if (!Files.exists(file)) {
            throw new Problem(source.uri(), "there is no " + file, "check the path; it is relative to the study file");
        }
        if (!Files.isReadable(file)) {
            throw new Problem(source.uri(), file + " cannot be read", "check its permissions");
        }
        return file;
    }

    private Path maven(SourceRef source) throws IOException {
        MavenRepository.Entry entry = maven.find(source.uri());
        // a rebuilt snapshot jar is another key
        CacheSlot slot = CacheSlot.in(cache, source.uri() + '\n' + entry.stamp(), entry.name());
        return slot.fill(source, partial -> entry.extractTo(partial));
    }

    private Path remote(SourceRef source, URI uri, Progress progress) throws IOException {
        Path mirrored = mirror.find(source, uri);
        if (mirrored != null) {
            if (source.sha256() != null) {
                Hash.verify(source, mirrored);
            }
            return mirrored;
        }
        Download.Order order = Download.Order.of(source, uri);
        return slot(uri).fill(source, partial -> download.fetch(order, partial, progress));
    }

    private CacheSlot slot(URI uri) {
        String path = uri.getPath();
        return CacheSlot.in(cache, uri.toString(), path.substring(path.lastIndexOf('/') + 1));
    }

    private static URI uri(SourceRef source) {
        try {
            URI uri = new URI(source.uri());
            if (uri.getHost() == null
                    || uri.getPath() == null
                    || !uri.getScheme().toLowerCase(Locale.ROOT).equals("https")) {
                throw new Problem(source.uri(), "is not an https address", "write https://host/path");
            }
            if (uri.getUserInfo() != null) {
                throw new Problem(
                        "https://" + uri.getHost(), "holds a name or password", "leave secrets out of study files");
            }
            return uri;
        } catch (URISyntaxException e) {
            throw new Problem(source.uri(), "is not an address (" + e.getReason() + ")", "write https://host/path", e);
        }
    }
}
