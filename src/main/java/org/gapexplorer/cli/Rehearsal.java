package org.gapexplorer.cli;

import io.quarkus.runtime.Quarkus;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A server that starts, answers what a probe and a first visitor ask, and ends, so that the JVM can record which classes
 * that takes (-XX:AOTCacheOutput). It listens on loopback and touches no database.
 */
final class Rehearsal {
    private static final int PATIENCE_SECONDS = 120;
    private static final List<String> PAGES = List.of(
            "/q/health/live", "/q/health/ready", "/", "/concepts", "/concepts?q=money", "/benchmarks", "/models");

    private Rehearsal() {}

    /** Before the server starts. Returns the port that it must take. */
    static int begin() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = socket.getLocalPort();
            System.setProperty("quarkus.http.host", "127.0.0.1");
            // any free one: that of the settings is taken by the server beside which this runs
            System.setProperty("quarkus.management.port", "0");
            // nothing listens there
            System.setProperty("quarkus.datasource.reactive.url", "postgresql://127.0.0.1:1/rehearsal");
            Thread.ofPlatform().daemon().name("rehearsal").start(() -> play(port));
            return port;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void play(int port) {
        try {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while (status(port, PAGES.getFirst()) != HttpURLConnection.HTTP_OK && System.nanoTime() < deadline) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
            for (String page : PAGES) {
                status(port, page);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            Quarkus.asyncExit(0);
        }
    }

    /** Reads the whole answer; 0 where there is none. */
    private static int status(int port, String path) {
        try {
            var connection = (HttpURLConnection)
                    URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
            int status = connection.getResponseCode();
            if (status < HttpURLConnection.HTTP_BAD_REQUEST) {
                try (InputStream in = connection.getInputStream()) {
                    in.transferTo(OutputStream.nullOutputStream());
                }
            }
            return status;
        } catch (IOException e) {
            return 0;
        }
    }
}
