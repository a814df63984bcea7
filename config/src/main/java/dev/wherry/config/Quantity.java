package dev.wherry.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes and durations as people write them: in the application file and on the command line alike. */
public final class Quantity {

    static final String BYTES_PATTERN = "^(\\d{1,15}(?:\\.\\d{1,6})?) ?(B|KiB|MiB|GiB|kB|KB|MB|GB|k|m|g|K|M|G)?$";
    static final String DURATION_PATTERN = "^(\\d{1,12}(?:\\.\\d{1,6})?) ?(us|ms|s|m|h)$";

    private static final Pattern BYTES = Pattern.compile(BYTES_PATTERN);
    private static final Pattern DURATION = Pattern.compile(DURATION_PATTERN);

    private static final Map<String, Long> BYTE_UNITS = Map.ofEntries(
            Map.entry("B", 1L),
            Map.entry("kB", 1_000L),
            Map.entry("KB", 1_000L),
            Map.entry("MB", 1_000_000L),
            Map.entry("GB", 1_000_000_000L),
            Map.entry("KiB", 1L << 10),
            Map.entry("MiB", 1L << 20),
            Map.entry("GiB", 1L << 30),
            // The bare letters are 1024-based, as container engines read them (docker run -m 32m).
            Map.entry("k", 1L << 10),
            Map.entry("m", 1L << 20),
            Map.entry("g", 1L << 30),
            Map.entry("K", 1L << 10),
            Map.entry("M", 1L << 20),
            Map.entry("G", 1L << 30));

    private static final Map<String, Long> NANOS =
            Map.of("us", 1_000L, "ms", 1_000_000L, "s", 1_000_000_000L, "m", 60_000_000_000L, "h", 3_600_000_000_000L);

    private Quantity() {}

    /**
     * Reads a size such as {@code 65536}, {@code 64KiB}, {@code 1.5 MiB} or {@code 32m}.
     *
     * @return the size in bytes, rounded down; empty when the text is no size or exceeds 2^63-1
     */
    public static OptionalLong parseBytes(String text) {
        Matcher matcher = BYTES.matcher(text);
        if (!matcher.matches()) {
            return OptionalLong.empty();
        }
        String unit = matcher.group(2);
        return scaled(matcher.group(1), unit == null ? 1 : BYTE_UNITS.getOrDefault(unit, 1L));
    }

    /**
     * Reads a duration such as {@code 250ms}, {@code 1.5s} or {@code 2m}.
     *
     * @return empty when the text is no duration, has no unit, or exceeds 2^63-1 nanoseconds
     */
    public static Optional<Duration> parseDuration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        OptionalLong nanos = scaled(matcher.group(1), NANOS.getOrDefault(matcher.group(2), 1L));
        return nanos.isPresent() ? Optional.of(Duration.ofNanos(nanos.getAsLong())) : Optional.empty();
    }

    /** A size in the largest 1024-based unit that divides it, for example {@code 64MiB}. */
    public static String formatBytes(long bytes) {
        for (String unit : new String[] {"GiB", "MiB", "KiB"}) {
            long factor = BYTE_UNITS.getOrDefault(unit, 1L);
            if (bytes != 0 && bytes % factor == 0) {
                return bytes / factor + unit;
            }
        }
        return bytes + "B";
    }

    /** A duration in the largest unit that divides it, for example {@code 30s}. */
    public static String formatDuration(Duration duration) {
        long nanos = duration.toNanos();
        for (String unit : new String[] {"h", "m", "s", "ms"}) {
            long factor = NANOS.getOrDefault(unit, 1L);
            if (nanos != 0 && nanos % factor == 0) {
                return nanos / factor + unit;
            }
        }
        return nanos / 1_000 + "us";
    }

    private static OptionalLong scaled(String number, long factor) {
        BigDecimal value = new BigDecimal(number).multiply(BigDecimal.valueOf(factor));
        return value.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0
                ? OptionalLong.empty()
                : OptionalLong.of(value.longValue());
    }
}
