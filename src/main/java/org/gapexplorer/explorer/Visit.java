package org.gapexplorer.explorer;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.gapexplorer.explorer.view.Links;
import org.gapexplorer.explorer.view.Page;
import org.gapexplorer.explorer.view.Text;
import org.gapexplorer.explorer.view.Url;
import org.gapexplorer.snapshot.Snapshot;

/** One request: where it is, which snapshot it reads, and whether it asks for the moving part of the page alone. */
@RequestScoped
public class Visit {
    /** Names the saved view that led here. */
    static final String VIEW = "view";

    private final Reading reading;
    private final UriInfo uri;
    private final HttpHeaders headers;

    @Inject
    Visit(Reading reading, UriInfo uri, HttpHeaders headers) {
        this.reading = reading;
        this.uri = uri;
        this.headers = headers;
    }

    Params params() {
        return new Params(uri.getQueryParameters());
    }

    String pin() {
        return params().text(Links.PIN);
    }

    Links links() {
        return new Links(pin());
    }

    /** The snapshot to read; the caller closes it. */
    Snapshot open() {
        return reading.open(pin());
    }

    /** This address, its parameters in the order of their names: one view, one address. */
    Url url() {
        Map<String, List<String>> query = new LinkedHashMap<>();
        new TreeMap<>(uri.getQueryParameters()).forEach((name, values) -> {
            List<String> given = values.stream().filter(v -> !v.isBlank()).toList();
            if (!given.isEmpty() && !name.equals(VIEW)) query.put(name, given);
        });
        return new Url(uri.getPath(), query);
    }

    /** Whether htmx asks for the fragment; going back in the history wants the whole page. */
    boolean fragment() {
        return "true".equals(headers.getHeaderString("HX-Request"))
                && !"true".equals(headers.getHeaderString("HX-History-Restore-Request"));
    }

    Page page(Snapshot snapshot, String title, String section) {
        return page(snapshot, title, section, false);
    }

    /** @param items whether the page shows benchmark items, so that search engines should stay away */
    Page page(Snapshot snapshot, String title, String section, boolean items) {
        return new Page(
                Text.plain(title, 120),
                section,
                links(),
                Text.plain(snapshot.study().title(), 80),
                snapshot.version(),
                !pin().isEmpty(),
                section.equals("concepts") ? Text.bounded(params().text("q"), 200) : "",
                url().with(Links.PIN, snapshot.version()).toString(),
                url().without(Links.PIN).toString(),
                json(),
                params().text(VIEW).matches("[a-z0-9]{1,16}") ? params().text(VIEW) : "",
                items);
    }

    private String json() {
        Url here = url();
        if (here.path().equals("/")) return links().to("/api/v1/study").toString();
        boolean has = switch (here.path()) {
            case "/about", "/footprint" -> false;
            case "/compare" -> params().list("benchmarks").size() > 1;
            case "/models/compare" -> params().list("models").size() == 2;
            default -> true;
        };
        return has ? "/api/v1" + here : "";
    }

    /** A page that needs no snapshot: the method, errors. */
    Page bare(String title, String section) {
        return new Page(title, section, new Links(""), "", "", false, "", "", "/", "", "", false);
    }
}
