package dev.wherry.engine;

import dev.wherry.engine.runtime.EngineContext;
import dev.wherry.wasm.MemoryType;
import dev.wherry.wasm.TableType;
import java.time.Duration;

/**
 * Compiles modules and runs them: owner of the compile cache, the pool of memories and the deadline timer. Safe for any number of threads.
 *
 * <pre>{@code
 * try (Engine engine = Engine.create(EngineConfiguration.defaults())) {
 *     CompiledModule module = engine.compile(Files.readAllBytes(path));
 *     try (Instance instance = module.instantiate(Imports.none())) {
 *         long[] results = instance.function("add").call(2, 3);
 *     }
 * }
 * }</pre>
 */
public final class Engine implements AutoCloseable {

    private final EngineContext context;

    private Engine(EngineContext context) {
        this.context = context;
    }

    /**
     * An engine; close it when its instances are closed.
     *
     * @throws IllegalStateException if the configuration asks for mapped memories and this JVM cannot have them
     */
    public static Engine create(EngineConfiguration configuration) {
        return new Engine(new EngineContext(configuration));
    }

    /** An engine with the default configuration. */
    public static Engine create() {
        return create(EngineConfiguration.defaults());
    }

    /**
     * Decodes, validates and compiles a module, or loads its code from the cache.
     *
     * @param wasm the binary; not changed, and not to be changed while the module is in use
     * @throws dev.wherry.wasm.WasmException if the bytes are no valid module
     * @throws UnsupportedFeatureException if the module needs what this engine does not compile yet
     * @throws LimitException if the module exceeds the engine's {@link ModuleLimits}
     * @throws IllegalStateException if the engine is closed
     */
    public CompiledModule compile(byte[] wasm) {
        return context.compile(wasm);
    }

    /**
     * A memory of the host that modules can import.
     *
     * @throws LimitException if its initial size exceeds {@code limits}
     * @throws ResourceException if the machine refuses
     */
    public Memory newMemory(MemoryType type, InstanceLimits limits) {
        return context.newMemory(type, limits);
    }

    /**
     * A table of the host that modules can import, all null.
     *
     * @throws LimitException if its initial size exceeds {@code limits}
     */
    public Table newTable(TableType type, InstanceLimits limits) {
        return context.newTable(type, limits);
    }

    /**
     * Arms a time limit for what the instance does next, to be closed after it.
     *
     * @throws IllegalStateException if the engine is closed
     */
    public Deadline deadline(Instance instance, Duration time) {
        return context.deadline(instance, time);
    }

    /** The kind of memory that the configuration came to: {@link MemoryKind#MAPPED} or {@link MemoryKind#HEAP}. */
    public MemoryKind memoryKind() {
        return context.memoryKind();
    }

    /** How many instances are open. */
    public int openInstances() {
        return context.openInstances();
    }

    /**
     * Frees what the engine holds in reserve and ends its threads. Instances that are still open keep working and give their
     * memory back as they are closed; deadlines no longer pass, and nothing new can be made.
     */
    @Override
    public void close() {
        context.close();
    }
}
