package dev.wherry.engine.runtime;

import dev.wherry.engine.LimitException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the open instances of one engine against its limit. Safe for several threads. */
final class InstanceCounter {

    private final int allowed;
    private final AtomicInteger open = new AtomicInteger();

    InstanceCounter(int allowed) {
        this.allowed = allowed;
    }

    /**
     * Counts one more.
     *
     * @throws LimitException if there are as many as allowed
     */
    Ticket admit() {
        int count = open.incrementAndGet();
        if (count > allowed) {
            open.decrementAndGet();
            throw new LimitException("maxInstances", "the engine's instances", count, allowed, "instances");
        }
        return new Ticket(open);
    }

    int open() {
        return open.get();
    }

    /** One counted instance; giving it back twice counts once. */
    static final class Ticket extends AtomicBoolean {

        private static final long serialVersionUID = 1L;

        private final transient AtomicInteger open;

        private Ticket(AtomicInteger open) {
            this.open = open;
        }

        void giveBack() {
            if (compareAndSet(false, true)) {
                open.decrementAndGet();
            }
        }
    }
}
