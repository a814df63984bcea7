package dev.wherry.engine;

import dev.wherry.engine.runtime.ThrownException;
import org.jspecify.annotations.Nullable;

/**
 * A WebAssembly exception on its way: thrown by a guest with {@code throw}, or by a host function.
 *
 * <p>Guests catch it by its {@link Tag}; one that no guest catches reaches the caller in the host. It is also what an
 * {@code exnref} refers to. It carries no Java stack trace, because C++ programs throw in ordinary operation.
 *
 * @see <a href="https://webassembly.github.io/spec/core/exec/runtime.html#exception-instances">Exception instances</a>
 */
public abstract sealed class GuestException extends RuntimeException permits ThrownException {

    private static final long serialVersionUID = 1L;

    /** For the one subclass. */
    protected GuestException() {
        super("uncaught guest exception", null, false, false);
    }

    /**
     * An exception for a host function to throw.
     *
     * @param arguments one boxed value per parameter of the tag, as {@link Function#callBoxed} takes them
     * @throws IllegalArgumentException if they do not fit the tag's type
     */
    public static GuestException of(Tag tag, @Nullable Object... arguments) {
        return ThrownException.thrown(tag, arguments);
    }

    /** The tag it was thrown with; compared by identity. */
    public abstract Tag tag();

    /** The arguments, boxed as {@link Function#callBoxed} returns them. */
    public abstract @Nullable Object[] arguments();
}
