package org.gapexplorer.explorer.visit;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code /s/{study}/...}: the same pages for one of several studies. The name is taken off the address before anything else
 * looks at it but for a slash at its end, and kept beside the request.
 */
@Singleton
public class StudyPath {
    private static final String PREFIX = "/s/";
    private static final Pattern PATH = Pattern.compile("/s/([^/]{1,200})(/.*)?");
    private static final String NAMED = StudyPath.class.getName();
    private static final String SETTLED = NAMED + ".settled";
    /** Before all other routes, which see the address without the study. */
    private static final int FIRST = -1_000;

    void onStart(@Observes Router router) {
        router.route("/s/*").order(FIRST).handler(StudyPath::takeOff);
    }

    private static void takeOff(RoutingContext call) {
        Matcher path = PATH.matcher(call.normalizedPath());
        if (call.get(NAMED) != null || !path.matches()) {
            call.next();
            return;
        }
        HttpServerRequest request = call.request();
        call.put(NAMED, path.group(1));
        String rest = path.group(2) == null ? "/" : path.group(2);
        call.reroute(request.method(), request.query() == null ? rest : rest + "?" + request.query());
    }

    /** The study that the address names; empty where it names none, or outside of a request. */
    public static String named(RoutingContext call) {
        String name = call == null ? null : call.get(NAMED);
        return name == null ? "" : name;
    }

    /** What an address that names no study shows, from now on. */
    public static void settle(RoutingContext call, String usual) {
        call.put(SETTLED, usual);
    }

    /** The study that was settled on; null where none was. */
    static String settled(RoutingContext call) {
        return call == null ? null : call.get(SETTLED);
    }

    /** The study that a path with its query names; empty where it names none. */
    static String named(String address) {
        Matcher path = PATH.matcher(address.replaceFirst("[?#].*", ""));
        return path.matches() ? path.group(1) : "";
    }

    /** What the addresses of a study's pages begin with. */
    public static String base(String study) {
        return study.isEmpty() ? "" : PREFIX + study;
    }
}
