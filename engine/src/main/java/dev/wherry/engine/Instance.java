package dev.wherry.engine;

import dev.wherry.engine.runtime.GuestInstance;
import java.util.Map;
import java.util.Optional;

/**
 * A running module with memories, tables and globals of its own.
 *
 * <p><b>Threads.</b> One thread at a time may call an instance's functions; a call from a second thread while one is active throws
 * {@link IllegalStateException}. A host function may call back on the same thread. {@link #interrupt}, {@link #close} and
 * {@link #isClosed} are safe from any thread.
 *
 * <p><b>Ownership.</b> Whoever instantiated it closes it. Closing while a call is active interrupts that call; the memory is given
 * back when the call has left. An instance that becomes unreachable without being closed is cleaned up by the garbage
 * collector, later.
 *
 * @see <a href="https://webassembly.github.io/spec/core/exec/runtime.html#module-instances">Module instances</a>
 */
public sealed interface Instance extends AutoCloseable permits GuestInstance {

    /** The module this is an instance of. */
    CompiledModule module();

    /** All exports by name, in the module's order. Asking twice gives the same objects. */
    Map<String, Extern> exports();

    /** The export of that name. */
    Optional<Extern> export(String name);

    /**
     * The exported function of that name.
     *
     * @throws IllegalArgumentException if there is no such export or it is no function
     */
    Function function(String name);

    /**
     * The exported memory of that name.
     *
     * @throws IllegalArgumentException if there is no such export or it is no memory
     */
    Memory memory(String name);

    /**
     * The exported table of that name.
     *
     * @throws IllegalArgumentException if there is no such export or it is no table
     */
    Table table(String name);

    /**
     * The exported global of that name.
     *
     * @throws IllegalArgumentException if there is no such export or it is no global
     */
    Global global(String name);

    /**
     * Stops the active call with a trap of the given kind, or the next call if none is active.
     *
     * <p>A guest that computes is stopped within milliseconds. A guest that is blocked in a host function is stopped by
     * interrupting its thread; the thread's interrupt status is cleared again when the call leaves the engine. The
     * instance can be called again afterwards.
     *
     * @param kind usually {@link TrapKind#INTERRUPTED}
     */
    void interrupt(TrapKind kind);

    /** Whether {@link #close} was called. */
    boolean isClosed();

    /** Closes the instance; a second call does nothing. */
    @Override
    void close();
}
