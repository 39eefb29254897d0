package org.gapexplorer.explorer.service;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.Locale;

/** Counts who was sent away by a resource; {@link Gates} counts those who did not get as far. */
@Singleton
public class Refusals {
    private final MeterRegistry meters;

    Refusals(MeterRegistry meters) {
        this.meters = meters;
    }

    /** @param act what the client had its share of */
    public void limited(String act) {
        Counter.builder("gapexplorer.limited")
                .description("Requests answered 429 because the client had its share")
                .tag("act", act.toLowerCase(Locale.ROOT))
                .register(meters)
                .increment();
    }

    /** Something that is done one after the other had too many waiting, or took too long. */
    public void busy() {
        meters.counter("gapexplorer.busy").increment();
    }

    public void saved(boolean done) {
        Counter.builder("gapexplorer.saves")
                .description("Views that were to be saved")
                .tag("outcome", done ? "saved" : "failed")
                .register(meters)
                .increment();
    }
}
