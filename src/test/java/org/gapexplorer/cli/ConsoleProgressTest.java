package org.gapexplorer.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.gapexplorer.study.Bytes;
import org.junit.jupiter.api.Test;

class ConsoleProgressTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final AtomicLong nanos = new AtomicLong();
    private final ConsoleProgress progress = new ConsoleProgress(new PrintStream(out, true, UTF_8), false, nanos::get);

    private String line(int seconds, long done, long total, String unit) {
        nanos.set(TimeUnit.SECONDS.toNanos(seconds));
        out.reset();
        progress.step("job", done, total, unit);
        return out.toString(UTF_8).strip();
    }

    @Test
    void bytesAreToldInUnitsWithRateAndTimeLeftFromWhereAJobBegan() {
        // 2 GB were there already: 3 GB in 10 s, 15 GB to go
        assertThat(line(0, 2_000_000_000L, 20_000_000_000L, "bytes")).isEmpty();
        assertThat(line(10, 5_000_000_000L, 20_000_000_000L, "bytes"))
                .isEqualTo("job                          5.0 GB of 20.0 GB, 300.0 MB/s, 50 s left");
        assertThat(line(60, 20_000_000_000L, 20_000_000_000L, "bytes"))
                .isEqualTo("job                          20.0 GB of 20.0 GB, 300.0 MB/s, took 1 min 0 s");
    }

    @Test
    void otherThingsAreCounted() {
        line(0, 0, 12_000, "items");
        assertThat(line(10, 2_000, 12_000, "items"))
                .isEqualTo("job                          2,000 of 12,000 items, 200/s, 50 s left");
    }

    @Test
    void sizesHaveTheUnitThatKeepsThemShort() {
        assertThat(Bytes.text(0)).isEqualTo("0 bytes");
        assertThat(Bytes.text(999)).isEqualTo("999 bytes");
        assertThat(Bytes.text(999_949)).isEqualTo("999.9 kB");
        assertThat(Bytes.text(999_950)).isEqualTo("1.0 MB");
        assertThat(Bytes.text(16_060_522_496.0)).isEqualTo("16.1 GB");
        assertThat(Bytes.text(9e18)).isEqualTo("9000.0 PB");
    }
}
