package org.gapexplorer.explorer.view;

import java.util.List;

/**
 * What surrounds every page.
 *
 * @param title of the window and the link
 * @param section which entry of the navigation is current; empty for none
 * @param study title of the study; empty while no snapshot is open
 * @param version of the snapshot shown; empty while none is open
 * @param pinned whether the visitor asked for this version
 * @param query what stands in the search box
 * @param here this view's address, pinned to the version: what is copied, saved and cited
 * @param unpinned this view's address without a version
 * @param json the same data as JSON; empty where there is none
 * @param view the saved view that led here; empty for none
 * @param noindex whether search engines are asked to stay away (pages that show benchmark items)
 * @param embed whether it stands in a frame of another page, without what surrounds a page
 * @param canaries words by which training data that holds the items shown is known; empty where no items are
 * @param share what hands it on; null while no snapshot is open
 */
public record Page(
        String title,
        String section,
        Links links,
        String study,
        String version,
        boolean pinned,
        String query,
        String here,
        String unpinned,
        String json,
        String view,
        boolean noindex,
        boolean embed,
        List<String> canaries,
        Share share) {

    /** A page that needs no snapshot: the method, errors. */
    public static Page bare(String title, String section, Links links, boolean noindex, boolean embed) {
        return new Page(
                title,
                section,
                links,
                "",
                "",
                false,
                "",
                "",
                links.base() + "/",
                "",
                "",
                noindex,
                embed,
                List.of(),
                null);
    }

    public record Entry(String text, String href, boolean current) {}

    public List<Entry> nav() {
        return List.of(
                entry("concepts", "Concepts", "/concepts"),
                entry("benchmarks", "Benchmarks", "/benchmarks"),
                entry("compare", "Compare", "/compare"),
                entry("models", "Models", "/models"),
                entry("next", "Test next", "/next"),
                entry("try", "Try a prompt", "/try"),
                entry("footprint", "Footprint", "/footprint"),
                entry("about", "Method", "/about"));
    }

    private Entry entry(String name, String text, String path) {
        return new Entry(text, links.to(path).toString(), section.equals(name));
    }

    public String home() {
        return links.to("/").toString();
    }

    public String search() {
        return new Links(links.base(), "").to("/concepts").toString();
    }

    public String changes() {
        return links.to("/changes").toString();
    }

    /** Where a chart of this view is had as a file. */
    public String chart(String name) {
        return here + (here.contains("?") ? "&" : "?") + "chart=" + name;
    }

    /** Where this server is, as the visitor names it: what a file must put before its links. */
    public String origin() {
        return share.link().substring(0, share.link().length() - here.length());
    }

    public String about() {
        return links.to("/about").toString();
    }

    public String pin() {
        return links.pin();
    }
}
