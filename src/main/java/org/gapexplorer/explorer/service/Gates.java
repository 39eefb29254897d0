package org.gapexplorer.explorer.service;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * How much is done at once. Who finds a gate full is sent away within a millisecond instead of waiting behind all others: so
 * those inside are answered in good time however many there are outside, and once they stop coming nothing is left to
 * be worked off.
 */
@Singleton
class Gates {
    /** Pages take milliseconds of a core: with so many for each, the last of them waits some tenths of a second. */
    private static final int PAGES_PER_CORE = 16;

    private final Map<Load, Gate> gates = new EnumMap<>(Load.class);
    private final Map<Load, Counter> refused = new EnumMap<>(Load.class);

    /** @param pages 0 for {@value PAGES_PER_CORE} a core */
    Gates(
            MeterRegistry meters,
            @ConfigProperty(name = "gapexplorer.limits.pages-at-once", defaultValue = "0") int pages,
            @ConfigProperty(name = "gapexplorer.limits.texts-at-once", defaultValue = "8") int texts,
            @ConfigProperty(name = "gapexplorer.limits.downloads-at-once", defaultValue = "8") int downloads,
            @ConfigProperty(name = "gapexplorer.limits.saves-at-once", defaultValue = "32") int saves) {
        int cores = Runtime.getRuntime().availableProcessors();
        gates.put(Load.PAGE, new Gate(pages > 0 ? pages : PAGES_PER_CORE * cores));
        gates.put(Load.TEXT, new Gate(texts));
        gates.put(Load.DOWNLOAD, new Gate(downloads));
        gates.put(Load.CATALOG, new Gate(saves));
        gates.forEach((load, gate) -> {
            String name = load.name().toLowerCase(Locale.ROOT);
            refused.put(
                    load,
                    Counter.builder("gapexplorer.overload.refused")
                            .description("Requests answered 503 because as many as are done at once were being done")
                            .tag("load", name)
                            .register(meters));
            Gauge.builder("gapexplorer.requests.inside", gate, Gate::inside)
                    .description("Requests being answered")
                    .tag("load", name)
                    .register(meters);
            Gauge.builder("gapexplorer.requests.most", gate, Gate::most)
                    .description("Requests answered at once at most")
                    .tag("load", name)
                    .register(meters);
        });
    }

    /** Whether there is room; who enters leaves once. */
    boolean enter(Load load) {
        if (load == Load.NONE || gates.get(load).enter()) return true;
        refused.get(load).increment();
        return false;
    }

    void leave(Load load) {
        if (load != Load.NONE) gates.get(load).leave();
    }
}
