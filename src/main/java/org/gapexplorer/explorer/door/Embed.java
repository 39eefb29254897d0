package org.gapexplorer.explorer.door;

import jakarta.ws.rs.core.UriInfo;

/** Pages in a frame of another page: {@code embed=true}. They show a view and change nothing on this server. */
public final class Embed {
    public static final String PARAMETER = "embed";
    private static final String YES = "true";

    private Embed() {}

    public static boolean asked(UriInfo uri) {
        return asked(uri.getPath(), uri.getQueryParameters().getFirst(PARAMETER));
    }

    /** Saved views and footprints (they can be deleted there), the API and the operator's addresses are for no frame. */
    public static boolean asked(String path, String value) {
        boolean page = !path.equals("/v")
                && !path.startsWith("/v/")
                && !path.startsWith("/footprint")
                && !path.startsWith("/api")
                && !path.startsWith("/q/");
        return page && YES.equals(value);
    }

    /** HTML for a blog or notebook. A frame has no height of its own, so one is given. */
    public static String frame(String link, String title) {
        return "<iframe src=\"" + attribute(link + (link.contains("?") ? "&" : "?") + PARAMETER + "=" + YES)
                + "\" title=\"" + attribute(title)
                + "\" width=\"100%\" height=\"720\" loading=\"lazy\" frameborder=\"0\"></iframe>";
    }

    private static String attribute(String text) {
        return text.replace("&", "&amp;")
                .replace("\"", "&quot;")
                .replace("<", "&lt;")
                .replace(">", "&gt;");
    }
}
