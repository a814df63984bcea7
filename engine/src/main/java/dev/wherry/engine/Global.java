package dev.wherry.engine;

import dev.wherry.engine.runtime.GlobalCell;
import dev.wherry.wasm.GlobalType;
import org.jspecify.annotations.Nullable;

/**
 * A global variable.
 *
 * @see <a href="https://webassembly.github.io/spec/core/exec/runtime.html#global-instances">Global instances</a>
 */
public sealed interface Global extends Extern permits GlobalCell {

    /**
     * A global of the host.
     *
     * @param value its first value, boxed as {@link Function#callBoxed} takes it
     * @throws IllegalArgumentException if the value does not fit the type
     */
    static Global of(GlobalType type, @Nullable Object value) {
        return GlobalCell.of(type, value);
    }

    /** Its type. */
    GlobalType type();

    /** Its value, boxed as {@link Function#callBoxed} returns it. */
    @Nullable
    Object get();

    /**
     * Sets its value.
     *
     * @throws IllegalStateException if it is immutable
     * @throws IllegalArgumentException if the value does not fit the type
     */
    void set(@Nullable Object value);
}
