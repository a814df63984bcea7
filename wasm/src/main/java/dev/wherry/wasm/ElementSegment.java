package dev.wherry.wasm;

import java.util.List;

/** References for tables: function indices, or constant expressions where {@link #functionIndices} is empty. */
public record ElementSegment(
        ReferenceType type, SegmentMode mode, List<Integer> functionIndices, List<ConstantExpression> expressions) {

    public ElementSegment {
        functionIndices = List.copyOf(functionIndices);
        expressions = List.copyOf(expressions);
    }

    /** Number of elements. */
    public int size() {
        return functionIndices.size() + expressions.size();
    }
}
