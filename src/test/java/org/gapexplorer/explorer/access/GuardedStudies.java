package org.gapexplorer.explorer.access;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.OAuth2Config;
import org.apache.commons.io.FileUtils;
import org.gapexplorer.catalog.EmbeddedPostgres;
import org.gapexplorer.explorer.ServedStudy;
import org.gapexplorer.run.RunFolder;
import org.gapexplorer.snapshot.GeneratedRun;
import org.gapexplorer.snapshot.SnapshotBuilder;
import org.gapexplorer.study.Progress;

/**
 * One server of three small generated studies: "library" is everybody's, "vault", the usual one, is shown to whom a proxy at
 * 127.0.0.1 names as of team-a, "club" to who signs in as of team-b. Benchmark b2 of "library" may show its ids only; wherever
 * it has text stands {@link #MARK}. Benchmark b0 has a canary. "library" has a lens.
 */
public final class GuardedStudies implements QuarkusTestResourceLifecycleManager {
    public static final String LIBRARY = "A study for all";
    public static final String VAULT = "A study of the vault";
    public static final String CLUB = "A study of the club";
    public static final String MARK = "zqxunspeakable";
    public static final String CANARY = "BENCHMARK DATA GUID 26b5c67b-86ce-4b2e-8a91-5d5d3f3b1c22";
    public static final String ISSUER = "people";
    public static final String CLIENT = "gap-explorer";

    private static MockOAuth2Server provider;
    private static Path folder;
    private EmbeddedPostgres postgres;

    /** A server with these studies. */
    public static final class Profile implements QuarkusTestProfile {
        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(GuardedStudies.class));
        }

        @Override
        public boolean disableGlobalTestResources() {
            return true;
        }
    }

    public static MockOAuth2Server provider() {
        return provider;
    }

    /** The folder of a study's snapshots. */
    public static Path snapshots(String study) {
        return folder.resolve(study);
    }

    @Override
    public Map<String, String> start() {
        try {
            Path temporary = Files.createTempDirectory("guarded-studies");
            folder = temporary.resolve("studies");
            build(temporary.resolve("run-library"), "library", LIBRARY, marked(new GeneratedRun(5, 3, 20, 80, 2, 20)));
            build(temporary.resolve("run-vault"), "vault", VAULT, new GeneratedRun(6, 3, 20, 80, 2, 20));
            build(temporary.resolve("run-club"), "club", CLUB, new GeneratedRun(7, 3, 20, 80, 2, 20));
            provider = new MockOAuth2Server(OAuth2Config.Companion.fromJson("{\"interactiveLogin\": true}"));
            provider.start();
            postgres = EmbeddedPostgres.in(temporary.resolve("catalog"));
            postgres.start();
            return settings();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        settings.put("gapexplorer.snapshots", folder.toString());
        settings.put("gapexplorer.default-study", "vault");
        settings.put("gapexplorer.access.by", "header");
        settings.put("gapexplorer.access.groups", "team-a");
        settings.put("gapexplorer.access.proxies", "127.0.0.1");
        settings.put("gapexplorer.access.study.\"library\".by", "open");
        settings.put("gapexplorer.access.study.\"club\".by", "oidc");
        settings.put("gapexplorer.access.study.\"club\".groups", "team-b");
        settings.put("gapexplorer.admin.users", "root");
        // tries while the tables are made are counted too
        settings.put("gapexplorer.limits.flags-per-hour", "300");
        settings.put("gapexplorer.limits.saves-per-hour", "300");
        settings.put("quarkus.oidc.tenant-enabled", "true");
        settings.put("quarkus.oidc.auth-server-url", provider.issuerUrl(ISSUER).toString());
        settings.put("quarkus.oidc.client-id", CLIENT);
        settings.put("quarkus.oidc.credentials.secret", "a-secret-of-at-least-thirty-two-characters");
        settings.put("quarkus.datasource.reactive.url", postgres.reactiveUrl());
        settings.put("quarkus.datasource.jdbc.url", postgres.jdbcUrl());
        settings.put("quarkus.datasource.username", postgres.user());
        settings.put("quarkus.datasource.password", postgres.password());
        return settings;
    }

    private static void build(Path run, String id, String title, GeneratedRun rows) {
        rows.write(run, title);
        if (id.equals("library")) ServedStudy.packLens(new RunFolder(run).lens());
        SnapshotBuilder.build(run, folder.resolve(id), Progress.SILENT);
    }

    /** The mark in every text that the items of b2 have, and in what the models answered. */
    private static GeneratedRun marked(GeneratedRun run) {
        run.items.replaceAll(i -> !i.benchmark().equals("b2")
                ? i
                : new RunFolder.Item(
                        i.benchmark(),
                        i.item(),
                        i.ordinal(),
                        MARK + " question " + i.question(),
                        MARK + " prompt " + i.prompt(),
                        i.own(),
                        List.of(MARK + " one", MARK + " two"),
                        i.answer(),
                        MARK + " category",
                        i.tokens(),
                        i.truncated()));
        run.scores.replaceAll(s -> !s.benchmark().equals("b2")
                ? s
                : new RunFolder.Score(
                        s.benchmark(), s.item(), s.model(), s.score(), MARK + " as the model said it", s.margin()));
        run.benchmarks.replaceAll(
                b -> !b.benchmark().equals("b0") ? b : GeneratedRun.changed(b, b.kind(), b.n(), CANARY));
        return run;
    }

    @Override
    public void stop() {
        if (postgres != null) postgres.close();
        if (provider != null) provider.shutdown();
        FileUtils.deleteQuietly(folder.getParent().toFile());
    }
}
