package dev.wherry.engine.runtime;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The slots of one engine that are mapped and not in use, so that the next instance of the same module needs no mapping of its own.
 *
 * <p>Slots are clean when they enter: what an instance wrote is gone when its memory is closed, not when the slot is used
 * again. The pool is bounded; beyond it the slots that were unused longest go back to the system. Safe for several threads;
 * no system call is made under the lock.
 */
final class SlotPool {

    /** Slots that grew beyond this go back to the system, for the sake of their page tables. */
    private static final long MAX_POOLED_BYTES = 64L << 20;

    private final int capacity;
    /** In the order of their return. */
    private final LinkedHashSet<Slot> free = new LinkedHashSet<>();

    private boolean closed;

    SlotPool(int capacity) {
        this.capacity = capacity;
    }

    /**
     * A slot that shows the image and has room for {@code reserved} bytes, the image's initial size accessible.
     *
     * @throws dev.wherry.engine.ResourceException if the machine refuses
     */
    Slot take(MemoryImage image, long reserved) {
        Slot slot = takeFree(image, reserved);
        return slot != null ? slot : create(image, reserved);
    }

    private synchronized @Nullable Slot takeFree(MemoryImage image, long reserved) {
        Slot slot = image.pollFree();
        if (slot == null) {
            return null;
        }
        if (slot.reserved() < reserved) {
            image.addFree(slot);
            return null;
        }
        free.remove(slot);
        return slot;
    }

    private Slot create(MemoryImage image, long reserved) {
        long base = LinuxMemory.reserve(reserved);
        Slot slot = new Slot(this, image, base, reserved);
        boolean ready = false;
        try {
            if (!slot.commit(image.initialBytes())) {
                throw new dev.wherry.engine.ResourceException("mprotect failed while making " + image.initialBytes()
                        + " bytes of a memory accessible: the machine has no memory or the process no mappings left;"
                        + " raise vm.max_map_count or lower maxInstances");
            }
            image.mapInto(base);
            ready = true;
            return slot;
        } finally {
            if (!ready) {
                slot.release();
            }
        }
    }

    void giveBack(Slot slot) {
        if (slot.committed() > MAX_POOLED_BYTES || isClosed()) {
            slot.release();
            return;
        }
        slot.reset();
        for (Slot evicted : add(slot)) {
            evicted.release();
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private synchronized List<Slot> add(Slot slot) {
        List<Slot> evicted = new ArrayList<>(1);
        if (closed) {
            evicted.add(slot);
            return evicted;
        }
        slot.image().addFree(slot);
        free.add(slot);
        while (free.size() > capacity) {
            Slot oldest = free.removeFirst();
            oldest.image().removeFree(oldest);
            evicted.add(oldest);
        }
        return evicted;
    }

    /** How many slots wait for their next use. */
    synchronized int freeCount() {
        return free.size();
    }

    /** Gives all free slots back to the system, and from now on every slot as its memory is closed. */
    void close() {
        List<Slot> all;
        synchronized (this) {
            closed = true;
            all = new ArrayList<>(free);
            free.clear();
            all.forEach(slot -> slot.image().removeFree(slot));
        }
        all.forEach(Slot::release);
    }
}
