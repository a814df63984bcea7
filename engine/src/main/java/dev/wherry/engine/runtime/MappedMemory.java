package dev.wherry.engine.runtime;

import dev.wherry.wasm.MemoryType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Cleaner;
import jdk.internal.misc.Unsafe;

/**
 * A memory in a slot of mapped address space. {@link #base} never changes: the slot is reserved up to the maximum at the start and growing
 * only makes more of it accessible.
 *
 * <p>Accesses are little-endian, like the machines this kind exists on. A memory that becomes unreachable without having
 * been closed gives its slot back through the garbage collector.
 */
public final class MappedMemory extends LinearMemory {

    private static final Unsafe UNSAFE = Unsafe.getUnsafe();
    private static final Cleaner CLEANER = Cleaner.create();

    /** The address of byte 0; read by generated code. */
    public final long base;

    private final Slot slot;
    private final Cleaner.Cleanable lease;

    MappedMemory(MemoryType declared, Budget budget, Slot slot, long sizeBytes) {
        super(declared, sizeBytes, budget);
        this.slot = slot;
        this.base = slot.base();
        this.lease = CLEANER.register(this, slot::giveBack);
    }

    /**
     * A memory with an image's content.
     *
     * @throws dev.wherry.engine.ResourceException if the machine refuses
     */
    static MappedMemory of(MemoryType declared, Budget budget, SlotPool slots, MemoryImage image) {
        long reserved = Math.max(maximumBytes(declared, budget), Math.max(image.initialBytes(), PAGE_BYTES));
        return new MappedMemory(declared, budget, slots.take(image, reserved), image.initialBytes());
    }

    @Override
    boolean extend(long oldSize, long newSize) {
        return slot.commit(newSize);
    }

    @Override
    void free() {
        lease.clean();
    }

    @Override
    byte rawByte(long address) {
        return UNSAFE.getByte(base + address);
    }

    @Override
    short rawShort(long address) {
        return UNSAFE.getShortUnaligned(null, base + address);
    }

    @Override
    int rawInt(long address) {
        return UNSAFE.getIntUnaligned(null, base + address);
    }

    @Override
    long rawLong(long address) {
        return UNSAFE.getLongUnaligned(null, base + address);
    }

    @Override
    void putRawByte(long address, byte value) {
        UNSAFE.putByte(base + address, value);
    }

    @Override
    void putRawShort(long address, short value) {
        UNSAFE.putShortUnaligned(null, base + address, value);
    }

    @Override
    void putRawInt(long address, int value) {
        UNSAFE.putIntUnaligned(null, base + address, value);
    }

    @Override
    void putRawLong(long address, long value) {
        UNSAFE.putLongUnaligned(null, base + address, value);
    }

    @Override
    void rawRead(long address, byte[] target, int offset, int length) {
        UNSAFE.copyMemory(null, base + address, target, Unsafe.ARRAY_BYTE_BASE_OFFSET + (long) offset, length);
    }

    @Override
    void rawWrite(long address, byte[] source, int offset, int length) {
        UNSAFE.copyMemory(source, Unsafe.ARRAY_BYTE_BASE_OFFSET + (long) offset, null, base + address, length);
    }

    @Override
    void rawFill(long address, byte value, long length) {
        UNSAFE.setMemory(base + address, length, value);
    }

    @Override
    void rawCopy(long target, LinearMemory sourceMemory, long source, long length) {
        switch (sourceMemory) {
            case MappedMemory mapped -> UNSAFE.copyMemory(mapped.base + source, base + target, length);
            case HeapMemory heap -> rawWrite(target, heap.bytes, (int) source, (int) length);
        }
    }

    @Override
    @SuppressWarnings("restricted") // The range was checked and the memory is held.
    <R, X extends Exception> R lend(long address, int length, BufferOperation<R, X> operation) throws X {
        // The confined arena makes a buffer that is kept beyond the operation fail instead of reading foreign memory.
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment segment = MemorySegment.ofAddress(base + address).reinterpret(length, arena, null);
            return operation.apply(littleEndian(segment.asByteBuffer()));
        }
    }
}
