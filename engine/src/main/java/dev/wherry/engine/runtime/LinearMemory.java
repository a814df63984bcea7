package dev.wherry.engine.runtime;

import dev.wherry.engine.Memory;
import dev.wherry.engine.MemoryKind;
import dev.wherry.engine.Trap;
import dev.wherry.engine.TrapKind;
import dev.wherry.wasm.AddressType;
import dev.wherry.wasm.Limits;
import dev.wherry.wasm.MemoryType;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What both kinds of memory have in common: size and growth, the checks of the public accessors, and the lifetime.
 *
 * <p><b>Lifetime.</b> A memory starts with one holder, the instance that defines it; every instance that imports it is another.
 * Each public accessor holds it for its duration unless the calling thread runs the owning instance anyway. The
 * storage is given back when the last holder lets go, so that no thread can touch it afterwards, whoever closes what.
 * Generated code holds nothing per access: an instance lets go of its memories only when no call is active in it.
 */
public abstract sealed class LinearMemory implements Memory permits MappedMemory, HeapMemory {

    private static final VarHandle HOLDERS = holders();

    /**
     * The largest memory that the 32-bit checks of generated code reach, in bytes: the last whole page below 2 GiB.
     */
    static final long MAX_BYTES = (1L << 31) - PAGE_BYTES;

    /**
     * The current size in bytes; read by generated code before each access, never shrinks. Plain, because the thread that grows the
     * memory is the one that runs the guest, and a late look from elsewhere sees a smaller memory.
     */
    public int accessLimit;

    private volatile long sizeBytes;

    private final MemoryType declared;
    private final long maximumBytes;
    private final Budget budget;
    private volatile int holders = 1;
    private @Nullable GuestInstance owner;

    LinearMemory(MemoryType declared, long sizeBytes, Budget budget) {
        this.declared = declared;
        this.sizeBytes = sizeBytes;
        this.accessLimit = Math.toIntExact(sizeBytes);
        this.budget = budget;
        this.maximumBytes = maximumBytes(declared, budget);
    }

    /** The largest size that type and budget allow, in bytes. */
    static long maximumBytes(MemoryType type, Budget budget) {
        long pages = type.addressType() == AddressType.I32 ? 1L << 16 : Long.MAX_VALUE / PAGE_BYTES;
        OptionalLong maximum = type.limits().maximum();
        if (maximum.isPresent() && Long.compareUnsigned(maximum.getAsLong(), pages) < 0) {
            pages = maximum.getAsLong();
        }
        long allowed = Math.min(MAX_BYTES, budget.allowed() / PAGE_BYTES * PAGE_BYTES);
        return pages > allowed / PAGE_BYTES ? allowed : pages * PAGE_BYTES;
    }

    private static VarHandle holders() {
        try {
            return MethodHandles.lookup().findVarHandle(LinearMemory.class, "holders", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    // ---- storage, implemented by the two kinds; ranges are checked, the memory is held

    /** Makes the storage reach {@code newSize} bytes, the new part all zero; {@code false} if the machine refuses. */
    abstract boolean extend(long oldSize, long newSize);

    /** Gives the storage back; called once. */
    abstract void free();

    abstract byte rawByte(long address);

    abstract short rawShort(long address);

    abstract int rawInt(long address);

    abstract long rawLong(long address);

    abstract void putRawByte(long address, byte value);

    abstract void putRawShort(long address, short value);

    abstract void putRawInt(long address, int value);

    abstract void putRawLong(long address, long value);

    abstract void rawRead(long address, byte[] target, int offset, int length);

    abstract void rawWrite(long address, byte[] source, int offset, int length);

    abstract void rawFill(long address, byte value, long length);

    abstract void rawCopy(long target, LinearMemory sourceMemory, long source, long length);

    abstract <R, X extends Exception> R lend(long address, int length, BufferOperation<R, X> operation) throws X;

    /** Whether code of an engine with memories of that kind can use this one. */
    final boolean kindFits(MemoryKind kind) {
        return (kind == MemoryKind.HEAP) == this instanceof HeapMemory;
    }

    // ---- lifetime

    /** Says which instance defines this memory: calls on its thread need no hold of their own. */
    final void ownedBy(GuestInstance instance) {
        owner = instance;
    }

    /** Adds a holder. */
    final void hold() {
        int count;
        do {
            count = holders;
            if (count == 0) {
                throw new IllegalStateException("the memory's instance is closed");
            }
        } while (!HOLDERS.compareAndSet(this, count, count + 1));
    }

    /** Lets go; the last holder gives the storage back. */
    final void letGo() {
        int before = (int) HOLDERS.getAndAdd(this, -1);
        if (before == 1) {
            free();
        }
    }

    private boolean holdUnlessActive() {
        GuestInstance instance = owner;
        if (instance != null && instance.isActiveHere()) {
            return false;
        }
        hold();
        return true;
    }

    private void done(boolean held) {
        try {
            if (held) {
                letGo();
            }
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    // ---- checks

    private void check(long address, long length) {
        long size = sizeBytes;
        if (length < 0 || length > size || address < 0 || address > size - length) {
            throw outOfBounds(address, length, size);
        }
    }

    private static Trap outOfBounds(long address, long length, long size) {
        return new Trap(
                TrapKind.MEMORY_OUT_OF_BOUNDS,
                Long.toUnsignedString(length) + " bytes at " + Long.toUnsignedString(address) + " of a memory of "
                        + size);
    }

    // ---- the public accessors

    @Override
    public final MemoryType type() {
        return new MemoryType(
                declared.addressType(),
                new Limits(pageCount(), declared.limits().maximum()),
                declared.shared());
    }

    /** The allowance that growth draws from. */
    final Budget budget() {
        return budget;
    }

    /** The type as the module declares it. */
    final MemoryType declaredType() {
        return declared;
    }

    @Override
    public final long sizeBytes() {
        return sizeBytes;
    }

    @Override
    public final long pageCount() {
        return sizeBytes / PAGE_BYTES;
    }

    @Override
    public final synchronized long grow(long pages) {
        long oldSize = sizeBytes;
        if (pages < 0 || pages > (maximumBytes - oldSize) / PAGE_BYTES) {
            return -1;
        }
        long bytes = pages * PAGE_BYTES;
        if (bytes == 0) {
            return oldSize / PAGE_BYTES;
        }
        boolean held = holdUnlessActive();
        try {
            if (!budget.take(bytes)) {
                return -1;
            }
            if (!extend(oldSize, oldSize + bytes)) {
                budget.giveBack(bytes);
                return -1;
            }
            sizeBytes = oldSize + bytes;
            accessLimit = (int) sizeBytes;
            return oldSize / PAGE_BYTES;
        } finally {
            done(held);
        }
    }

    @Override
    public final byte loadByte(long address) {
        boolean held = holdUnlessActive();
        try {
            check(address, Byte.BYTES);
            return rawByte(address);
        } finally {
            done(held);
        }
    }

    @Override
    public final short loadShort(long address) {
        boolean held = holdUnlessActive();
        try {
            check(address, Short.BYTES);
            return rawShort(address);
        } finally {
            done(held);
        }
    }

    @Override
    public final int loadInt(long address) {
        boolean held = holdUnlessActive();
        try {
            check(address, Integer.BYTES);
            return rawInt(address);
        } finally {
            done(held);
        }
    }

    @Override
    public final long loadLong(long address) {
        boolean held = holdUnlessActive();
        try {
            check(address, Long.BYTES);
            return rawLong(address);
        } finally {
            done(held);
        }
    }

    @Override
    public final void storeByte(long address, byte value) {
        boolean held = holdUnlessActive();
        try {
            check(address, Byte.BYTES);
            putRawByte(address, value);
        } finally {
            done(held);
        }
    }

    @Override
    public final void storeShort(long address, short value) {
        boolean held = holdUnlessActive();
        try {
            check(address, Short.BYTES);
            putRawShort(address, value);
        } finally {
            done(held);
        }
    }

    @Override
    public final void storeInt(long address, int value) {
        boolean held = holdUnlessActive();
        try {
            check(address, Integer.BYTES);
            putRawInt(address, value);
        } finally {
            done(held);
        }
    }

    @Override
    public final void storeLong(long address, long value) {
        boolean held = holdUnlessActive();
        try {
            check(address, Long.BYTES);
            putRawLong(address, value);
        } finally {
            done(held);
        }
    }

    @Override
    public final void read(long address, byte[] target, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, target.length);
        boolean held = holdUnlessActive();
        try {
            check(address, length);
            rawRead(address, target, offset, length);
        } finally {
            done(held);
        }
    }

    @Override
    public final void write(long address, byte[] source, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, source.length);
        boolean held = holdUnlessActive();
        try {
            check(address, length);
            rawWrite(address, source, offset, length);
        } finally {
            done(held);
        }
    }

    @Override
    public final byte[] readBytes(long address, int length) {
        boolean held = holdUnlessActive();
        try {
            // Checked before the array exists: a guest's wrong length must not cost the host memory.
            check(address, length);
            byte[] bytes = new byte[length];
            rawRead(address, bytes, 0, length);
            return bytes;
        } finally {
            done(held);
        }
    }

    @Override
    public final void fill(long address, byte value, long length) {
        boolean held = holdUnlessActive();
        try {
            check(address, length);
            rawFill(address, value, length);
        } finally {
            done(held);
        }
    }

    @Override
    public final void copy(long target, long source, long length) {
        boolean held = holdUnlessActive();
        try {
            check(source, length);
            check(target, length);
            rawCopy(target, this, source, length);
        } finally {
            done(held);
        }
    }

    @Override
    public final <R, X extends Exception> R withBuffer(long address, int length, BufferOperation<R, X> operation)
            throws X {
        // Held even by the instance's own thread: the operation is foreign code and may close the instance.
        hold();
        try {
            check(address, length);
            return lend(address, length, operation);
        } finally {
            done(true);
        }
    }

    static ByteBuffer littleEndian(ByteBuffer buffer) {
        return buffer.order(ByteOrder.LITTLE_ENDIAN);
    }

    // ---- the bulk instructions, for generated code: the instance is active, so nothing needs holding

    /** {@code memory.grow} of a 32-bit memory: {@code pages} unsigned. */
    public final int growPages(int pages) {
        return (int) grow(Integer.toUnsignedLong(pages));
    }

    /** {@code memory.size} of a 32-bit memory. */
    public final int sizeInPages() {
        return (int) (sizeBytes >>> 16);
    }

    /**
     * {@code memory.fill}.
     *
     * @throws Trap if the range is not in the memory
     */
    public final void fillRange(long address, int value, long length) {
        check(address, length);
        if (length != 0) {
            rawFill(address, (byte) value, length);
        }
    }

    /**
     * {@code memory.copy} into this memory from another, or from itself as if through a buffer.
     *
     * @throws Trap if one of the ranges is not in its memory; nothing is copied then
     */
    public final void copyFrom(long target, LinearMemory sourceMemory, long source, long length) {
        sourceMemory.check(source, length);
        check(target, length);
        if (length != 0) {
            rawCopy(target, sourceMemory, source, length);
        }
    }

    /**
     * {@code memory.init} from a data segment.
     *
     * @param segment the bytes that hold the segment
     * @param segmentOffset where it begins in them
     * @param segmentLength its length, 0 after it was dropped
     * @throws Trap if one of the ranges does not fit; nothing is copied then
     */
    public final void initialize(
            long target, byte[] segment, int segmentOffset, int segmentLength, long source, long length) {
        if (length < 0 || source < 0 || source > segmentLength - length) {
            throw new Trap(TrapKind.MEMORY_OUT_OF_BOUNDS);
        }
        check(target, length);
        if (length != 0) {
            rawWrite(target, segment, segmentOffset + (int) source, (int) length);
        }
    }
}
