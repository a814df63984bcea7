package dev.wherry.engine;

import dev.wherry.engine.runtime.HostFunctionReference;
import dev.wherry.wasm.FunctionType;
import java.lang.invoke.MethodHandle;

/** Makes functions of the host that guests can import. */
public final class HostFunction {

    private HostFunction() {}

    /**
     * A function with a callback on raw values.
     *
     * @throws IllegalArgumentException if the type contains references; use {@link #ofHandle} for those
     */
    public static Function of(FunctionType type, HostCallback callback) {
        return HostFunctionReference.ofCallback(type, callback);
    }

    /**
     * A function with a method handle: the fast path, because the JVM compiles through it.
     *
     * @param handle of exactly the type {@code (Instance caller, parameters...) result} with {@code int}, {@code long}, {@code float},
     *     {@code double}, {@link V128} and {@link Object} for references; {@code void} for no result and {@code Object[]} of boxed values for
     *     several
     * @throws IllegalArgumentException if the handle's type is another one
     */
    public static Function ofHandle(FunctionType type, MethodHandle handle) {
        return HostFunctionReference.ofHandle(type, handle);
    }
}
