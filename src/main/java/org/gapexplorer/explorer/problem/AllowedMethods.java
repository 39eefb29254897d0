package org.gapexplorer.explorer.problem;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Singleton;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jboss.resteasy.reactive.server.mapping.RequestMapper;
import org.jboss.resteasy.reactive.server.mapping.URITemplate;

/**
 * The methods that an address takes, which an answer 405 must name (RFC 9110, 15.5.6) and RESTEasy Reactive does not. Addresses are
 * matched by its own mapper, over the resources that there are; made when it is asked for first.
 */
@Singleton
final class AllowedMethods {
    private final BeanManager beans;
    private Map<String, RequestMapper<Boolean>> byMethod;

    AllowedMethods(BeanManager beans) {
        this.beans = beans;
    }

    /** @param path without the study and the query, as it is routed */
    Set<String> of(String path) {
        Set<String> methods = new TreeSet<>();
        mappers().forEach((method, mapper) -> {
            if (mapper.map(path) != null) methods.add(method);
        });
        // what RESTEasy answers by itself
        if (methods.contains(HttpMethod.GET)) methods.add(HttpMethod.HEAD);
        methods.add(HttpMethod.OPTIONS);
        return methods;
    }

    private synchronized Map<String, RequestMapper<Boolean>> mappers() {
        if (byMethod == null) {
            Map<String, ArrayList<RequestMapper.RequestPath<Boolean>>> templates = new HashMap<>();
            for (Bean<?> bean : beans.getBeans(Object.class, Any.Literal.INSTANCE)) {
                for (Method method : bean.getBeanClass().getMethods()) add(templates, bean.getBeanClass(), method);
            }
            byMethod = new HashMap<>();
            templates.forEach((method, paths) -> byMethod.put(method, new RequestMapper<>(paths)));
        }
        return byMethod;
    }

    private static void add(
            Map<String, ArrayList<RequestMapper.RequestPath<Boolean>>> templates, Class<?> resource, Method method) {
        if (!resource.isAnnotationPresent(Path.class)) return;
        String whole = ("/" + path(resource) + "/" + path(method)).replaceAll("/{2,}", "/");
        String template = whole.length() > 1 && whole.endsWith("/") ? whole.substring(0, whole.length() - 1) : whole;
        for (Annotation annotation : method.getAnnotations()) {
            HttpMethod name = annotation.annotationType().getAnnotation(HttpMethod.class);
            if (name != null) {
                templates
                        .computeIfAbsent(name.value(), m -> new ArrayList<>())
                        .add(new RequestMapper.RequestPath<>(false, new URITemplate(template, false), true));
            }
        }
    }

    private static String path(AnnotatedElement element) {
        Path path = element.getAnnotation(Path.class);
        return path == null ? "" : path.value();
    }
}
