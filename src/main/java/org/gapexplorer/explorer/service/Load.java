package org.gapexplorer.explorer.service;

import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;

/** What a request asks of the server: each kind has a gate of its own, so that none can crowd out the others. */
enum Load {
    /** Never refused: files, and what tells whether the server is well. */
    NONE(Duration.ZERO),
    /** A page or an answer of the API: milliseconds of a core. */
    PAGE(Duration.ofMinutes(1)),
    /** Texts to be read by the lens: they keep all cores busy, one after the other. */
    TEXT(Duration.ofMinutes(1)),
    /** A file that is written while it is read: a slow reader holds a thread. */
    DOWNLOAD(Duration.ofMinutes(5)),
    /** What waits for the database, and for nothing else. */
    CATALOG(Duration.ofSeconds(8));

    /** After which its place is given to others even if nothing told that it ended. */
    final Duration longest;

    Load(Duration longest) {
        this.longest = longest;
    }

    private static final Pattern FILES =
            Pattern.compile("/(q|webjars|assets)/.*|/(app\\.css|app\\.js|icon\\.svg|favicon\\.ico|robots\\.txt)");
    private static final Set<String> TEXTS = Set.of("/try", "/footprint");
    /** Routes that ask the database before they answer. */
    private static final Pattern WAITING = Pattern.compile("/v(/.*)?|/footprint/.+|/flags|/admin(/.*)?");

    private static final Pattern DOWNLOADS = Pattern.compile("/concepts\\.[a-z]+|/bulk/.+|/next/worklist\\.csv");

    /** @param path normalised, without its study, its query and a slash at its end */
    static Load of(String path) {
        if (FILES.matcher(path).matches()) return NONE;
        String place = path.startsWith("/api/v1/") ? path.substring("/api/v1".length()) : path;
        if (TEXTS.contains(place)) return TEXT;
        if (DOWNLOADS.matcher(place).matches()) return DOWNLOAD;
        if (WAITING.matcher(place).matches()) return CATALOG;
        return PAGE;
    }
}
