package dev.wherry.engine;

import dev.wherry.engine.runtime.FunctionReference;
import dev.wherry.wasm.FunctionType;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * A function: one of an instance, or one of the host ({@link HostFunction}).
 *
 * <p>It is also what a {@code funcref} refers to. A function of an instance belongs to it: calling it after the instance was
 * closed throws {@link IllegalStateException}, and so does calling it while another thread uses the instance.
 *
 * @see <a href="https://webassembly.github.io/spec/core/exec/runtime.html#function-instances">Function instances</a>
 */
public sealed interface Function extends Extern permits FunctionReference {

    /** Its type. Concrete heap types in it are indices into the defining module's types. */
    FunctionType type();

    /**
     * Calls the function with raw values.
     *
     * @param arguments one {@code long} per parameter: an {@code i32} in the low half (the high half is ignored), an {@code i64}, the
     *     bits of an {@code f32} in the low half or of an {@code f64}; a {@code v128} takes two, the low half first
     * @return the results in the same form; an {@code i32} is sign-extended, an {@code f32} zero-extended
     * @throws IllegalArgumentException if the number of arguments is wrong or the type contains references
     *     (see {@link #callBoxed})
     * @throws IllegalStateException if the instance is closed or in use by another thread
     * @throws Trap if the guest traps
     * @throws GuestException if the guest throws an exception that it does not catch
     */
    long[] call(long... arguments);

    /**
     * Calls the function with boxed values.
     *
     * @param arguments one object per parameter: {@link Integer}, {@link Long}, {@link Float}, {@link Double}, {@link V128}; a
     *     reference is the object itself ({@link Function} for a {@code funcref}, any object for an {@code externref},
     *     {@link GuestException} for an {@code exnref}), a null reference is {@code null}
     * @return the results in the same form
     * @throws IllegalArgumentException if number or class of the arguments are wrong
     * @throws IllegalStateException if the instance is closed or in use by another thread
     * @throws Trap if the guest traps
     * @throws GuestException if the guest throws an exception that it does not catch
     */
    @Nullable
    Object[] callBoxed(@Nullable Object... arguments);

    /**
     * A handle that calls the function, for callers that call often. Its type is exact: {@code int}, {@code long}, {@code float},
     * {@code double}, {@link V128} or {@link Object} per parameter; the result likewise, {@code void} for none and
     * {@code Object[]} (as {@link #callBoxed} returns) for several. It throws what {@link #call} throws.
     */
    MethodHandle handle();
}
