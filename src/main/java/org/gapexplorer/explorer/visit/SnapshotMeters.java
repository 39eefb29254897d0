package org.gapexplorer.explorer.visit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.gapexplorer.snapshot.Snapshot;

/** Of each study which snapshot is served, how old it is, and how many others are open. The only study's name is empty. */
@Singleton
class SnapshotMeters implements MeterBinder {
    /** Studies and their snapshots come and go while the server runs. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

    private final Studies studies;
    private final Vertx vertx;

    SnapshotMeters(Studies studies, Vertx vertx) {
        this.studies = studies;
        this.vertx = vertx;
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        MultiGauge info = gauge(meters, "info", "1 for the version that is served");
        MultiGauge age = gauge(meters, "age.seconds", "Since the snapshot that is served was built");
        MultiGauge ready = gauge(meters, "ready", "1 where a snapshot is served");
        MultiGauge trouble =
                gauge(meters, "trouble", "1 where the newest published snapshot is broken and an older one is served");
        MultiGauge pinned = gauge(meters, "pinned", "Earlier versions that are open");
        Runnable look = () -> {
            List<ShownStudy> all = studies.all();
            info.register(versions(all));
            age.register(rows(all, SnapshotMeters::age));
            ready.register(rows(all, s -> s.ready() ? 1 : 0));
            trouble.register(rows(all, s -> s.trouble().isEmpty() ? 0 : 1));
            pinned.register(rows(all, s -> s.snapshots().pinnedOpen()));
        };
        look.run();
        vertx.setPeriodic(LOOK_EVERY.toMillis(), now -> look.run());
    }

    private static MultiGauge gauge(MeterRegistry meters, String name, String meaning) {
        return MultiGauge.builder("gapexplorer.snapshot." + name)
                .description(meaning)
                .register(meters);
    }

    private static List<MultiGauge.Row<?>> versions(List<ShownStudy> all) {
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        for (ShownStudy study : all) {
            study.snapshots().current().ifPresent(snapshot -> {
                try (snapshot) {
                    rows.add(MultiGauge.Row.of(Tags.of("study", study.id(), "version", snapshot.version()), 1));
                }
            });
        }
        return rows;
    }

    /** A row for each study, whose value is asked for at every scrape; rows that are there already stay. */
    private static List<MultiGauge.Row<?>> rows(List<ShownStudy> all, ToDoubleFunction<ShownStudy> value) {
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        all.forEach(study -> rows.add(MultiGauge.Row.of(Tags.of("study", study.id()), study, value)));
        return rows;
    }

    private static double age(ShownStudy study) {
        Optional<Snapshot> current = study.snapshots().current();
        if (current.isEmpty()) return Double.NaN;
        try (Snapshot snapshot = current.get()) {
            return Duration.between(snapshot.study().built(), Instant.now()).toSeconds();
        }
    }
}
