package dev.wherry.engine.runtime;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One thread that lets deadlines pass. Arming and disarming cost O(log n) of the armed deadlines and wake the thread only when the earliest
 * one changes to an earlier time. Safe for several threads.
 *
 * <p>It is a platform thread, so that guests that occupy all carriers of virtual threads cannot keep it from running.
 */
final class DeadlineTimer {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    /** A binary heap by time; each deadline knows its place, so that disarming needs no search. */
    private TimerDeadline[] heap = new TimerDeadline[64];

    private int size;
    private boolean started;
    private boolean closed;

    /**
     * Arms a deadline.
     *
     * @throws IllegalStateException if the engine is closed
     */
    TimerDeadline arm(GuestInstance instance, long nanos) {
        long now = System.nanoTime();
        // Half the range of nanoTime is 146 years; comparisons stay right below that.
        TimerDeadline deadline = new TimerDeadline(this, instance, now + Math.min(nanos, Long.MAX_VALUE >> 1));
        if (nanos <= 0) {
            deadline.expire();
            return deadline;
        }
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("the engine is closed");
            }
            if (!started) {
                started = true;
                Thread.ofPlatform().daemon().name("wherry-deadlines").start(this::serve);
            }
            if (size == heap.length) {
                heap = Arrays.copyOf(heap, size * 2);
            }
            moveUp(size++, deadline);
            if (deadline.position == 0) {
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
        return deadline;
    }

    /** Disarms; does nothing if it has passed. */
    void remove(TimerDeadline deadline) {
        lock.lock();
        try {
            removeLocked(deadline);
        } finally {
            lock.unlock();
        }
    }

    /** How many deadlines are armed. */
    int armedCount() {
        lock.lock();
        try {
            return size;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the thread; deadlines that are still armed never pass. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private void serve() {
        while (true) {
            TimerDeadline due;
            try {
                due = awaitDue();
            } catch (InterruptedException e) {
                // Nobody has reason to interrupt this thread; losing it would lose every deadline.
                continue;
            }
            if (due == null) {
                return;
            }
            due.expire();
        }
    }

    private @org.jspecify.annotations.Nullable TimerDeadline awaitDue() throws InterruptedException {
        lock.lock();
        try {
            while (!closed) {
                if (size == 0) {
                    changed.await();
                    continue;
                }
                TimerDeadline first = heap[0];
                long wait = first.nanoTime - System.nanoTime();
                if (wait <= 0) {
                    removeLocked(first);
                    return first;
                }
                long _ = changed.awaitNanos(Math.min(wait, TimeUnit.HOURS.toNanos(1)));
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    private void removeLocked(TimerDeadline deadline) {
        int position = deadline.position;
        if (position < 0) {
            return;
        }
        deadline.position = -1;
        TimerDeadline last = heap[--size];
        clear(size);
        if (position != size) {
            moveDown(position, last);
            if (heap[position] == last) {
                moveUp(position, last);
            }
        }
    }

    @SuppressWarnings("NullAway") // Slots behind the end of the heap are empty.
    private void clear(int position) {
        heap[position] = null;
    }

    private void moveUp(int from, TimerDeadline deadline) {
        int position = from;
        while (position > 0) {
            int parent = (position - 1) >>> 1;
            TimerDeadline above = heap[parent];
            if (deadline.nanoTime - above.nanoTime >= 0) {
                break;
            }
            place(position, above);
            position = parent;
        }
        place(position, deadline);
    }

    private void moveDown(int from, TimerDeadline deadline) {
        int position = from;
        int half = size >>> 1;
        while (position < half) {
            int child = 2 * position + 1;
            if (child + 1 < size && heap[child + 1].nanoTime - heap[child].nanoTime < 0) {
                child++;
            }
            if (deadline.nanoTime - heap[child].nanoTime <= 0) {
                break;
            }
            place(position, heap[child]);
            position = child;
        }
        place(position, deadline);
    }

    private void place(int position, TimerDeadline deadline) {
        heap[position] = deadline;
        deadline.position = position;
    }
}
