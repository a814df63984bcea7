package dev.wherry.engine;

/**
 * Why a guest was stopped, with the specification's wording.
 *
 * @see <a href="https://webassembly.github.io/spec/core/intro/overview.html#trap">Traps</a>
 */
public enum TrapKind {
    /** The {@code unreachable} instruction was executed. */
    UNREACHABLE("unreachable"),
    /** A load, store or bulk operation reached beyond the end of a memory or a data segment. */
    MEMORY_OUT_OF_BOUNDS("out of bounds memory access"),
    /** A table instruction reached beyond the end of a table or an element segment. */
    TABLE_OUT_OF_BOUNDS("out of bounds table access"),
    /** An array instruction reached beyond the end of an array. */
    ARRAY_OUT_OF_BOUNDS("out of bounds array access"),
    /** An indirect call named an element beyond the end of the table. */
    UNDEFINED_ELEMENT("undefined element"),
    /** An indirect call named an element that is null. */
    UNINITIALIZED_ELEMENT("uninitialized element"),
    /** An indirect call's function has another type than the call expects. */
    INDIRECT_CALL_TYPE_MISMATCH("indirect call type mismatch"),
    /** An integer was divided by zero. */
    INTEGER_DIVIDE_BY_ZERO("integer divide by zero"),
    /** A signed division or a conversion to integer does not fit its result. */
    INTEGER_OVERFLOW("integer overflow"),
    /** A NaN was converted to an integer. */
    INVALID_CONVERSION_TO_INTEGER("invalid conversion to integer"),
    /** Calls nested deeper than the thread's stack allows. */
    CALL_STACK_EXHAUSTED("call stack exhausted"),
    /** {@code call_ref} met a null reference. */
    NULL_FUNCTION_REFERENCE("null function reference"),
    /** A null reference was used where a non-null one is needed. */
    NULL_REFERENCE("null reference"),
    /** {@code throw_ref} met a null reference. */
    NULL_EXCEPTION_REFERENCE("null exception reference"),
    /** A structure instruction met a null reference. */
    NULL_STRUCTURE_REFERENCE("null structure reference"),
    /** An array instruction met a null reference. */
    NULL_ARRAY_REFERENCE("null array reference"),
    /** An {@code i31} instruction met a null reference. */
    NULL_I31_REFERENCE("null i31 reference"),
    /** A reference is not of the type it was cast to. */
    CAST_FAILURE("cast failure"),
    /** An atomic access was not aligned to its width. */
    UNALIGNED_ATOMIC("unaligned atomic"),
    /** An atomic wait was executed on a memory that is not shared. */
    EXPECTED_SHARED_MEMORY("expected shared memory"),
    /** The {@link Deadline} of the call passed. */
    DEADLINE_EXCEEDED("deadline exceeded"),
    /** The call was stopped from outside by {@link Instance#interrupt}. */
    INTERRUPTED("interrupted");

    private final String message;

    TrapKind(String message) {
        this.message = message;
    }

    /** The specification's wording. */
    public String message() {
        return message;
    }
}
