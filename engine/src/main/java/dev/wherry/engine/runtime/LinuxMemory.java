package dev.wherry.engine.runtime;

import dev.wherry.engine.ResourceException;
import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * The system calls behind mapped memories, as Linux on x86-64 and AArch64 defines them.
 *
 * <p>All addresses are raw. Failures become {@link ResourceException} with the call, its {@code errno} and the setting that
 * usually lies behind it.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/mmap.2.html">mmap(2)</a>
 * @see <a href="https://man7.org/linux/man-pages/man2/memfd_create.2.html">memfd_create(2)</a>
 */
final class LinuxMemory {

    static final int PROT_NONE = 0;
    static final int PROT_READ_WRITE = 1 | 2;

    private static final int MAP_PRIVATE = 0x02;
    private static final int MAP_FIXED = 0x10;
    private static final int MAP_ANONYMOUS = 0x20;
    private static final int MAP_NORESERVE = 0x4000;
    private static final int MADV_DONTNEED = 4;
    private static final int MFD_CLOEXEC = 1;
    private static final int MFD_ALLOW_SEALING = 2;
    private static final int F_ADD_SEALS = 1033;
    private static final int F_SEAL_ALL = 1 | 2 | 4 | 8;
    private static final int ENOMEM = 12;
    private static final int EMFILE = 24;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = CALL_STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final AddressLayout POINTER = ValueLayout.ADDRESS;

    private static final MethodHandle MMAP = call("mmap", FunctionDescriptor.of(LONG, LONG, LONG, INT, INT, INT, LONG));
    private static final MethodHandle MUNMAP = call("munmap", FunctionDescriptor.of(INT, LONG, LONG));
    private static final MethodHandle MPROTECT = call("mprotect", FunctionDescriptor.of(INT, LONG, LONG, INT));
    private static final MethodHandle MADVISE = call("madvise", FunctionDescriptor.of(INT, LONG, LONG, INT));
    private static final MethodHandle MEMFD_CREATE = call("memfd_create", FunctionDescriptor.of(INT, POINTER, INT));
    private static final MethodHandle FTRUNCATE = call("ftruncate", FunctionDescriptor.of(INT, INT, LONG));
    private static final MethodHandle PWRITE = call("pwrite", FunctionDescriptor.of(LONG, INT, POINTER, LONG, LONG));
    private static final MethodHandle CLOSE = call("close", FunctionDescriptor.of(INT, INT));
    private static final MethodHandle FCNTL =
            call("fcntl", FunctionDescriptor.of(INT, INT, INT, INT), Linker.Option.firstVariadicArg(2));

    private LinuxMemory() {}

    @SuppressWarnings("restricted") // Calling the system is what this class is for.
    private static MethodHandle call(String name, FunctionDescriptor type, Linker.Option... options) {
        Linker.Option[] all = new Linker.Option[options.length + 1];
        all[0] = Linker.Option.captureCallState("errno");
        System.arraycopy(options, 0, all, 1, options.length);
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), type, all);
    }

    /** Reserves address space without memory behind it. */
    static long reserve(long bytes) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CALL_STATE);
            long address = (long)
                    MMAP.invokeExact(state, 0L, bytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0L);
            if (address == -1) {
                throw failure("mmap", "reserving " + bytes + " bytes of address space for a memory", errno(state));
            }
            return address;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Maps a file copy-on-write, readable and writable, over a part of a reservation. */
    static void mapPrivate(long address, long bytes, int fileDescriptor, long fileOffset) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CALL_STATE);
            long result = (long) MMAP.invokeExact(
                    state,
                    address,
                    bytes,
                    PROT_READ_WRITE,
                    MAP_PRIVATE | MAP_FIXED | MAP_NORESERVE,
                    fileDescriptor,
                    fileOffset);
            if (result == -1) {
                throw failure("mmap", "mapping the initial image of a memory", errno(state));
            }
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Makes a part of a reservation readable and writable. */
    static boolean commit(long address, long bytes) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CALL_STATE);
            return (int) MPROTECT.invokeExact(state, address, bytes, PROT_READ_WRITE) == 0;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Drops all pages: a private file mapping shows its file again, anonymous memory reads as zero. */
    static void discard(long address, long bytes) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CALL_STATE);
            if ((int) MADVISE.invokeExact(state, address, bytes, MADV_DONTNEED) != 0) {
                throw failure("madvise", "resetting a memory", errno(state));
            }
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Gives a reservation back. */
    static void release(long address, long bytes) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CALL_STATE);
            if ((int) MUNMAP.invokeExact(state, address, bytes) != 0) {
                throw failure("munmap", "giving back a memory", errno(state));
            }
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** An anonymous file of the given size, all zero. */
    static int createFile(String name, long bytes) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CALL_STATE);
            int descriptor =
                    (int) MEMFD_CREATE.invokeExact(state, arena.allocateFrom(name), MFD_CLOEXEC | MFD_ALLOW_SEALING);
            if (descriptor < 0) {
                throw failure("memfd_create", "making the initial image of a memory", errno(state));
            }
            if ((int) FTRUNCATE.invokeExact(state, descriptor, bytes) != 0) {
                int error = errno(state);
                closeFile(descriptor);
                throw failure("ftruncate", "making the initial image of a memory of " + bytes + " bytes", error);
            }
            return descriptor;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Writes a whole range of an array into a file. */
    static void write(int descriptor, long fileOffset, byte[] bytes, int offset, int length) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CALL_STATE);
            MemorySegment copy = arena.allocate(Math.max(1, length));
            MemorySegment.copy(bytes, offset, copy, ValueLayout.JAVA_BYTE, 0, length);
            long done = 0;
            while (done < length) {
                long count = (long)
                        PWRITE.invokeExact(state, descriptor, copy.asSlice(done), length - done, fileOffset + done);
                if (count <= 0) {
                    throw failure("pwrite", "filling the initial image of a memory", errno(state));
                }
                done += count;
            }
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Makes a file immutable for good. */
    static void seal(int descriptor) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CALL_STATE);
            if ((int) FCNTL.invokeExact(state, descriptor, F_ADD_SEALS, F_SEAL_ALL) != 0) {
                throw failure("fcntl", "sealing the initial image of a memory", errno(state));
            }
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Closes a file; mappings of it stay. */
    static void closeFile(int descriptor) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CALL_STATE);
            int ignored = (int) CLOSE.invokeExact(state, descriptor);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private static int errno(MemorySegment state) {
        return (int) ERRNO.get(state, 0L);
    }

    private static ResourceException failure(String call, String purpose, int errno) {
        String wayOut = switch (errno) {
            case ENOMEM ->
                " (ENOMEM): the process has no address space or mappings left; raise vm.max_map_count"
                        + " (sysctl -w vm.max_map_count=262144), lift ulimit -v, or lower maxMemoryBytes or maxInstances";
            case EMFILE -> " (EMFILE): the process has no file descriptors left; raise ulimit -n";
            default -> "";
        };
        return new ResourceException(call + " failed while " + purpose + ": errno " + errno + wayOut);
    }

    private static RuntimeException unexpected(Throwable e) {
        switch (e) {
            case RuntimeException exception -> throw exception;
            case Error error -> throw error;
            default -> throw new IllegalStateException(e);
        }
    }
}
