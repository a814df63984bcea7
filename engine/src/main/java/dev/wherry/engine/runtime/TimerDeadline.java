package dev.wherry.engine.runtime;

import dev.wherry.engine.Deadline;
import dev.wherry.engine.TrapKind;

/** A deadline in the queue of a {@link DeadlineTimer}. */
public final class TimerDeadline implements Deadline {

    /** When it passes, by {@link System#nanoTime}. */
    final long nanoTime;

    /** Its place in the timer's heap, -1 outside; guarded by the timer. */
    int position = -1;

    private final DeadlineTimer timer;
    private final GuestInstance instance;
    private boolean exceeded;
    private boolean closed;

    TimerDeadline(DeadlineTimer timer, GuestInstance instance, long nanoTime) {
        this.timer = timer;
        this.instance = instance;
        this.nanoTime = nanoTime;
    }

    /** For the timer: the time has come. */
    void expire() {
        synchronized (this) {
            if (closed) {
                return;
            }
            exceeded = true;
            instance.requestStop(TrapKind.DEADLINE_EXCEEDED, this);
        }
    }

    @Override
    public synchronized boolean isExceeded() {
        return exceeded;
    }

    @Override
    public void close() {
        timer.remove(this);
        synchronized (this) {
            if (!closed) {
                closed = true;
                if (exceeded) {
                    instance.withdrawStop(this);
                }
            }
        }
    }
}
