package dev.wherry.engine.compiler;

import dev.wherry.engine.MemoryKind;
import dev.wherry.engine.UnsupportedFeatureException;
import dev.wherry.engine.runtime.CompiledCode;
import dev.wherry.wasm.Module;

/** Compiles modules to class files. */
public final class ModuleCompiler {

    /** Changes with every change of the generated code, so that cached code of another version is never loaded. */
    public static final int VERSION = 0;

    private ModuleCompiler() {}

    /**
     * Compiles a valid module.
     *
     * @param memoryKind {@link MemoryKind#MAPPED} or {@link MemoryKind#HEAP}
     */
    public static CompiledCode compile(Module module, MemoryKind memoryKind) {
        if (module.functionCount() >= 0) {
            throw new UnsupportedFeatureException("compilation of functions", "this build");
        }
        throw new IllegalStateException("no code for " + memoryKind);
    }
}
