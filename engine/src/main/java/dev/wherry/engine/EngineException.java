package dev.wherry.engine;

import java.util.Objects;

/**
 * The root of the engine's operating failures: everything that can go wrong with a correct program because of its input,
 * its limits or the machine.
 *
 * <p>A guest's {@link Trap} and a guest's uncaught {@link GuestException} are outcomes of the guest, not failures of the
 * engine, and are no subclass of this class. Misuse of the API (a wrong number of arguments, a closed instance) is an
 * {@link IllegalArgumentException} or {@link IllegalStateException}.
 */
public abstract sealed class EngineException extends RuntimeException
        permits LinkException, UnsupportedFeatureException, LimitException, ResourceException {

    private static final long serialVersionUID = 1L;

    private final String code;

    EngineException(String code, String message) {
        super(message);
        this.code = Objects.requireNonNull(code);
    }

    EngineException(String code, String message, Throwable cause) {
        super(message, cause);
        this.code = Objects.requireNonNull(code);
    }

    /** A stable, machine-readable name of the failure, for example {@code engine.link.unknown-import}. */
    public final String code() {
        return code;
    }
}
