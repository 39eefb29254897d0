package org.gapexplorer.explorer.service;

import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.stream.LongStream;

/** Times are counted alike everywhere: dense about 20 ms, in which a page should be there, then to what nobody waits for. */
final class Buckets {
    private static final Duration[] BOUNDS = LongStream.of(
                    1, 2, 5, 10, 15, 20, 30, 50, 100, 200, 500, 1_000, 2_000, 5_000, 20_000)
            .mapToObj(Duration::ofMillis)
            .toArray(Duration[]::new);

    private Buckets() {}

    static Timer.Builder timer(String name, String meaning) {
        return Timer.builder(name).description(meaning).serviceLevelObjectives(BOUNDS);
    }
}
