package dev.wherry.engine;

import dev.wherry.engine.runtime.TableInstance;
import dev.wherry.wasm.TableType;
import org.jspecify.annotations.Nullable;

/**
 * A table of references.
 *
 * @see <a href="https://webassembly.github.io/spec/core/exec/runtime.html#table-instances">Table instances</a>
 */
public sealed interface Table extends Extern permits TableInstance {

    /** The type with its current size as the minimum. */
    TableType type();

    /** The current number of elements. */
    long size();

    /**
     * The element at {@code index}, {@code null} for a null reference.
     *
     * @throws Trap of kind {@link TrapKind#TABLE_OUT_OF_BOUNDS} beyond the end
     */
    @Nullable
    Object get(long index);

    /**
     * Sets the element at {@code index}.
     *
     * @throws Trap of kind {@link TrapKind#TABLE_OUT_OF_BOUNDS} beyond the end
     * @throws IllegalArgumentException if the reference is not of the table's type
     */
    void set(long index, @Nullable Object reference);

    /**
     * Grows by a number of elements.
     *
     * @return the previous size, or -1 if the type's maximum or the instance's limits refuse
     * @throws IllegalArgumentException if the reference is not of the table's type
     */
    long grow(long elements, @Nullable Object reference);
}
