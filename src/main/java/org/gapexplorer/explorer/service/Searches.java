package org.gapexplorer.explorer.service;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.gapexplorer.snapshot.SearchWatch;
import org.gapexplorer.snapshot.TimeLimit;

/** Times every search, and ends one that takes too long. */
@Singleton
public class Searches implements SearchWatch {
    private final Stopwatch stopwatch;
    private final Duration longest;

    Searches(
            Stopwatch stopwatch,
            @ConfigProperty(name = "gapexplorer.limits.search", defaultValue = "5s") Duration longest) {
        this.stopwatch = stopwatch;
        this.longest = longest;
    }

    @Override
    public <T> T around(Supplier<T> search) {
        return stopwatch.time(Stopwatch.Work.SEARCH, () -> TimeLimit.within(longest, search));
    }
}
