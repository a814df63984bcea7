package dev.wherry.engine.runtime;

import dev.wherry.engine.GuestException;
import dev.wherry.engine.Trap;
import dev.wherry.engine.TrapKind;

/**
 * Turns what leaves generated code into its public form: the JVM's own exceptions that generated code relies on become traps.
 *
 * <p>Exceptions of host functions never come here bare, see {@link HostFailure}.
 */
final class GuestFailure {

    private GuestFailure() {}

    /** What to throw in place of {@code thrown}, which left generated code. */
    static RuntimeException convert(Throwable thrown) {
        return switch (thrown) {
            case Trap trap -> trap;
            case GuestException exception -> exception;
            case HostFailure failure -> failure;
            case StackOverflowError overflow -> trap(TrapKind.CALL_STACK_EXHAUSTED, overflow);
            case ArithmeticException division -> trap(TrapKind.INTEGER_DIVIDE_BY_ZERO, division);
            case IndexOutOfBoundsException bounds -> trap(TrapKind.MEMORY_OUT_OF_BOUNDS, bounds);
            default -> throw HostFailure.sneak(thrown);
        };
    }

    private static Trap trap(TrapKind kind, Throwable original) {
        Trap trap = new Trap(kind);
        trap.setStackTrace(original.getStackTrace());
        return trap;
    }

    /**
     * What the caller sees of a host function's exception: itself, except for a stack overflow that the guest's recursion caused
     * and that the host function merely ran into.
     */
    static Throwable hostOutcome(Throwable cause) {
        if (cause instanceof StackOverflowError overflow) {
            // The JVM keeps the innermost thousand frames. If guest frames are among them, the host function itself was
            // shallow.
            StackTraceElement[] stack = overflow.getStackTrace();
            for (StackTraceElement frame : stack) {
                if (FrameResolver.isGuest(frame)) {
                    return trap(TrapKind.CALL_STACK_EXHAUSTED, overflow);
                }
            }
        }
        return cause;
    }
}
