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
class SavedFootprintsTest {
    private static final SavedFootprints.NewFootprint NEW = new SavedFootprints.NewFootprint(
            "tides", "March", "20260131-120000-0123abcd", "ab".repeat(32), "a lens", 12, "{\"x\":\"é\"}");

    @Inject
    SavedFootprints footprints;

    @Inject
    Mutiny.SessionFactory sessions;

    @BeforeEach
    void tables() throws Throwable {
        OwnDatabase.awaitTables(() -> footprints.find("2222222222"));
    }

    @Test
    void aFootprintIsFoundByItsShortIdUntilItsSecretDeletesIt() throws Throwable {
        SavedViews.Saved saved = await(() -> footprints.save(NEW));
        SavedFootprint found = await(() -> footprints.find(saved.shortId()));
        assertThat(found.study).isEqualTo("tides");
        assertThat(found.title).isEqualTo("March");
        assertThat(found.prompts).isEqualTo(12);
        assertThat(found.lens).isEqualTo(NEW.lens());
        assertThat(found.profile).isEqualTo(NEW.profile());
        assertThat(Duration.between(found.created, found.expires)).isEqualTo(Duration.ofDays(400));
        assertThat(await(() -> footprints.find("' or 1=1 --"))).isNull();

        assertThat(await(() -> footprints.delete(saved.shortId(), "guess"))).isFalse();
        assertThat(await(() -> footprints.delete(saved.shortId(), saved.secret())))
                .isTrue();
        assertThat(await(() -> footprints.find(saved.shortId()))).isNull();
    }

    @Test
    void whatIsPastItsTimeIsNotShownAndGoesWhenTheNextIsSaved() throws Throwable {
        SavedViews.Saved old = await(() -> footprints.save(NEW));
        await(() -> sessions.withTransaction(
                session -> session.createMutationQuery("update SavedFootprint set expires = :past where shortId = :id")
                        .setParameter("past", Instant.now().minusSeconds(5))
                        .setParameter("id", old.shortId())
                        .executeUpdate()));
        assertThat(await(() -> footprints.find(old.shortId()))).isNull();
        SavedViews.Saved next = await(() -> footprints.save(NEW));
        SavedFootprint gone = await(() -> sessions.withSession(s -> s.find(SavedFootprint.class, old.shortId())));
        assertThat(gone).isNull();
        assertThat(await(() -> footprints.find(next.shortId()))).isNotNull();
    }

    @Test
    void aTitleKeepsItsLength() {
        assertThatThrownBy(() -> footprints.save(new SavedFootprints.NewFootprint(
                        "", "x".repeat(201), NEW.snapshot(), NEW.lens(), "l", 1, "{}")))
                .isInstanceOf(Problem.class)
                .hasMessageStartingWith("title");
    }
}
