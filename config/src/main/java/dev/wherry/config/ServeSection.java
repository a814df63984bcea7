package dev.wherry.config;

import java.time.Duration;
import java.util.List;

/**
 * How the application listens: the {@code serve:} section.
 *
 * @param host address to listen on
 * @param port TCP port; 0 takes a free one
 * @param shutdownGrace how long requests in flight may take to finish at shutdown
 * @param idleTimeout how long a connection may stay without traffic
 * @param maxConnections connections at once; further ones wait to be accepted
 * @param maxHeaderBytes size of a request's header lines
 */
public record ServeSection(
        String host, int port, Duration shutdownGrace, Duration idleTimeout, int maxConnections, int maxHeaderBytes) {

    /** Loopback, port 8080. */
    public static final ServeSection DEFAULT =
            new ServeSection("127.0.0.1", 8080, Duration.ofSeconds(30), Duration.ofSeconds(30), 10_000, 16 << 10);

    private static final Field<String> HOST = Field.optional(
            "host",
            Shape.Text.of("[A-Za-z0-9.:_-]+", "an address or a host name"),
            DEFAULT.host,
            "The address to listen on; 0.0.0.0 listens on every one.");
    private static final Field<Integer> PORT = Field.optional(
            "port",
            new Shape.Whole(0, 65_535),
            Integer.toString(DEFAULT.port),
            "The TCP port to listen on; 0 takes a free one.");
    private static final Field<Duration> GRACE = Field.optional(
            "shutdownGrace",
            new Shape.Span(Duration.ZERO, Duration.ofHours(1)),
            Quantity.formatDuration(DEFAULT.shutdownGrace),
            "How long requests in flight may take to finish at shutdown.");
    private static final Field<Duration> IDLE = Field.optional(
            "idleTimeout",
            new Shape.Span(Duration.ofMillis(10), Duration.ofHours(24)),
            Quantity.formatDuration(DEFAULT.idleTimeout),
            "How long a connection may stay without traffic.");
    private static final Field<Integer> CONNECTIONS = Field.optional(
            "maxConnections",
            new Shape.Whole(1, 1_000_000),
            Integer.toString(DEFAULT.maxConnections),
            "Connections at once.");
    private static final Field<Long> HEADERS = Field.optional(
            "maxHeaders",
            new Shape.ByteSize(512, 1 << 20),
            Quantity.formatBytes(DEFAULT.maxHeaderBytes),
            "Size of a request's header lines; more gets 431.");

    static final Shape<ServeSection> SHAPE = new Shape.Fields<>(
            List.of(HOST, PORT, GRACE, IDLE, CONNECTIONS, HEADERS),
            values -> new ServeSection(
                    values.get(HOST, DEFAULT.host),
                    values.get(PORT, DEFAULT.port),
                    values.get(GRACE, DEFAULT.shutdownGrace),
                    values.get(IDLE, DEFAULT.idleTimeout),
                    values.get(CONNECTIONS, DEFAULT.maxConnections),
                    Math.toIntExact(values.get(HEADERS, (long) DEFAULT.maxHeaderBytes))));
}
