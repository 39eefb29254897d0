package org.gapexplorer.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.gapexplorer.catalog.OwnDatabase.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import org.gapexplorer.study.Problem;
import org.hibernate.reactive.mutiny.Mutiny;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(OwnDatabase.class)
class SavedViewsTest {
    private static final SavedViews.NewView VIEW = new SavedViews.NewView(
            "/concepts?q=money&sort=gap", "Money", "Look at the tail.", "20260131-120000-0123abcd", Term.YEAR);

    @Inject
    SavedViews views;

    @Inject
    Mutiny.SessionFactory sessions;

    @BeforeEach
    void tables() throws Throwable {
        OwnDatabase.awaitTables(() -> views.find("2222222222"));
    }

    @Test
    void aSavedViewIsFoundByItsShortIdAlone() throws Throwable {
        SavedViews.Saved saved = await(() -> views.save(VIEW));
        SavedView found = await(() -> views.find(saved.shortId()));
        assertThat(found.path).isEqualTo(VIEW.path());
        assertThat(found.title).isEqualTo("Money");
        assertThat(found.note).isEqualTo("Look at the tail.");
        assertThat(found.snapshot).isEqualTo(VIEW.snapshot());
        assertThat(found.created).isBetween(Instant.now().minusSeconds(60), Instant.now());
        assertThat(new String(found.secretHash)).doesNotContain(saved.secret());
        assertThat(await(() -> views.find("3333333333"))).isNull();
        assertThat(await(() -> views.find("' or 1=1 --"))).isNull();
    }

    @Test
    void aSavedViewExpiresAndIsClearedAwayLater() throws Throwable {
        SavedViews.Saved month =
                await(() -> views.save(new SavedViews.NewView("/", "t", "", VIEW.snapshot(), Term.MONTH)));
        SavedViews.Saved years =
                await(() -> views.save(new SavedViews.NewView("/", "t", "", VIEW.snapshot(), Term.YEARS)));
        assertThat(Duration.between(Instant.now(), month.expires()))
                .isBetween(Duration.ofDays(29), Duration.ofDays(30));
        assertThat(Duration.between(Instant.now(), years.expires()))
                .isBetween(Duration.ofDays(5 * 365), Duration.ofDays(5 * 365 + 2));

        expire(month.shortId(), Duration.ofDays(1));
        expire(years.shortId(), Duration.ofDays(91));
        assertThat(await(() -> views.find(month.shortId())).isExpired()).isTrue();
        SavedViews.Saved fresh = await(() -> views.save(VIEW));
        assertThat(await(() -> views.find(fresh.shortId())).isExpired()).isFalse();
        assertThat(await(() -> views.find(month.shortId()))).isNotNull();
        assertThat(await(() -> views.find(years.shortId()))).isNull();
    }

    private void expire(String shortId, Duration ago) throws Throwable {
        await(() -> sessions.withTransaction(
                session -> session.createMutationQuery("update SavedView set expires = :then where shortId = :id")
                        .setParameter("then", Instant.now().minus(ago))
                        .setParameter("id", shortId)
                        .executeUpdate()));
    }

    @Test
    void onlyTheSecretDeletes() throws Throwable {
        SavedViews.Saved saved = await(() -> views.save(VIEW));
        assertThat(await(() -> views.delete(saved.shortId(), "guess"))).isFalse();
        assertThat(await(() -> views.find(saved.shortId()))).isNotNull();
        assertThat(await(() -> views.delete(saved.shortId(), saved.secret()))).isTrue();
        assertThat(await(() -> views.find(saved.shortId()))).isNull();
        assertThat(await(() -> views.delete(saved.shortId(), saved.secret()))).isFalse();
    }

    @Test
    void aPathMustStayOnThisServerAndFieldsKeepTheirLength() {
        for (String path :
                new String[] {null, "", "concepts", "//example", "/\\example", "/a\nb", "/" + "x".repeat(4_000)}) {
            assertThatThrownBy(() -> views.save(new SavedViews.NewView(path, "t", "", VIEW.snapshot(), Term.YEAR)))
                    .isInstanceOf(Problem.class)
                    .hasMessageStartingWith("path");
        }
        assertThatThrownBy(
                        () -> views.save(new SavedViews.NewView("/", "x".repeat(201), "", VIEW.snapshot(), Term.YEAR)))
                .hasMessageStartingWith("title");
        assertThatThrownBy(() -> views.save(new SavedViews.NewView("/", "t", "", "../x", Term.YEAR)))
                .hasMessageStartingWith("snapshot");
    }
}
