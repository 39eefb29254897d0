package org.gapexplorer.explorer.service;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.apache.commons.io.FileUtils;

/**
 * A server as an operator runs it: behind a proxy at 127.0.0.1, with a collector of traces (a real receiver of OTLP over HTTP),
 * requests logged as JSON, a folder of secrets, and so little room that a test can fill it.
 */
public final class Operated implements QuarkusTestResourceLifecycleManager {
    static final int PAGES = 4;
    private static final List<Sent> SPANS = new CopyOnWriteArrayList<>();
    private static Path log;
    private HttpServer collector;

    /** A span as the collector got it; ids in hexadecimal, the parent's empty at the root. */
    record Sent(String trace, String id, String parent, String name, Map<String, String> attributes) {}

    static List<Sent> spans() {
        return List.copyOf(SPANS);
    }

    static Path log() {
        return log;
    }

    @Override
    public Map<String, String> start() {
        try {
            Path folder = Files.createTempDirectory("operated");
            log = folder.resolve("requests.log");
            Path secrets = Files.createDirectory(folder.resolve("secrets"));
            // as `echo` writes it, with a line's end
            Files.writeString(secrets.resolve("GAPEXPLORER_EMBED_FRAME_ANCESTORS"), "https://blog.example\n");
            collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            collector.setExecutor(Executors.newSingleThreadExecutor());
            collector.createContext("/v1/traces", call -> {
                read(call.getRequestBody().readAllBytes());
                call.sendResponseHeaders(200, -1);
                call.close();
            });
            collector.start();
            return Map.ofEntries(
                    Map.entry("quarkus.http.proxy.proxy-address-forwarding", "true"),
                    Map.entry("quarkus.http.proxy.trusted-proxies", "127.0.0.1"),
                    Map.entry("quarkus.otel.sdk.disabled", "false"),
                    Map.entry(
                            "quarkus.otel.exporter.otlp.endpoint",
                            "http://127.0.0.1:" + collector.getAddress().getPort()),
                    Map.entry("quarkus.otel.exporter.otlp.protocol", "http/protobuf"),
                    Map.entry("quarkus.otel.bsp.schedule.delay", "200ms"),
                    Map.entry("gapexplorer.log.requests", "true"),
                    Map.entry("quarkus.log.file.enabled", "true"),
                    Map.entry("quarkus.log.file.path", log.toString()),
                    Map.entry("quarkus.log.file.json.enabled", "true"),
                    Map.entry("smallrye.config.source.file.locations", secrets.toString()),
                    Map.entry("gapexplorer.limits.pages-at-once", String.valueOf(PAGES)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        if (collector != null) collector.stop(0);
        FileUtils.deleteQuietly(log.getParent().toFile());
    }

    /** ExportTraceServiceRequest of opentelemetry-proto 1: resource_spans 1, scope_spans 2, spans 2. */
    private static void read(byte[] request) throws InvalidProtocolBufferException {
        for (UnknownFieldSet resource : messages(UnknownFieldSet.parseFrom(request), 1)) {
            for (UnknownFieldSet scope : messages(resource, 2)) {
                for (UnknownFieldSet span : messages(scope, 2)) SPANS.add(span(span));
            }
        }
    }

    /** Span: trace_id 1, span_id 2, parent_span_id 4, name 5, attributes 9 (key 1, value 2: string_value 1). */
    private static Sent span(UnknownFieldSet span) throws InvalidProtocolBufferException {
        Map<String, String> attributes = new HashMap<>();
        for (UnknownFieldSet attribute : messages(span, 9)) {
            for (UnknownFieldSet value : messages(attribute, 2)) {
                attributes.put(text(attribute, 1).toStringUtf8(), text(value, 1).toStringUtf8());
            }
        }
        return new Sent(
                hex(text(span, 1)),
                hex(text(span, 2)),
                hex(text(span, 4)),
                text(span, 5).toStringUtf8(),
                attributes);
    }

    private static List<UnknownFieldSet> messages(UnknownFieldSet message, int field)
            throws InvalidProtocolBufferException {
        List<UnknownFieldSet> found = new CopyOnWriteArrayList<>();
        for (ByteString bytes : message.getField(field).getLengthDelimitedList())
            found.add(UnknownFieldSet.parseFrom(bytes));
        return found;
    }

    private static ByteString text(UnknownFieldSet message, int field) {
        List<ByteString> values = message.getField(field).getLengthDelimitedList();
        return values.isEmpty() ? ByteString.EMPTY : values.getLast();
    }

    private static String hex(ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }
}
