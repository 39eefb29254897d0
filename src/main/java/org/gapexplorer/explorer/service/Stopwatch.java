package org.gapexplorer.explorer.service;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Times what takes most of a request, for metrics and as a span of its trace. */
@Singleton
public class Stopwatch {
    /** What is timed, each by itself. */
    public enum Work {
        SEARCH("Searching and filtering concepts in the index"),
        MEANING("A query's words through the sentence encoder"),
        LENS("A visitor's texts through the lens, without waiting for a turn");

        private final String meaning;

        Work(String meaning) {
            this.meaning = meaning;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Map<Work, Timer> timers = new EnumMap<>(Work.class);
    private final Tracer tracer;

    Stopwatch(MeterRegistry meters, Tracer tracer) {
        this.tracer = tracer;
        for (Work work : Work.values()) {
            timers.put(
                    work,
                    Buckets.timer("gapexplorer." + work.word(), work.meaning).register(meters));
        }
    }

    public <T> T time(Work work, Supplier<T> what) {
        Span span = tracer.spanBuilder(work.word()).startSpan();
        long start = System.nanoTime();
        try (Scope scope = span.makeCurrent()) {
            return what.get();
        } catch (RuntimeException e) {
            span.setStatus(StatusCode.ERROR, e.getClass().getSimpleName());
            throw e;
        } finally {
            timers.get(work).record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
            span.end();
        }
    }
}
