package dev.wherry.engine;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * How an {@link Engine} works; immutable, opens nothing.
 *
 * @param memoryKind how linear memories are held
 * @param cacheDirectory where compiled modules are kept between runs; empty for no cache on disk
 * @param cacheMaxBytes how large that directory may grow before the least recently used entries go
 * @param compileParallelism how many threads one engine compiles with
 * @param moduleLimits what a module may be
 * @param instanceLimits the limits of instances made without limits of their own
 * @param maxInstances how many instances may be open at a time
 * @param maxPooledSlots how many memories of closed instances are kept mapped for the next ones
 */
public record EngineConfiguration(
        MemoryKind memoryKind,
        Optional<Path> cacheDirectory,
        long cacheMaxBytes,
        int compileParallelism,
        ModuleLimits moduleLimits,
        InstanceLimits instanceLimits,
        int maxInstances,
        int maxPooledSlots) {

    /** 2 GiB. */
    public static final long DEFAULT_CACHE_MAX_BYTES = 2L << 30;

    /** 10,000: each instance needs about three of the 65,530 mappings that Linux grants a process by default. */
    public static final int DEFAULT_MAX_INSTANCES = 10_000;

    /** 256. */
    public static final int DEFAULT_MAX_POOLED_SLOTS = 256;

    private static final EngineConfiguration DEFAULTS = new EngineConfiguration(
            MemoryKind.AUTO,
            Optional.empty(),
            DEFAULT_CACHE_MAX_BYTES,
            Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors())),
            ModuleLimits.DEFAULTS,
            InstanceLimits.DEFAULTS,
            DEFAULT_MAX_INSTANCES,
            DEFAULT_MAX_POOLED_SLOTS);

    /** Checks the values. */
    public EngineConfiguration {
        Objects.requireNonNull(memoryKind);
        Objects.requireNonNull(cacheDirectory);
        Objects.requireNonNull(moduleLimits);
        Objects.requireNonNull(instanceLimits);
        if (cacheMaxBytes < 0 || compileParallelism < 1 || maxInstances < 1 || maxPooledSlots < 0) {
            throw new IllegalArgumentException(
                    "cacheMaxBytes " + cacheMaxBytes + " and maxPooledSlots " + maxPooledSlots
                            + " must not be negative, compileParallelism " + compileParallelism + " and maxInstances "
                            + maxInstances + " must be positive");
        }
    }

    /** The defaults: memory of kind {@link MemoryKind#AUTO}, no cache on disk, default limits. */
    public static EngineConfiguration defaults() {
        return DEFAULTS;
    }

    /**
     * Where the {@code wherry} command keeps compiled modules: {@code $XDG_CACHE_HOME/wherry/modules}, or
     * {@code ~/.cache/wherry/modules}.
     *
     * @see <a href="https://specifications.freedesktop.org/basedir-spec/latest/">XDG base directories</a>
     */
    public static Path defaultCacheDirectory() {
        String configured = System.getenv("XDG_CACHE_HOME");
        // The specification has relative paths ignored.
        Path base = configured != null && configured.startsWith("/")
                ? Path.of(configured)
                : Path.of(System.getProperty("user.home", "."), ".cache");
        return base.resolve("wherry").resolve("modules");
    }

    /** The same with another {@link #memoryKind}. */
    public EngineConfiguration withMemoryKind(MemoryKind kind) {
        return new EngineConfiguration(
                kind,
                cacheDirectory,
                cacheMaxBytes,
                compileParallelism,
                moduleLimits,
                instanceLimits,
                maxInstances,
                maxPooledSlots);
    }

    /** The same with a cache on disk. */
    public EngineConfiguration withCacheDirectory(Path directory) {
        return withCacheDirectory(Optional.of(directory));
    }

    /** The same with or without a cache on disk. */
    public EngineConfiguration withCacheDirectory(Optional<Path> directory) {
        return new EngineConfiguration(
                memoryKind,
                directory,
                cacheMaxBytes,
                compileParallelism,
                moduleLimits,
                instanceLimits,
                maxInstances,
                maxPooledSlots);
    }

    /** The same with another {@link #cacheMaxBytes}. */
    public EngineConfiguration withCacheMaxBytes(long bytes) {
        return new EngineConfiguration(
                memoryKind,
                cacheDirectory,
                bytes,
                compileParallelism,
                moduleLimits,
                instanceLimits,
                maxInstances,
                maxPooledSlots);
    }

    /** The same with another {@link #compileParallelism}. */
    public EngineConfiguration withCompileParallelism(int threads) {
        return new EngineConfiguration(
                memoryKind,
                cacheDirectory,
                cacheMaxBytes,
                threads,
                moduleLimits,
                instanceLimits,
                maxInstances,
                maxPooledSlots);
    }

    /** The same with other {@link #moduleLimits}. */
    public EngineConfiguration withModuleLimits(ModuleLimits limits) {
        return new EngineConfiguration(
                memoryKind,
                cacheDirectory,
                cacheMaxBytes,
                compileParallelism,
                limits,
                instanceLimits,
                maxInstances,
                maxPooledSlots);
    }

    /** The same with other {@link #instanceLimits}. */
    public EngineConfiguration withInstanceLimits(InstanceLimits limits) {
        return new EngineConfiguration(
                memoryKind,
                cacheDirectory,
                cacheMaxBytes,
                compileParallelism,
                moduleLimits,
                limits,
                maxInstances,
                maxPooledSlots);
    }

    /** The same with another {@link #maxInstances}. */
    public EngineConfiguration withMaxInstances(int count) {
        return new EngineConfiguration(
                memoryKind,
                cacheDirectory,
                cacheMaxBytes,
                compileParallelism,
                moduleLimits,
                instanceLimits,
                count,
                maxPooledSlots);
    }

    /** The same with another {@link #maxPooledSlots}. */
    public EngineConfiguration withMaxPooledSlots(int count) {
        return new EngineConfiguration(
                memoryKind,
                cacheDirectory,
                cacheMaxBytes,
                compileParallelism,
                moduleLimits,
                instanceLimits,
                maxInstances,
                count);
    }
}
