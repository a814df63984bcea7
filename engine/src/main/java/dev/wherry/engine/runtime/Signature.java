package dev.wherry.engine.runtime;

import dev.wherry.engine.V128;
import dev.wherry.wasm.FunctionType;
import dev.wherry.wasm.NumberType;
import dev.wherry.wasm.ReferenceType;
import dev.wherry.wasm.ValueType;
import dev.wherry.wasm.VectorType;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;

/**
 * What calling a function needs to know of its type.
 *
 * @param type the type
 * @param parameterSlots slots of its parameters, see {@link RawValues}
 * @param resultSlots slots of its results
 * @param references whether a parameter or result is a reference
 */
record Signature(FunctionType type, int parameterSlots, int resultSlots, boolean references) {

    static Signature of(FunctionType type) {
        return new Signature(
                type,
                RawValues.slots(type.parameters()),
                RawValues.slots(type.results()),
                RawValues.hasReferences(type.parameters()) || RawValues.hasReferences(type.results()));
    }

    /** Slots that hold the parameters before a call and the results after it. */
    int slots() {
        return Math.max(parameterSlots, resultSlots);
    }

    /** The JVM type of a call with unboxed values; several results come as {@code Object[]}. */
    static MethodType methodType(FunctionType type) {
        List<Class<?>> parameters = new ArrayList<>(type.parameters().size());
        for (ValueType parameter : type.parameters()) {
            parameters.add(carrier(parameter));
        }
        Class<?> result = switch (type.results().size()) {
            case 0 -> void.class;
            case 1 -> carrier(type.results().getFirst());
            default -> Object[].class;
        };
        return MethodType.methodType(result, parameters);
    }

    private static Class<?> carrier(ValueType type) {
        return switch (type) {
            case NumberType.I32 -> int.class;
            case NumberType.I64 -> long.class;
            case NumberType.F32 -> float.class;
            case NumberType.F64 -> double.class;
            case VectorType.V128 -> V128.class;
            case ReferenceType reference -> Object.class;
        };
    }
}
