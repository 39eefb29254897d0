package org.gapexplorer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What people do who save views on a server, and what they may expect: each acknowledged link leads where it did. */
public final class SavedLinks {
    public static final Duration PATIENCE = Duration.ofSeconds(90);

    private SavedLinks() {}

    public static void saveUntilKilled(ServedProcess server, Map<String, String> kept) {
        try {
            for (int n = 0; ; n++) {
                save(server, "view " + n, kept);
            }
        } catch (IOException e) {
            // the server was killed
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public static void awaitReady(ServedProcess server) throws Exception {
        server.await("ready", PATIENCE, () -> server.get("/q/health/ready").statusCode() == 200);
    }

    /** Until the database answers; no view has this name. */
    public static void awaitSaving(ServedProcess server) throws Exception {
        server.await("saving", PATIENCE, () -> server.get("/v/2222222222").statusCode() == 404);
    }

    /** Saves a view; if that is acknowledged, remembers its link and where it must lead. */
    public static void save(ServedProcess server, String title, Map<String, String> kept)
            throws IOException, InterruptedException {
        String path = "/concepts?q=" + title.replace(' ', '+') + "&sort=gap";
        HttpResponse<String> answer = post(server, path, title);
        if (answer.statusCode() == 201) {
            kept.put(answer.headers().firstValue("Location").orElseThrow().replaceFirst("^https?://[^/]+", ""), path);
        } else {
            assertThat(answer.statusCode()).isEqualTo(503);
        }
    }

    /** More people than the server has connections. */
    public static void saveAtOnce(ServedProcess server, int people, int status) throws Exception {
        try (ExecutorService all = Executors.newFixedThreadPool(people)) {
            Callable<Integer> one = () -> post(server, "/", "at once").statusCode();
            for (Future<Integer> answer : all.invokeAll(Collections.nCopies(people, one))) {
                assertThat(answer.get()).isEqualTo(status);
            }
        }
    }

    public static HttpResponse<String> post(ServedProcess server, String path, String title)
            throws IOException, InterruptedException {
        return server.post(
                "/v", Map.of("path", path, "title", title, "note", "", "snapshot", "20260131-120000-0123abcd"));
    }

    public static void assertOpen(ServedProcess server, Map<String, String> kept) throws Exception {
        for (Map.Entry<String, String> view : kept.entrySet()) {
            HttpResponse<String> answer = server.get(view.getKey());
            assertThat(answer.statusCode()).as(view.getKey()).isEqualTo(302);
            assertThat(answer.headers().firstValue("Location").orElseThrow())
                    .endsWith(view.getValue() + "&view=" + view.getKey().substring("/v/".length()));
        }
    }

    public static void assertBrowsingGoesOn(ServedProcess server) throws Exception {
        for (String page : List.of("/", "/concepts", "/benchmarks", "/models", "/q/health/ready", "/q/health/live")) {
            assertThat(server.get(page).statusCode()).as(page).isEqualTo(200);
        }
    }
}
