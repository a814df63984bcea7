package dev.wherry.engine;

import dev.wherry.engine.runtime.TimerDeadline;

/**
 * An armed time limit on the calls of one instance; closing it disarms it.
 *
 * <pre>{@code
 * try (Deadline deadline = engine.deadline(instance, Duration.ofMillis(100))) {
 *     instance.function("handle").call();
 * }
 * }</pre>
 *
 * <p>When it passes, the active call traps with {@link TrapKind#DEADLINE_EXCEEDED}, as {@link Instance#interrupt} describes; without an
 * active call the next one traps, unless the deadline is closed before.
 */
public sealed interface Deadline extends AutoCloseable permits TimerDeadline {

    /** Whether the time has passed and the instance was interrupted. */
    boolean isExceeded();

    /** Disarms it; a second call does nothing. Never blocks. */
    @Override
    void close();
}
