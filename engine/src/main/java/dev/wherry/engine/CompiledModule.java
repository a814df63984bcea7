package dev.wherry.engine;

import dev.wherry.engine.runtime.LoadedModule;
import dev.wherry.wasm.Module;

/**
 * A module compiled to JVM code, shared by all its instances; immutable and safe for any number of threads.
 *
 * <p>Its classes unload when neither it nor an instance is reachable any more. The {@link Engine} that made it must stay open.
 */
public sealed interface CompiledModule permits LoadedModule {

    /** The decoded module. */
    Module module();

    /** The SHA-256 of the module's bytes as {@code sha256:} and 64 hexadecimal digits. */
    String digest();

    /** Whether its code came from the cache on disk. */
    boolean loadedFromCache();

    /**
     * Makes an instance with the engine's default limits.
     *
     * @see #instantiate(Imports, InstanceLimits)
     */
    Instance instantiate(Imports imports);

    /**
     * Makes an instance: links the imports, allocates, runs the element and data segments and the start function.
     *
     * @throws LinkException if an import is missing or has the wrong type
     * @throws LimitException if the module's initial sizes exceed the limits, or the engine has too many instances
     * @throws ResourceException if the machine refuses the memory
     * @throws Trap if a segment does not fit or the start function traps
     * @throws GuestException if the start function throws
     * @throws IllegalStateException if the engine is closed
     * @see <a href="https://webassembly.github.io/spec/core/exec/modules.html#instantiation">Instantiation</a>
     */
    Instance instantiate(Imports imports, InstanceLimits limits);
}
