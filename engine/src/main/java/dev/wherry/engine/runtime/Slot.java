package dev.wherry.engine.runtime;

/**
 * A stretch of reserved address space that one mapped memory at a time lives in.
 *
 * <p>Its beginning shows the image of a module's memory, copy-on-write; behind that comes anonymous memory. Only the first
 * {@code committed} bytes are accessible at all. Used by one holder at a time: a memory, or the pool.
 */
final class Slot {

    private final SlotPool pool;
    private final MemoryImage image;
    private final long base;
    private final long reserved;
    private long committed;

    Slot(SlotPool pool, MemoryImage image, long base, long reserved) {
        this.pool = pool;
        this.image = image;
        this.base = base;
        this.reserved = reserved;
    }

    MemoryImage image() {
        return image;
    }

    long base() {
        return base;
    }

    long reserved() {
        return reserved;
    }

    /** How many bytes from the start are accessible. */
    synchronized long committed() {
        return committed;
    }

    /** Makes the first {@code bytes} accessible; {@code false} if the machine refuses. */
    synchronized boolean commit(long bytes) {
        if (bytes > committed) {
            if (!LinuxMemory.commit(base + committed, bytes - committed)) {
                return false;
            }
            committed = bytes;
        }
        return true;
    }

    /** Forgets everything that was written. */
    synchronized void reset() {
        if (committed != 0) {
            LinuxMemory.discard(base, committed);
        }
    }

    /** Returns the slot to its pool, clean. */
    void giveBack() {
        pool.giveBack(this);
    }

    /** Gives the address space back. */
    void release() {
        LinuxMemory.release(base, reserved);
    }
}
