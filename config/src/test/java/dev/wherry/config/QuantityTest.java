package dev.wherry.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {

    @ParameterizedTest
    @CsvSource({"0,0", "65536,65536", "64KiB,65536", "64k,65536", "1kB,1000", "1.5 MiB,1572864", "4GiB,4294967296"})
    void readsSizes(String text, long bytes) {
        assertThat(Quantity.parseBytes(text)).hasValue(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "MiB", "1TiB", "1e9", "999999999999999GiB", "0x10", " 1", "1\n"})
    void refusesWhatIsNoSize(String text) {
        assertThat(Quantity.parseBytes(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1us,1000", "250ms,250000000", "1.5s,1500000000", "2m,120000000000", "1h,3600000000000"})
    void readsDurations(String text, long nanos) {
        assertThat(Quantity.parseDuration(text)).contains(Duration.ofNanos(nanos));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "-1s", "s", "1d", "999999999999h", "1s\n"})
    void refusesWhatIsNoDuration(String text) {
        assertThat(Quantity.parseDuration(text)).isEmpty();
    }

    @Test
    void whatIsFormattedReadsBackAsTheSame() {
        for (long bytes : new long[] {0, 1, 1023, 1024, 65536, 5L << 20, 3L << 30, (1L << 30) + 1}) {
            assertThat(Quantity.parseBytes(Quantity.formatBytes(bytes))).hasValue(bytes);
        }
        for (Duration duration : new Duration[] {
            Duration.ZERO, Duration.ofNanos(5_000), Duration.ofMillis(1), Duration.ofSeconds(90), Duration.ofHours(2)
        }) {
            assertThat(Quantity.parseDuration(Quantity.formatDuration(duration)))
                    .contains(duration);
        }
    }
}
