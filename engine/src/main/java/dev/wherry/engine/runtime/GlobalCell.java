package dev.wherry.engine.runtime;

import dev.wherry.engine.Global;
import dev.wherry.engine.V128;
import dev.wherry.wasm.GlobalType;
import dev.wherry.wasm.NumberType;
import dev.wherry.wasm.ReferenceType;
import dev.wherry.wasm.VectorType;
import org.jspecify.annotations.Nullable;

/**
 * A global that more than one instance, or the host, can see. Globals that stay inside their instance are fields of it
 * instead.
 */
public final class GlobalCell implements Global {

    /** The value of a number, or the low half of a {@code v128}; an {@code i32} or {@code f32} in the low half. */
    public long bits;

    /** The high half of a {@code v128}. */
    public long highBits;

    /** The value of a reference. */
    public @Nullable Object reference;

    private final GlobalType type;
    private final TypeSpace types;

    GlobalCell(GlobalType type, TypeSpace types) {
        this.type = type;
        this.types = types;
    }

    /** See {@link Global#of}. */
    public static GlobalCell of(GlobalType type, @Nullable Object value) {
        GlobalCell cell = new GlobalCell(type, TypeSpace.HOST);
        cell.put(value);
        return cell;
    }

    /** The module whose type indices {@link #type} speaks. */
    TypeSpace types() {
        return types;
    }

    @Override
    public GlobalType type() {
        return type;
    }

    @Override
    public @Nullable Object get() {
        return switch (type.valueType()) {
            case NumberType number -> RawValues.boxNumber(number, bits);
            case VectorType vector -> new V128(bits, highBits);
            case ReferenceType reference -> this.reference;
        };
    }

    @Override
    public void set(@Nullable Object value) {
        if (!type.mutable()) {
            throw new IllegalStateException("the global is immutable");
        }
        put(value);
    }

    private void put(@Nullable Object value) {
        switch (type.valueType()) {
            case NumberType number -> bits = RawValues.numberBits(number, value, 0);
            case VectorType vector -> {
                if (!(value instanceof V128 v128)) {
                    throw new IllegalArgumentException("the value must be a v128");
                }
                bits = v128.low();
                highBits = v128.high();
            }
            case ReferenceType wanted -> {
                if (!types.accepts(wanted, value)) {
                    throw new IllegalArgumentException("the value is no " + wanted);
                }
                reference = value;
            }
        }
    }
}
