package org.gapexplorer.explorer.service;

import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** The route of a request as the code writes it, {@code /concepts/{id}}: there are some dozens, whatever visitors ask for. */
class Routes {
    private static final String KEY = Routes.class.getName();
    private static final Pattern EXPRESSION = Pattern.compile("\\{\\s*([^:}\\s]+)[^}]*}");
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    private final Map<Method, String> templates = new ConcurrentHashMap<>();

    @ServerRequestFilter(nonBlocking = true)
    void note(ResourceInfo resource, RoutingContext call) {
        Method method = resource.getResourceMethod();
        if (method != null) call.put(KEY, templates.computeIfAbsent(method, Routes::template));
    }

    @ServerResponseFilter
    void made(RoutingContext call) {
        FrontDoor.made(call);
    }

    private static String template(Method method) {
        String whole = "/" + path(method.getDeclaringClass()) + "/" + path(method);
        String plain = EXPRESSION.matcher(whole.replaceAll("/+", "/")).replaceAll("{$1}");
        return plain.length() > 1 && plain.endsWith("/") ? plain.substring(0, plain.length() - 1) : plain;
    }

    private static String path(AnnotatedElement element) {
        Path path = element.getAnnotation(Path.class);
        return path == null ? "" : path.value();
    }

    static String of(RoutingContext call) {
        String route = call.get(KEY);
        if (route != null) return route;
        if (call.normalizedPath().startsWith("/q/")) return "probe";
        int status = call.response().getStatusCode();
        return status == 404 ? "none" : status >= 400 ? "refused" : "file";
    }

    /** A client may call its method what it likes. */
    static String method(String name) {
        return METHODS.contains(name) ? name : "OTHER";
    }
}
