package dev.wherry.config;

import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The bounds of one route: the {@code limits:} section. Each has a default; exceeding one is an error to that caller only.
 *
 * @param memoryBytes linear memory of one instance
 * @param deadline time that the guest may take for one request
 * @param concurrency instances that run at once
 * @param queue requests that wait for an instance before further ones are answered 503
 * @param queueTimeout how long a request may wait in the queue before it is answered 503
 * @param requestBodyBytes body that a request may have
 * @param responseBodyBytes body that a reply may have
 * @param responseHeaders header lines that a reply may have
 * @param logBytesPerSecond standard output and error that are logged per second; the rest is dropped and counted
 */
public record RouteLimits(
        long memoryBytes,
        Duration deadline,
        int concurrency,
        int queue,
        Duration queueTimeout,
        long requestBodyBytes,
        long responseBodyBytes,
        int responseHeaders,
        long logBytesPerSecond) {

    /** The limits of a route that names none. */
    public static final RouteLimits DEFAULT = new RouteLimits(
            64L << 20, Duration.ofSeconds(10), 32, 128, Duration.ofSeconds(5), 1L << 20, 16L << 20, 100, 64L << 10);

    private static final Field<Long> MEMORY = Field.optional(
            "memory",
            new Shape.ByteSize(64L << 10, 4L << 30),
            Quantity.formatBytes(DEFAULT.memoryBytes),
            "Linear memory of one instance.");
    private static final Field<Duration> DEADLINE = Field.optional(
            "deadline",
            new Shape.Span(Duration.ofMillis(1), Duration.ofHours(24)),
            Quantity.formatDuration(DEFAULT.deadline),
            "Time that the guest may take for one request; then it is stopped and the caller gets 504.");
    private static final Field<Integer> CONCURRENCY = Field.optional(
            "concurrency",
            new Shape.Whole(1, 10_000),
            Integer.toString(DEFAULT.concurrency),
            "Instances that run at once.");
    private static final Field<Integer> QUEUE = Field.optional(
            "queue",
            new Shape.Whole(0, 100_000),
            Integer.toString(DEFAULT.queue),
            "Requests that wait for an instance; further ones get 503 at once.");
    private static final Field<Duration> QUEUE_TIMEOUT = Field.optional(
            "queueTimeout",
            new Shape.Span(Duration.ofMillis(1), Duration.ofHours(1)),
            Quantity.formatDuration(DEFAULT.queueTimeout),
            "How long a request waits for an instance before it gets 503.");
    private static final Field<Long> REQUEST_BODY = Field.optional(
            "requestBody",
            new Shape.ByteSize(0, 1L << 30),
            Quantity.formatBytes(DEFAULT.requestBodyBytes),
            "Body that a request may have; a larger one gets 413.");
    private static final Field<Long> RESPONSE_BODY = Field.optional(
            "responseBody",
            new Shape.ByteSize(0, 1L << 30),
            Quantity.formatBytes(DEFAULT.responseBodyBytes),
            "Body that a reply may have; a guest that writes more is stopped and the caller gets 502.");
    private static final Field<Integer> RESPONSE_HEADERS = Field.optional(
            "responseHeaders",
            new Shape.Whole(0, 1_000),
            Integer.toString(DEFAULT.responseHeaders),
            "Header lines that a reply may have.");
    private static final Field<Long> LOG_RATE = Field.optional(
            "logRate",
            new Shape.ByteSize(0, 1L << 30),
            Quantity.formatBytes(DEFAULT.logBytesPerSecond),
            "Guest output logged per second; the rest is dropped and counted.");

    /** Reads a section into the change that it makes to the limits around it. */
    static final Shape<UnaryOperator<RouteLimits>> SHAPE = new Shape.Fields<>(
            List.of(
                    MEMORY,
                    DEADLINE,
                    CONCURRENCY,
                    QUEUE,
                    QUEUE_TIMEOUT,
                    REQUEST_BODY,
                    RESPONSE_BODY,
                    RESPONSE_HEADERS,
                    LOG_RATE),
            values -> around -> new RouteLimits(
                    values.get(MEMORY, around.memoryBytes),
                    values.get(DEADLINE, around.deadline),
                    values.get(CONCURRENCY, around.concurrency),
                    values.get(QUEUE, around.queue),
                    values.get(QUEUE_TIMEOUT, around.queueTimeout),
                    values.get(REQUEST_BODY, around.requestBodyBytes),
                    values.get(RESPONSE_BODY, around.responseBodyBytes),
                    values.get(RESPONSE_HEADERS, around.responseHeaders),
                    values.get(LOG_RATE, around.logBytesPerSecond)));
}
