package dev.wherry.engine.runtime;

import dev.wherry.wasm.MemoryType;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A memory in a byte array. The array is replaced when the memory outgrows it, so generated code reads {@link #bytes} before
 * each access.
 *
 * <p>The array may be longer than the memory: checks go by {@link #sizeBytes}, never by the array.
 */
public final class HeapMemory extends LinearMemory {

    private static final byte[] GONE = new byte[0];
    private static final VarHandle SHORT = view(short[].class);
    private static final VarHandle INT = view(int[].class);
    private static final VarHandle LONG = view(long[].class);

    /** The storage; read by generated code. Plain for the same reason as {@link #accessLimit}. */
    public byte[] bytes;

    HeapMemory(MemoryType declared, Budget budget, byte[] bytes) {
        super(declared, bytes.length, budget);
        this.bytes = bytes;
    }

    private static VarHandle view(Class<?> type) {
        return MethodHandles.byteArrayViewVarHandle(type, ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    boolean extend(long oldSize, long newSize) {
        byte[] current = bytes;
        if (newSize > current.length) {
            // Growing page by page, as malloc does, would copy quadratically: take half as much again, within the
            // maximum.
            long room = Math.min(MAX_BYTES, Math.max(newSize, current.length + (current.length >> 1)));
            try {
                bytes = Arrays.copyOf(current, (int)
                        Math.max(newSize, Math.min(room, maximumBytes(declaredType(), budget()))));
            } catch (OutOfMemoryError e) {
                return false;
            }
        }
        return true;
    }

    @Override
    void free() {
        // An accessor that raced past the check meets an empty array and the JVM's own bounds check.
        bytes = GONE;
    }

    @Override
    byte rawByte(long address) {
        return bytes[(int) address];
    }

    @Override
    short rawShort(long address) {
        return (short) SHORT.get(bytes, (int) address);
    }

    @Override
    int rawInt(long address) {
        return (int) INT.get(bytes, (int) address);
    }

    @Override
    long rawLong(long address) {
        return (long) LONG.get(bytes, (int) address);
    }

    @Override
    void putRawByte(long address, byte value) {
        bytes[(int) address] = value;
    }

    @Override
    void putRawShort(long address, short value) {
        SHORT.set(bytes, (int) address, value);
    }

    @Override
    void putRawInt(long address, int value) {
        INT.set(bytes, (int) address, value);
    }

    @Override
    void putRawLong(long address, long value) {
        LONG.set(bytes, (int) address, value);
    }

    @Override
    void rawRead(long address, byte[] target, int offset, int length) {
        System.arraycopy(bytes, (int) address, target, offset, length);
    }

    @Override
    void rawWrite(long address, byte[] source, int offset, int length) {
        System.arraycopy(source, offset, bytes, (int) address, length);
    }

    @Override
    void rawFill(long address, byte value, long length) {
        Arrays.fill(bytes, (int) address, (int) (address + length), value);
    }

    @Override
    void rawCopy(long target, LinearMemory sourceMemory, long source, long length) {
        switch (sourceMemory) {
            case HeapMemory heap -> System.arraycopy(heap.bytes, (int) source, bytes, (int) target, (int) length);
            case MappedMemory mapped -> mapped.rawRead(source, bytes, (int) target, (int) length);
        }
    }

    @Override
    <R, X extends Exception> R lend(long address, int length, BufferOperation<R, X> operation) throws X {
        return operation.apply(
                littleEndian(ByteBuffer.wrap(bytes, (int) address, length).slice()));
    }
}
