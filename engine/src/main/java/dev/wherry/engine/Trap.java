package dev.wherry.engine;

import dev.wherry.engine.runtime.FrameResolver;
import java.util.List;
import java.util.Objects;

/**
 * A guest was stopped: it did something that WebAssembly defines as a trap, or it was stopped from outside.
 *
 * <p>A trap is an ordinary outcome of running foreign code and says nothing about the health of the host. The instance
 * stays usable as far as the engine is concerned; whether the guest's own data is still sound only its author can tell, so
 * most hosts discard the instance. A guest cannot catch a trap.
 *
 * <p>The message begins with the specification's wording ({@link TrapKind#message()}). A host function may throw a trap to
 * stop the guest that called it.
 *
 * @see <a href="https://webassembly.github.io/spec/core/intro/overview.html#trap">Traps</a>
 */
public final class Trap extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final TrapKind kind;

    private transient volatile List<TrapFrame> frames = List.of();
    private transient volatile boolean resolved;

    /** A trap with the specification's wording as its message. */
    public Trap(TrapKind kind) {
        super(kind.message());
        this.kind = kind;
    }

    /** A trap whose message goes on with {@code detail} after a colon. */
    public Trap(TrapKind kind, String detail) {
        super(kind.message() + ": " + detail);
        this.kind = kind;
    }

    /** A trap that was caused by a failure below, for example by the interruption of a blocked host function. */
    public Trap(TrapKind kind, Throwable cause) {
        super(kind.message(), Objects.requireNonNull(cause));
        this.kind = kind;
    }

    /** Why the guest was stopped. */
    public TrapKind kind() {
        return kind;
    }

    /**
     * The guest functions that were active, innermost first; host frames are left out. Very deep stacks are cut to the
     * innermost thousand or so.
     */
    public List<TrapFrame> frames() {
        if (!resolved) {
            frames = FrameResolver.resolve(getStackTrace());
            resolved = true;
        }
        return frames;
    }

    /** The message and the guest's stack, one frame a line, as a terminal would show it. */
    public String describe() {
        StringBuilder text = new StringBuilder("trap: ").append(getMessage());
        for (TrapFrame frame : frames()) {
            text.append(System.lineSeparator()).append("    at ").append(frame);
        }
        return text.toString();
    }
}
