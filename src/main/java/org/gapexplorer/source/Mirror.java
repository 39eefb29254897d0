package org.gapexplorer.source;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.gapexplorer.study.Problem;
import org.gapexplorer.study.SourceRef;

/**
 * A folder of files that were fetched before, for machines without a network. Its {@code SOURCES.tsv} has a header and
 * the columns {@code path}, {@code repository}, {@code commit} and {@code upstream_path} among others; a row says that
 * {@code https://raw.githubusercontent.com/REPOSITORY/COMMIT/UPSTREAM_PATH} lies at {@code PATH} in the folder, or with
 * {@code hf:} before the repository that {@code hf:REPOSITORY@COMMIT/UPSTREAM_PATH} does. With a slash at the end of both
 * paths it is a folder.
 *
 * <p>Both paths may hold wildcards, which stand for the same text on either side, in order: {@code *} is any text
 * without a slash, {@code **} any text, {@code {a,b}} one of some words; upstream, {@code <name>} is another way to
 * write {@code *}. A {@code **} at the end of {@code path} takes all that is left of the upstream path from its next
 * wildcard on. A row whose wildcards do not pair up maps nothing. A remark in parentheses, after a space at the end of
 * {@code upstream_path}, is left out.
 *
 * <p>Mirrors tend to be flatter than where they come from. So for a source with a pinned sha256, {@code *} may also stand
 * for several folders upstream, of which the last one counts locally; the hash decides whether that is the file.
 */
final class Mirror {
    static final Mirror NONE = new Mirror(Path.of(""), List.of());

    private static final String HOST = "raw.githubusercontent.com";
    /** Of one path: a path that does not match is tried in as many ways as its length to this power. */
    private static final int MOST_WILDCARDS = 4;

    private static final Pattern WILDCARD = Pattern.compile("\\*\\*|\\*|\\{[^{}/]*}|<[^<>/]*>");

    private final Path folder;
    private final List<Row> rows;

    private Mirror(Path folder, List<Row> rows) {
        this.folder = folder;
        this.rows = rows;
    }

    /** Reads the folder's SOURCES.tsv. */
    static Mirror read(Path folder) {
        Path file = folder.resolve("SOURCES.tsv");
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (NoSuchFileException e) {
            throw new Problem(file.toString(), "there is no such file", "a mirror holds a SOURCES.tsv at its top", e);
        } catch (CharacterCodingException e) {
            throw new Problem(file.toString(), "is not UTF-8 text", "save it as UTF-8", e);
        } catch (IOException e) {
            throw new Problem(file.toString(), "cannot be read (" + e.getMessage() + ")", "check the path", e);
        }
        List<String> header =
                lines.isEmpty() ? List.of() : Arrays.asList(lines.getFirst().split("\t", -1));
        int[] columns = {
            column(file, header, "path"),
            column(file, header, "repository"),
            column(file, header, "commit"),
            column(file, header, "upstream_path")
        };
        var rows = new ArrayList<Row>();
        for (int i = 1; i < lines.size(); i++) {
            String[] cells = lines.get(i).split("\t", -1);
            if (lines.get(i).isBlank()) {
                continue;
            }
            if (cells.length <= Arrays.stream(columns).max().orElseThrow()) {
                throw new Problem(
                        file + ", line " + (i + 1),
                        "has " + cells.length + " columns, expected " + header.size(),
                        "separate columns by one tab");
            }
            String upstream = cells[columns[3]].replaceFirst(" \\([^()]*\\)$", "");
            rows.add(Row.of(cells[columns[0]], cells[columns[1]] + "/" + cells[columns[2]] + "/" + upstream));
        }
        return new Mirror(folder.toAbsolutePath().normalize(), rows);
    }

    private static int column(Path file, List<String> header, String name) {
        int column = header.indexOf(name);
        if (column < 0) {
            throw new Problem(file + ", line 1", "has no column '" + name + "'", "name the columns in the first line");
        }
        return column;
    }

    /** The local file of a source's address, or null where the mirror has none. */
    Path find(SourceRef source, URI uri) throws IOException {
        if (!HOST.equalsIgnoreCase(uri.getHost()) || uri.getQuery() != null) {
            return null;
        }
        return find(source, uri.getPath().substring(1));
    }

    /** The local file or folder of something on the hub, or null where the mirror has none. */
    Path find(SourceRef source, HubUri uri) throws IOException {
        String kind = uri.kind().equals("models") ? "" : uri.kind() + "/";
        return find(source, "hf:" + kind + uri.repository() + "/" + uri.revision() + "/" + uri.path());
    }

    private Path find(SourceRef source, String upstream) throws IOException {
        for (Row row : rows) {
            Path file = inside(row.local(row.upstream(), upstream));
            if (file != null) {
                return file;
            }
        }
        for (Row row : source.sha256() == null ? List.<Row>of() : rows) {
            Path file = inside(row.local(row.flattened(), upstream));
            if (file != null && Hash.matches(source, file)) {
                return file;
            }
        }
        return null;
    }

    /** What a wildcard stands for comes from the address: it must not lead out of the folder. */
    private Path inside(String local) {
        if (local == null || local.indexOf('\0') >= 0) {
            return null;
        }
        Path file = folder.resolve(local).normalize();
        boolean there = local.endsWith("/") ? Files.isDirectory(file) : Files.isRegularFile(file);
        return file.startsWith(folder) && there ? file : null;
    }

    /**
     * @param local fixed text of the local path, in pieces between its wildcards; null where the wildcards do not pair up or are too many
     * @param upstream has a group for each wildcard
     * @param flattened the same, with folders before what a {@code *} stands for left out
     * @param restFrom whether the last local wildcard takes all from its group to the end
     */
    private record Row(List<String> local, Pattern upstream, Pattern flattened, boolean restFrom) {
        static Row of(String path, String upstream) {
            List<String> fixed = new ArrayList<>();
            int from = 0;
            Matcher wildcard = WILDCARD.matcher(path);
            String last = "";
            while (wildcard.find()) {
                fixed.add(path.substring(from, wildcard.start()));
                last = wildcard.group();
                from = wildcard.end();
            }
            fixed.add(path.substring(from));
            boolean rest = last.equals("**") && fixed.getLast().isEmpty();
            Pattern pattern = pattern(upstream, "([^/]+)");
            int wildcards = fixed.size() - 1;
            int groups = pattern.matcher("").groupCount();
            boolean few = groups <= MOST_WILDCARDS;
            boolean pair = rest ? groups >= wildcards : groups == wildcards;
            return new Row(few && pair ? fixed : null, pattern, pattern(upstream, "(?:.*/)?([^/]+)"), rest);
        }

        private static Pattern pattern(String glob, String star) {
            var regex = new StringBuilder();
            int from = 0;
            Matcher wildcard = WILDCARD.matcher(glob);
            while (wildcard.find()) {
                regex.append(Pattern.quote(glob.substring(from, wildcard.start())));
                regex.append(group(wildcard.group(), star));
                from = wildcard.end();
            }
            return Pattern.compile(
                    regex.append(Pattern.quote(glob.substring(from))).toString(), Pattern.DOTALL);
        }

        private static String group(String wildcard, String star) {
            if (wildcard.equals("**")) {
                return "(.+)";
            }
            if (!wildcard.startsWith("{")) {
                return star;
            }
            String[] words = wildcard.substring(1, wildcard.length() - 1).split(",", -1);
            return Arrays.stream(words).map(Pattern::quote).collect(Collectors.joining("|", "(", ")"));
        }

        String local(Pattern pattern, String upstreamPath) {
            Matcher match = pattern.matcher(upstreamPath);
            if (local == null || !match.matches()) {
                return null;
            }
            var path = new StringBuilder(local.getFirst());
            for (int i = 1; i < local.size(); i++) {
                boolean rest = restFrom && i == local.size() - 1;
                path.append(rest ? upstreamPath.substring(match.start(i)) : match.group(i));
                path.append(local.get(i));
            }
            return path.toString();
        }
    }
}
