package dev.wherry.engine.runtime;

import dev.wherry.engine.Trap;
import dev.wherry.engine.TrapKind;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Who uses an instance at the moment, and whether they are to stop: the base of every instance's state.
 *
 * <p>{@link #occupant} moves {@code null} (idle) to a thread (running) to {@link #LEAVING} to {@code null}, and finally to {@link #CLOSED}. Whoever
 * moves it to {@code CLOSED} gives the instance's memories back; nobody does while a thread runs. Closing and interrupting
 * set {@link #stopRequested} before they look at the occupant, and a leaving thread sets {@code LEAVING} before it looks at the
 * request, so one of the two always sees the other.
 */
@SuppressWarnings("ReferenceEquality") // Requesters and instances are told apart by identity.
public abstract class Activation {

    /** {@link #stopRequested}, for generated code, which reads it opaquely at loop headers. */
    public static final VarHandle STOP_REQUESTED = handle("stopRequested", int.class);

    private static final VarHandle OCCUPANT = handle("occupant", Object.class);
    private static final Object LEAVING = new Object();
    private static final Object CLOSED = new Object();

    /** Held while a request travels along calls between instances; taken before any instance's own lock. */
    private static final Object FORWARDING = new Object();

    /** How many instances a request travels through at most. */
    private static final int MAX_FORWARDING = 1_000;

    /** Not 0 when the guest has to stop; generated code reads it at function entries and in loops. */
    public volatile int stopRequested;

    /** How many calls from the host are nested on the occupant's stack; only the occupant touches it. */
    private int depth;

    private volatile @Nullable Object occupant;
    private final Object lock = new Object();

    // Guarded by lock.
    private @Nullable TrapKind pending;
    private @Nullable Object requester;
    private @Nullable Thread interrupted;
    private boolean closeRequested;

    /** The instance that this one's guest has called into; written by the occupant. */
    private volatile @Nullable Activation callee;

    private static VarHandle handle(String field, Class<?> type) {
        try {
            return MethodHandles.lookup().findVarHandle(Activation.class, field, type);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** For {@link GuestInstance}. */
    Activation() {}

    /** Gives memories back; called once, when no call is active and none can begin. */
    abstract void release();

    /** Whether the calling thread is inside a call of this instance. */
    final boolean isActiveHere() {
        return occupant == Thread.currentThread();
    }

    /**
     * Begins a call.
     *
     * @return the depth to hand to {@link #leave}
     * @throws IllegalStateException if the instance is closed or another thread uses it
     */
    final int enter() {
        Thread current = Thread.currentThread();
        if (occupant == current) {
            return depth++;
        }
        if (!OCCUPANT.compareAndSet(this, null, current)) {
            refuse();
        }
        depth = 1;
        return 0;
    }

    private void refuse() {
        Object seen = occupant;
        throw new IllegalStateException(
                seen == CLOSED
                        ? "the instance is closed"
                        : "the instance is in use by another thread"
                                + (seen instanceof Thread t ? " (" + t.getName() + ")" : ""));
    }

    /**
     * Ends a call. {@code depthBefore} restores the depth by assignment, so that a stack overflow in between cannot
     * leave it wrong.
     */
    final void leave(int depthBefore) {
        depth = depthBefore;
        if (depthBefore != 0) {
            return;
        }
        occupant = LEAVING;
        if (stopRequested != 0) {
            leaveAfterRequest();
        }
        if (!OCCUPANT.compareAndSet(this, LEAVING, (Object) null) && occupant != CLOSED) {
            throw new IllegalStateException("the instance's occupant changed while leaving");
        }
    }

    private void leaveAfterRequest() {
        boolean release;
        synchronized (lock) {
            if (interrupted == Thread.currentThread()) {
                // The interrupt was ours and was meant for the guest, not for what this thread does next.
                Thread.interrupted();
            }
            interrupted = null;
            release = closeRequested && OCCUPANT.compareAndSet(this, LEAVING, CLOSED);
        }
        if (release) {
            release();
        }
    }

    /**
     * Asks the occupant, or else the next one, to stop; {@code requester} can take it back. The request goes on to the
     * instances that the guest has called into, because it is their code that runs.
     */
    final void requestStop(TrapKind kind, Object requester) {
        synchronized (FORWARDING) {
            requestHere(kind, requester);
            Activation caller = this;
            Activation running = callee;
            for (int hops = 0; running != null && running != this && hops < MAX_FORWARDING; hops++) {
                running.requestHere(kind, caller);
                caller = running;
                running = running.callee;
            }
        }
    }

    private void requestHere(TrapKind kind, Object requester) {
        synchronized (lock) {
            if (pending == null) {
                pending = kind;
                this.requester = requester;
            }
            stopRequested = 1;
            wakeOccupant();
        }
    }

    private void wakeOccupant() {
        if (occupant instanceof Thread thread) {
            interrupted = thread;
            thread.interrupt();
        }
    }

    private TrapKind pendingOrInterrupted() {
        TrapKind kind = pending;
        return kind == null ? TrapKind.INTERRUPTED : kind;
    }

    /** Takes back a request that was not served. */
    final void withdrawStop(Object requester) {
        synchronized (lock) {
            if (this.requester == requester) {
                forgetRequest();
                if (interrupted == Thread.currentThread()) {
                    Thread.interrupted();
                    interrupted = null;
                }
            }
        }
    }

    private void forgetRequest() {
        pending = null;
        requester = null;
        stopRequested = closeRequested ? 1 : 0;
    }

    /**
     * For generated code that saw {@link #stopRequested}: throws the trap.
     *
     * @throws Trap always, unless the request was withdrawn in the meantime
     */
    public final void stopIfRequested() {
        synchronized (lock) {
            if (stopRequested != 0) {
                throw new Trap(pendingOrInterrupted());
            }
        }
    }

    /** The kind of the pending request, or {@code null}. */
    final @Nullable TrapKind pendingStop() {
        if (stopRequested == 0) {
            return null;
        }
        synchronized (lock) {
            return stopRequested == 0 ? null : pendingOrInterrupted();
        }
    }

    /** Notes that the pending request was served: the outermost call is ending with its trap. */
    final void stopServed() {
        synchronized (lock) {
            forgetRequest();
        }
    }

    /**
     * Begins a call from this instance's guest into another instance.
     *
     * @return what to hand to {@link #returnFrom}
     * @throws Trap if this instance is to stop
     */
    final @Nullable Activation callInto(Activation target) {
        Activation previous = callee;
        callee = target;
        if (stopRequested != 0) {
            callee = previous;
            stopIfRequested();
        }
        return previous;
    }

    /** Ends a call into another instance and takes back what was forwarded to it. */
    final void returnFrom(Activation target, @Nullable Activation previous) {
        callee = previous;
        if (stopRequested != 0) {
            synchronized (FORWARDING) {
                target.withdrawStop(this);
            }
        }
    }

    /** Closes: at once if idle, otherwise when the active call has left, which it is asked to do. */
    final void requestClose() {
        boolean release = false;
        synchronized (lock) {
            if (closeRequested) {
                return;
            }
            closeRequested = true;
            stopRequested = 1;
            while (true) {
                Object seen = occupant;
                if (seen instanceof Thread) {
                    if (seen != Thread.currentThread()) {
                        wakeOccupant();
                    }
                    break;
                }
                if (OCCUPANT.compareAndSet(this, seen, CLOSED)) {
                    release = true;
                    break;
                }
            }
        }
        if (release) {
            release();
        }
    }

    final boolean closeRequested() {
        synchronized (lock) {
            return closeRequested;
        }
    }
}
