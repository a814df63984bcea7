package dev.wherry.engine.runtime;

import dev.wherry.engine.GuestException;
import dev.wherry.engine.Trap;
import java.util.Objects;

/**
 * Carries an exception of a host function through guest code, so that it can never be taken for a failure of the guest: a
 * guest's own divide by zero is an {@link ArithmeticException} until it leaves the engine, and so may be a host function's.
 */
public final class HostFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private HostFailure(Throwable cause) {
        super(null, cause, false, false);
    }

    /** What the host function threw. */
    Throwable hostException() {
        return Objects.requireNonNull(getCause());
    }

    /**
     * For the catch clause around a host function: what to throw on.
     *
     * @param thrown what the host function threw; traps, guest exceptions and carriers stay themselves
     */
    public static RuntimeException guard(Throwable thrown) {
        return switch (thrown) {
            case Trap trap -> trap;
            case GuestException exception -> exception;
            case HostFailure failure -> failure;
            default -> new HostFailure(thrown);
        };
    }

    /** Throws anything without declaring it: exceptions of host functions reach their caller as they are. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    static <X extends Throwable> RuntimeException sneak(Throwable thrown) throws X {
        throw (X) thrown;
    }
}
