package org.gapexplorer.explorer.visit;

import io.quarkus.qute.TemplateInstance;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.gapexplorer.catalog.Term;
import org.gapexplorer.explorer.door.Embed;
import org.gapexplorer.explorer.door.Origin;
import org.gapexplorer.explorer.share.ChartFile;
import org.gapexplorer.explorer.share.Citation;
import org.gapexplorer.explorer.share.Pictures;
import org.gapexplorer.explorer.share.Preview;
import org.gapexplorer.explorer.share.Shareable;
import org.gapexplorer.explorer.view.Controls;
import org.gapexplorer.explorer.view.Links;
import org.gapexplorer.explorer.view.Page;
import org.gapexplorer.explorer.view.Share;
import org.gapexplorer.explorer.view.Text;
import org.gapexplorer.explorer.view.Url;
import org.gapexplorer.snapshot.Snapshot;
import org.gapexplorer.snapshot.StudyFacts;

/** One request: where it is, which snapshot it reads, and whether it asks for the moving part of the page alone. */
@RequestScoped
public class Visit {
    /** Names the saved view that led here. */
    public static final String VIEW = "view";

    private static final String CHART = "chart";
    private static final String PICTURE = "picture";
    /** These choose what is made of a view; they are no part of it. */
    private static final String[] NOT_OF_THE_VIEW = {Embed.PARAMETER, CHART, PICTURE};

    /** What is answered here also hangs on which other snapshots there are. */
    private static final Set<String> BESIDE_OTHERS = Set.of("/changes", "/api/v1/changes");

    private final Studies studies;
    private final Pictures pictures;
    private final EntityTags tags;
    private final RecentPages pages;
    private final UriInfo uri;
    private final HttpHeaders headers;
    private final Request request;
    private final CurrentVertxRequest current;
    private EntityTag tag;

    @Inject
    Visit(
            Studies studies,
            Pictures pictures,
            EntityTags tags,
            RecentPages pages,
            UriInfo uri,
            HttpHeaders headers,
            Request request,
            CurrentVertxRequest current) {
        this.studies = studies;
        this.pictures = pictures;
        this.tags = tags;
        this.pages = pages;
        this.uri = uri;
        this.headers = headers;
        this.request = request;
        this.current = current;
    }

    public Params params() {
        return new Params(uri.getQueryParameters());
    }

    String pin() {
        return params().text(Links.PIN);
    }

    /** The study whose pages these are. */
    public ShownStudy study() {
        return studies.asked();
    }

    public Links links() {
        return new Links(studies.base(), pin());
    }

    /**
     * The snapshot to read; the caller closes it. Where the browser already has what would be answered, or the page was made
     * lately, the request ends with that.
     */
    public Snapshot open() {
        Snapshot snapshot = studies.asked().open(pin());
        if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) return snapshot;
        EntityTag same = tags.of(
                snapshot.version(),
                BESIDE_OTHERS.contains(uri.getPath())
                        ? String.join(",", studies.asked().versions())
                        : "",
                origin(),
                studies.base() + current.getCurrent().request().uri(),
                fragment() ? "fragment" : "page",
                today().toString());
        Response.ResponseBuilder known = request.evaluatePreconditions(same);
        tag = same;
        byte[] page = pages.get(tag);
        if (known == null && page == null) return snapshot;
        snapshot.close();
        // Quarkus marks all answers as not to be compressed, and takes that back only behind a resource's method
        current.getCurrent().response().headers().remove(HttpHeaders.CONTENT_ENCODING);
        throw new WebApplicationException(known != null ? known.build() : html(page));
    }

    /** The name of this answer; null where it hangs on more than a snapshot. */
    EntityTag tag() {
        return tag;
    }

    private String origin() {
        return Origin.of(current.getCurrent().request());
    }

    private static LocalDate today() {
        return LocalDate.now(ZoneOffset.UTC);
    }

    /** This address, its parameters in the order of their names: one view, one address. */
    public Url url() {
        Map<String, List<String>> query = new LinkedHashMap<>();
        new TreeMap<>(uri.getQueryParameters()).forEach((name, values) -> {
            List<String> given = values.stream().filter(v -> !v.isBlank()).toList();
            if (!given.isEmpty() && !name.equals(VIEW)) query.put(name, given);
        });
        return new Url(studies.base() + uri.getPath(), query);
    }

    /** Whether htmx asks for the fragment; going back in the history wants the whole page. */
    public boolean fragment() {
        return "true".equals(headers.getHeaderString("HX-Request"))
                && !"true".equals(headers.getHeaderString("HX-History-Restore-Request"));
    }

    /** A page without a preview of its own. */
    public Page page(Snapshot snapshot, String title, String section) {
        return page(snapshot, title, section, false, Preview.NONE);
    }

    public Page page(Snapshot snapshot, String title, String section, Shareable view) {
        return page(snapshot, title, section, false, view.preview());
    }

    /** A page that shows benchmark items, so that search engines should stay away. */
    public Page pageWithItems(Snapshot snapshot, String title, String section, Shareable view) {
        return page(snapshot, title, section, true, view.preview());
    }

    private Page page(Snapshot snapshot, String title, String section, boolean items, Preview preview) {
        String name = Text.plain(title, 120);
        Url here = view().with(Links.PIN, snapshot.version()).inOrder();
        return new Page(
                name,
                section,
                links(),
                Text.plain(snapshot.study().title(), 80),
                snapshot.version(),
                !pin().isEmpty(),
                section.equals("concepts") ? Text.bounded(params().text("q"), 200) : "",
                here.toString(),
                url().without(Links.PIN).toString(),
                json(),
                params().text(VIEW).matches("[a-z0-9]{1,16}") ? params().text(VIEW) : "",
                items,
                Embed.asked(uri),
                items ? Canaries.of(snapshot) : List.of(),
                share(snapshot.study(), name, here, preview));
    }

    private Share share(StudyFacts study, String title, Url here, Preview preview) {
        String link = origin() + here;
        String whole = title + ": " + Text.plain(study.title(), 120);
        LocalDate studied = LocalDate.ofInstant(study.ran() == null ? study.built() : study.ran(), ZoneOffset.UTC);
        return new Share(
                link,
                preview.text().isEmpty() ? whole : preview.text(),
                pictures.able() && preview != Preview.NONE ? origin() + here.with(PICTURE, "png") : "",
                Citation.bibtex(whole, study.version(), studied, link, today()),
                Embed.frame(link, whole),
                Arrays.stream(Term.values())
                        .map(t -> new Controls.Option(t.word, t.title, t == Term.YEAR))
                        .toList());
    }

    /** This address but for what is made of it: a frame, a chart, a picture. */
    private Url view() {
        return url().without(NOT_OF_THE_VIEW);
    }

    /**
     * The answer that was asked for: the page, its moving part with the tools that hand on what it then shows, a chart of
     * it as a file, or its picture.
     *
     * @param live the part that moves; null for a page on which nothing does
     */
    public Response answer(Page page, Shareable view, TemplateInstance whole, TemplateInstance live) {
        if (params().has(CHART)) return chart(page, view);
        if (params().has(PICTURE)) return picture(page, view);
        return fragment() && live != null
                ? kept(live.render() + Templates.tools(page).render())
                : kept(whole.render());
    }

    private Response chart(Page page, Shareable view) {
        Response file = ChartFile.answer(view.charts(), params().text(CHART), page);
        // in place of the one that every response has: two policies would both hold
        current.getCurrent().response().putHeader("Content-Security-Policy", ChartFile.POLICY);
        return file;
    }

    private Response picture(Page page, Shareable view) {
        params().one(PICTURE, List.of("png"), p -> p);
        byte[] png = pictures.of(page, view.preview());
        return Response.ok(png, "image/png").build();
    }

    private Response kept(String text) {
        byte[] page = text.getBytes(StandardCharsets.UTF_8);
        if (tag != null) pages.keep(tag, page);
        return html(page);
    }

    private static Response html(byte[] page) {
        return Response.ok(page, "text/html;charset=UTF-8").build();
    }

    private String json() {
        Url here = view();
        String path = uri.getPath();
        if (path.equals("/")) return links().to("/api/v1/study").toString();
        boolean has = switch (path) {
            case "/about", "/api", "/report", "/footprint" -> false;
            case "/compare" -> params().list("benchmarks").size() > 1;
            case "/models/compare" -> params().list("models").size() == 2;
            default -> true;
        };
        return has ? new Url(studies.base() + "/api/v1" + path, here.query()).toString() : "";
    }

    /** A page that needs no snapshot: the method, errors. */
    public Page bare(String title, String section) {
        return Page.bare(title, section, StudyBase.links(), false, Embed.asked(uri));
    }
}
