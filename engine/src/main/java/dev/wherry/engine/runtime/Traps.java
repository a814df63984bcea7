package dev.wherry.engine.runtime;

import dev.wherry.engine.Trap;
import dev.wherry.engine.TrapKind;

/**
 * The traps that generated code raises: each method returns the trap, and the code throws it. Kept apart from the fast path,
 * so that the JVM's compiler sees one call per cold branch.
 */
public final class Traps {

    private Traps() {}

    /** A trap of any kind. */
    public static Trap of(TrapKind kind) {
        return new Trap(kind);
    }

    /** {@link TrapKind#UNREACHABLE}. */
    public static Trap unreachable() {
        return new Trap(TrapKind.UNREACHABLE);
    }

    /** {@link TrapKind#MEMORY_OUT_OF_BOUNDS}. */
    public static Trap memoryOutOfBounds() {
        return new Trap(TrapKind.MEMORY_OUT_OF_BOUNDS);
    }

    /** {@link TrapKind#TABLE_OUT_OF_BOUNDS}. */
    public static Trap tableOutOfBounds() {
        return new Trap(TrapKind.TABLE_OUT_OF_BOUNDS);
    }

    /** {@link TrapKind#UNDEFINED_ELEMENT}. */
    public static Trap undefinedElement() {
        return new Trap(TrapKind.UNDEFINED_ELEMENT);
    }

    /** {@link TrapKind#UNINITIALIZED_ELEMENT}. */
    public static Trap uninitializedElement() {
        return new Trap(TrapKind.UNINITIALIZED_ELEMENT);
    }

    /** {@link TrapKind#INDIRECT_CALL_TYPE_MISMATCH}. */
    public static Trap indirectCallTypeMismatch() {
        return new Trap(TrapKind.INDIRECT_CALL_TYPE_MISMATCH);
    }

    /** {@link TrapKind#INTEGER_DIVIDE_BY_ZERO}. */
    public static Trap integerDivideByZero() {
        return new Trap(TrapKind.INTEGER_DIVIDE_BY_ZERO);
    }

    /** {@link TrapKind#INTEGER_OVERFLOW}. */
    public static Trap integerOverflow() {
        return new Trap(TrapKind.INTEGER_OVERFLOW);
    }

    /** {@link TrapKind#INVALID_CONVERSION_TO_INTEGER}. */
    public static Trap invalidConversionToInteger() {
        return new Trap(TrapKind.INVALID_CONVERSION_TO_INTEGER);
    }

    /** {@link TrapKind#NULL_FUNCTION_REFERENCE}. */
    public static Trap nullFunctionReference() {
        return new Trap(TrapKind.NULL_FUNCTION_REFERENCE);
    }

    /** {@link TrapKind#NULL_REFERENCE}. */
    public static Trap nullReference() {
        return new Trap(TrapKind.NULL_REFERENCE);
    }

    /** {@link TrapKind#NULL_EXCEPTION_REFERENCE}. */
    public static Trap nullExceptionReference() {
        return new Trap(TrapKind.NULL_EXCEPTION_REFERENCE);
    }
}
