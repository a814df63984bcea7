package dev.wherry.engine.runtime;

import dev.wherry.engine.EngineConfiguration;
import dev.wherry.engine.Instance;
import dev.wherry.engine.InstanceLimits;
import dev.wherry.engine.MemoryKind;
import dev.wherry.wasm.MemoryType;
import dev.wherry.wasm.TableType;
import java.time.Duration;
import java.util.List;

/**
 * What the modules and instances of one engine share. Safe for several threads.
 */
public final class EngineContext implements AutoCloseable {

    private final EngineConfiguration configuration;
    private final MemoryKind memoryKind;
    private final SlotPool slots;
    private final InstanceCounter instances;
    private final DeadlineTimer deadlines = new DeadlineTimer();
    private final CompilePool compilers;
    private final ModulePreparation preparation;
    private volatile boolean closed;

    /**
     * @throws IllegalStateException if the configuration wants mapped memories and they are not possible
     */
    public EngineContext(EngineConfiguration configuration) {
        this.configuration = configuration;
        this.memoryKind = MemoryPlatform.resolve(configuration.memoryKind());
        this.slots = new SlotPool(configuration.maxPooledSlots());
        this.instances = new InstanceCounter(configuration.maxInstances());
        this.compilers = new CompilePool(configuration.compileParallelism());
        this.preparation = new ModulePreparation(this, compilers);
    }

    EngineConfiguration configuration() {
        return configuration;
    }

    /** Never {@link MemoryKind#AUTO}. */
    public MemoryKind memoryKind() {
        return memoryKind;
    }

    SlotPool slots() {
        return slots;
    }

    InstanceCounter instances() {
        return instances;
    }

    /** See {@link dev.wherry.engine.Engine#compile}. */
    public LoadedModule compile(byte[] wasm) {
        requireOpen();
        return preparation.prepare(wasm);
    }

    /** See {@link dev.wherry.engine.Engine#newMemory}. */
    public LinearMemory newMemory(MemoryType type, InstanceLimits limits) {
        requireOpen();
        Budget budget = Instantiation.charged(List.of(type), limits);
        long bytes = type.limits().minimum() * MemoryType.PAGE_BYTES;
        return memoryKind == MemoryKind.HEAP
                ? new HeapMemory(type, budget, new byte[(int) bytes])
                : MappedMemory.of(
                        type,
                        budget,
                        slots,
                        MemoryImage.forMapping(bytes, List.of()).orElseThrow());
    }

    /** See {@link dev.wherry.engine.Engine#newTable}. */
    public TableInstance newTable(TableType type, InstanceLimits limits) {
        return new TableInstance(type, TypeSpace.HOST, Instantiation.chargedTables(List.of(type), limits), null);
    }

    /** See {@link dev.wherry.engine.Engine#deadline}. */
    public TimerDeadline deadline(Instance instance, Duration time) {
        long nanos;
        try {
            nanos = time.toNanos();
        } catch (ArithmeticException e) {
            nanos = Long.MAX_VALUE;
        }
        return switch (instance) {
            case GuestInstance guest -> deadlines.arm(guest, nanos);
        };
    }

    /** How many instances are open. */
    public int openInstances() {
        return instances.open();
    }

    /** The timer behind deadlines. */
    DeadlineTimer deadlines() {
        return deadlines;
    }

    void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the engine is closed");
        }
    }

    @Override
    public void close() {
        closed = true;
        deadlines.close();
        compilers.close();
        slots.close();
    }
}
