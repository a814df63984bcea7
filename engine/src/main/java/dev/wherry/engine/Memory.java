package dev.wherry.engine;

import dev.wherry.engine.runtime.LinearMemory;
import dev.wherry.wasm.MemoryType;
import java.nio.ByteBuffer;

/**
 * A linear memory: bytes from address 0 to {@link #sizeBytes}, little-endian, growing in pages of 64 KiB, never shrinking.
 *
 * <p>Every access is checked and throws a {@link Trap} of kind {@link TrapKind#MEMORY_OUT_OF_BOUNDS} beyond the end, before any byte
 * changes. Addresses are unsigned; an {@code i32} address of a guest widens with {@link Integer#toUnsignedLong}. After the owning
 * instance was closed every access throws {@link IllegalStateException}: the memory is never read after it was given back,
 * whatever threads race. Otherwise a memory is as thread-safe as a plain byte array.
 *
 * @see <a href="https://webassembly.github.io/spec/core/exec/runtime.html#memory-instances">Memory instances</a>
 */
public sealed interface Memory extends Extern permits LinearMemory {

    /** The size of a page in bytes. */
    int PAGE_BYTES = 65_536;

    /** The type with its current size as the minimum. */
    MemoryType type();

    /** The current size in bytes. */
    long sizeBytes();

    /** The current size in pages. */
    long pageCount();

    /**
     * Grows by a number of pages.
     *
     * @return the previous size in pages, or -1 if the type's maximum, the instance's limits or the machine refuse
     */
    long grow(long pages);

    /** The byte at {@code address}. */
    byte loadByte(long address);

    /** The two bytes at {@code address}. */
    short loadShort(long address);

    /** The four bytes at {@code address}. */
    int loadInt(long address);

    /** The eight bytes at {@code address}. */
    long loadLong(long address);

    /** Sets the byte at {@code address}. */
    void storeByte(long address, byte value);

    /** Sets the two bytes at {@code address}. */
    void storeShort(long address, short value);

    /** Sets the four bytes at {@code address}. */
    void storeInt(long address, int value);

    /** Sets the eight bytes at {@code address}. */
    void storeLong(long address, long value);

    /**
     * Copies bytes out of the memory.
     *
     * @throws IndexOutOfBoundsException if {@code offset} and {@code length} are no range of {@code target}
     */
    void read(long address, byte[] target, int offset, int length);

    /**
     * Copies bytes into the memory.
     *
     * @throws IndexOutOfBoundsException if {@code offset} and {@code length} are no range of {@code source}
     */
    void write(long address, byte[] source, int offset, int length);

    /** Copies bytes out of the memory into a new array. */
    byte[] readBytes(long address, int length);

    /** Copies a whole array into the memory. */
    default void writeBytes(long address, byte[] source) {
        write(address, source, 0, source.length);
    }

    /** Sets a range of bytes to one value. */
    void fill(long address, byte value, long length);

    /** Copies within the memory, as if through a buffer. */
    void copy(long target, long source, long length);

    /**
     * Lends a range of the memory as a little-endian buffer for the duration of one operation, without copying.
     *
     * <p>The buffer must not be kept: after {@code operation} returned, its use is an error that is detected, and the memory is
     * not given back before. {@code operation} must not call into the guest or grow the memory.
     *
     * @return what the operation returns
     * @throws X what the operation throws
     */
    <R, X extends Exception> R withBuffer(long address, int length, BufferOperation<R, X> operation) throws X;

    /**
     * One operation on a lent buffer, for example a read from a channel.
     *
     * @param <R> its result
     * @param <X> what it may throw
     */
    @FunctionalInterface
    interface BufferOperation<R, X extends Exception> {
        /** Performs the operation. */
        R apply(ByteBuffer buffer) throws X;
    }
}
