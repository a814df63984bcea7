package dev.wherry.engine.runtime;

import dev.wherry.engine.Table;
import dev.wherry.engine.Trap;
import dev.wherry.engine.TrapKind;
import dev.wherry.wasm.AddressType;
import dev.wherry.wasm.Limits;
import dev.wherry.wasm.TableType;
import java.util.Arrays;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A table. Its elements stand in an array that growth replaces, so generated code reads {@link #elements} before each access; the array is
 * exactly as long as the table, so that the JVM's bounds check is the table's.
 */
public final class TableInstance implements Table {

    /** The largest table that an array can hold. */
    static final long MAX_ELEMENTS = Integer.MAX_VALUE - 8;

    /** A dropped segment. */
    static final @Nullable Object[] NO_ELEMENTS = new Object[0];

    /** The elements; read by generated code. */
    public volatile @Nullable Object[] elements;

    private final TableType declared;
    private final TypeSpace types;
    private final Budget budget;
    private final long maximum;

    /** A table of the type's minimum size; the budget has been charged for it. */
    TableInstance(TableType declared, TypeSpace types, Budget budget, @Nullable Object initial) {
        this.declared = declared;
        this.types = types;
        this.budget = budget;
        long bound = declared.addressType() == AddressType.I32 ? 0xffff_ffffL : Long.MAX_VALUE;
        OptionalLong limit = declared.limits().maximum();
        this.maximum =
                limit.isPresent() && Long.compareUnsigned(limit.getAsLong(), bound) < 0 ? limit.getAsLong() : bound;
        this.elements = new Object[Math.toIntExact(declared.limits().minimum())];
        if (initial != null) {
            Arrays.fill(elements, initial);
        }
    }

    TypeSpace types() {
        return types;
    }

    TableType declaredType() {
        return declared;
    }

    @Override
    public TableType type() {
        return new TableType(
                declared.addressType(), new Limits(size(), declared.limits().maximum()), declared.elementType());
    }

    @Override
    public long size() {
        return elements.length;
    }

    @Override
    public @Nullable Object get(long index) {
        @Nullable Object[] current = elements;
        checkRange(index, 1, current.length);
        return current[(int) index];
    }

    @Override
    public void set(long index, @Nullable Object reference) {
        requireFits(reference);
        @Nullable Object[] current = elements;
        checkRange(index, 1, current.length);
        current[(int) index] = reference;
    }

    @Override
    public long grow(long count, @Nullable Object reference) {
        requireFits(reference);
        return growBy(count, reference);
    }

    private void requireFits(@Nullable Object reference) {
        if (!types.accepts(declared.elementType(), reference)) {
            throw new IllegalArgumentException("the reference is no " + declared.elementType());
        }
    }

    // ---- the table instructions, for generated code: types were validated

    /** {@code table.grow}: the previous size, or -1. */
    public synchronized long growBy(long count, @Nullable Object reference) {
        @Nullable Object[] current = elements;
        long oldSize = current.length;
        if (count < 0 || count > Math.min(maximum, MAX_ELEMENTS) - oldSize || !budget.take(count)) {
            return -1;
        }
        try {
            @Nullable Object[] larger = Arrays.copyOf(current, (int) (oldSize + count));
            if (reference != null) {
                Arrays.fill(larger, (int) oldSize, larger.length, reference);
            }
            elements = larger;
            return oldSize;
        } catch (OutOfMemoryError e) {
            // The specification lets growth fail; the JVM's heap is as good a reason as any.
            budget.giveBack(count);
            return -1;
        }
    }

    /** {@code table.fill}. */
    public void fillRange(long index, @Nullable Object reference, long count) {
        @Nullable Object[] current = elements;
        checkRange(index, count, current.length);
        Arrays.fill(current, (int) index, (int) (index + count), reference);
    }

    /** {@code table.copy} into this table. */
    public void copyFrom(long target, TableInstance sourceTable, long source, long count) {
        @Nullable Object[] to = elements;
        @Nullable Object[] from = sourceTable.elements;
        checkRange(source, count, from.length);
        checkRange(target, count, to.length);
        System.arraycopy(from, (int) source, to, (int) target, (int) count);
    }

    /** {@code table.init} from a segment's elements, which are empty after the segment was dropped. */
    public void initialize(long target, @Nullable Object[] segment, long source, long count) {
        @Nullable Object[] to = elements;
        checkRange(source, count, segment.length);
        checkRange(target, count, to.length);
        System.arraycopy(segment, (int) source, to, (int) target, (int) count);
    }

    private static void checkRange(long index, long count, int size) {
        if (count < 0 || index < 0 || count > size || index > size - count) {
            throw new Trap(TrapKind.TABLE_OUT_OF_BOUNDS);
        }
    }
}
