package dev.wherry.engine.runtime;

import dev.wherry.engine.V128;
import dev.wherry.wasm.NumberType;
import dev.wherry.wasm.ReferenceType;
import dev.wherry.wasm.ValueType;
import dev.wherry.wasm.VectorType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sequence of values as they travel between host and generated code: value {@code i} stands in slot {@code i} of {@code bits} or, if it is a
 * reference, of {@code references}. A {@code v128} takes two slots, the low half first, and moves those behind it.
 *
 * @param bits numbers: an {@code i32} or {@code f32} in the low half, an {@code i64}, the bits of an {@code f64}
 * @param references references; empty where the types have none
 */
@SuppressWarnings(
        "ArrayRecordComponent") // A carrier between generated code and the runtime; never compared, never published.
public record RawValues(long[] bits, @Nullable Object[] references) {

    static final @Nullable Object[] NO_REFERENCES = new Object[0];

    /** How many slots values of these types take. */
    static int slots(List<ValueType> types) {
        int slots = 0;
        for (ValueType type : types) {
            slots += type instanceof VectorType ? 2 : 1;
        }
        return slots;
    }

    /** Whether one of the types is a reference. */
    static boolean hasReferences(List<ValueType> types) {
        for (ValueType type : types) {
            if (type instanceof ReferenceType) {
                return true;
            }
        }
        return false;
    }

    /** Room for values of the types given, all zero and null. */
    static RawValues room(int slots, boolean references) {
        return new RawValues(new long[slots], references ? new Object[slots] : NO_REFERENCES);
    }

    /**
     * Raw values from boxed ones, for types of the host.
     *
     * @throws IllegalArgumentException if number or class do not fit
     */
    public static RawValues of(List<ValueType> types, @Nullable Object[] boxed) {
        RawValues values = room(slots(types), hasReferences(types));
        values.unbox(types, boxed, TypeSpace.HOST);
        return values;
    }

    /** Fills in boxed values from slot 0 on; {@code space} says what type indices mean. */
    void unbox(List<ValueType> types, @Nullable Object[] boxed, TypeSpace space) {
        if (boxed.length != types.size()) {
            throw new IllegalArgumentException("expected " + types.size() + " values, got " + boxed.length);
        }
        int slot = 0;
        for (int i = 0; i < boxed.length; i++) {
            slot = put(slot, types.get(i), boxed[i], i, space);
        }
    }

    private int put(int slot, ValueType type, @Nullable Object value, int index, TypeSpace space) {
        switch (type) {
            case NumberType number -> bits[slot] = numberBits(number, value, index);
            case VectorType vector -> {
                if (!(value instanceof V128 v128)) {
                    throw mismatch(vector, value, index);
                }
                bits[slot] = v128.low();
                bits[slot + 1] = v128.high();
                return slot + 2;
            }
            case ReferenceType reference -> {
                if (!space.accepts(reference, value)) {
                    throw mismatch(reference, value, index);
                }
                references[slot] = value;
            }
        }
        return slot + 1;
    }

    static long numberBits(NumberType type, @Nullable Object value, int index) {
        return switch (type) {
            case I32 -> {
                if (!(value instanceof Integer number)) {
                    throw mismatch(type, value, index);
                }
                yield number;
            }
            case I64 -> {
                if (!(value instanceof Long number)) {
                    throw mismatch(type, value, index);
                }
                yield number;
            }
            case F32 -> {
                if (!(value instanceof Float number)) {
                    throw mismatch(type, value, index);
                }
                yield Integer.toUnsignedLong(Float.floatToRawIntBits(number));
            }
            case F64 -> {
                if (!(value instanceof Double number)) {
                    throw mismatch(type, value, index);
                }
                yield Double.doubleToRawLongBits(number);
            }
        };
    }

    private static IllegalArgumentException mismatch(ValueType type, @Nullable Object value, int index) {
        return new IllegalArgumentException("value " + index + " must be a " + type + " but is "
                + (value == null ? "null" : value.getClass().getName()));
    }

    /** The values from slot 0 on, boxed. */
    public @Nullable Object[] boxed(List<ValueType> types) {
        @Nullable Object[] boxed = new Object[types.size()];
        int slot = 0;
        for (int i = 0; i < boxed.length; i++) {
            ValueType type = types.get(i);
            boxed[i] = switch (type) {
                case NumberType number -> boxNumber(number, bits[slot]);
                case VectorType vector -> new V128(bits[slot], bits[++slot]);
                case ReferenceType reference -> references[slot];
            };
            slot++;
        }
        return boxed;
    }

    static Object boxNumber(NumberType type, long bits) {
        return switch (type) {
            case I32 -> (int) bits;
            case I64 -> bits;
            case F32 -> Float.intBitsToFloat((int) bits);
            case F64 -> Double.longBitsToDouble(bits);
        };
    }
}
