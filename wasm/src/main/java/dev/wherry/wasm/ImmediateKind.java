package dev.wherry.wasm;

/**
 * What follows an opcode in the binary format.
 *
 * @see <a href="https://webassembly.github.io/spec/core/binary/instructions.html">Instructions, binary format</a>
 */
public enum ImmediateKind {
    NONE,
    /** A block type. */
    BLOCK,
    /** A block type and a list of catch clauses. */
    TRY_TABLE,
    /** A label. */
    LABEL,
    /** A list of labels and a default label. */
    LABELS,
    FUNCTION,
    /** A type, then a table. */
    CALL_INDIRECT,
    TYPE,
    LOCAL,
    GLOBAL,
    TABLE,
    TAG,
    DATA,
    ELEMENT,
    /** A list of value types. */
    SELECT_TYPES,
    /** Alignment, memory, offset. */
    MEMORY,
    /** Alignment, memory, offset, and a lane. */
    MEMORY_LANE,
    MEMORY_INDEX,
    /** Destination memory, then source memory. */
    MEMORY_MEMORY,
    /** A data segment, then a memory. */
    DATA_MEMORY,
    /** An element segment, then a table. */
    ELEMENT_TABLE,
    /** Destination table, then source table. */
    TABLE_TABLE,
    I32,
    I64,
    F32,
    F64,
    V128,
    /** Sixteen lanes. */
    SHUFFLE,
    LANE,
    HEAP_TYPE,
    /** A structure type, then a field. */
    FIELD,
    /** An array type, then a number of elements. */
    TYPE_COUNT,
    TYPE_DATA,
    TYPE_ELEMENT,
    /** Destination array type, then source array type. */
    TYPE_TYPE,
    /** Nullability flags, a label, the heap type of the operand, the heap type of the cast. */
    CAST_BRANCH,
    /** A zero byte. */
    FENCE
}
