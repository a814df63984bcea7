package dev.wherry.engine.runtime;

import java.lang.ref.Cleaner;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The first content of a memory of one module: its size and its data segments, built once and shared by all instances.
 *
 * <p>For mapped memories the parts that hold data stand in a sealed anonymous file; for heap memories the segments are copied
 * into each new array.
 */
final class MemoryImage {

    /** A piece of initial data. Pieces apply in order, later ones over earlier ones. */
    @SuppressWarnings("ArrayRecordComponent") // A range of shared bytes that is never compared.
    record Piece(long address, byte[] bytes, int offset, int length) {}

    /** A page-aligned part of the memory that the file holds, at {@code fileOffset}. */
    record Run(long address, long bytes, long fileOffset) {}

    /** Runs with less space between them than this become one. */
    private static final long MERGE_GAP = 256 << 10;

    /** More runs than this would cost an instance more mappings than they are worth. */
    private static final int MAX_RUNS = 8;

    /** The unit of runs: the largest page size of the supported machines. */
    private static final long GRANULE = 64 << 10;

    private static final Cleaner CLEANER = Cleaner.create();

    private final long initialBytes;
    private final List<Piece> pieces;
    private final List<Run> runs;
    /** The file with the runs; -1 if there is none. */
    private final int file;
    /** Slots that show this image and are not in use; guarded by the pool. */
    private final ArrayDeque<Slot> freeSlots = new ArrayDeque<>();

    private MemoryImage(long initialBytes, List<Piece> pieces, List<Run> runs, int file) {
        this.initialBytes = initialBytes;
        this.pieces = List.copyOf(pieces);
        this.runs = List.copyOf(runs);
        this.file = file;
    }

    /** An image for heap memories: the pieces as they are, which must lie within the initial size. */
    static MemoryImage forHeap(long initialBytes, List<Piece> pieces) {
        return new MemoryImage(initialBytes, pieces, List.of(), -1);
    }

    /**
     * An image for mapped memories; empty if the pieces are scattered so widely that applying them to each instance is cheaper.
     *
     * @throws dev.wherry.engine.ResourceException if the machine refuses the file
     */
    static Optional<MemoryImage> forMapping(long initialBytes, List<Piece> pieces) {
        List<Run> runs = runs(pieces);
        if (runs.size() > MAX_RUNS) {
            return Optional.empty();
        }
        if (runs.isEmpty()) {
            return Optional.of(new MemoryImage(initialBytes, pieces, runs, -1));
        }
        Run last = runs.getLast();
        int file = LinuxMemory.createFile("wherry-memory-image", last.fileOffset() + last.bytes());
        boolean ready = false;
        try {
            for (Piece piece : pieces) {
                if (piece.length() != 0) {
                    LinuxMemory.write(file, fileOffset(runs, piece), piece.bytes(), piece.offset(), piece.length());
                }
            }
            LinuxMemory.seal(file);
            ready = true;
        } finally {
            if (!ready) {
                LinuxMemory.closeFile(file);
            }
        }
        MemoryImage image = new MemoryImage(initialBytes, pieces, runs, file);
        CLEANER.register(image, () -> LinuxMemory.closeFile(file));
        return Optional.of(image);
    }

    private static List<Run> runs(List<Piece> pieces) {
        List<Piece> sorted = pieces.stream()
                .filter(piece -> piece.length() != 0)
                .sorted(Comparator.comparingLong(Piece::address))
                .toList();
        List<Run> runs = new ArrayList<>();
        for (Piece piece : sorted) {
            long start = piece.address() & -GRANULE;
            long end = piece.address() + piece.length() + GRANULE - 1 & -GRANULE;
            Run last = runs.isEmpty() ? new Run(Long.MIN_VALUE, 0, 0) : runs.getLast();
            long lastEnd = last.address() + last.bytes();
            if (!runs.isEmpty() && start - lastEnd < MERGE_GAP) {
                runs.set(
                        runs.size() - 1,
                        new Run(last.address(), Math.max(lastEnd, end) - last.address(), last.fileOffset()));
            } else {
                runs.add(new Run(start, end - start, last.fileOffset() + last.bytes()));
            }
        }
        return runs;
    }

    private static long fileOffset(List<Run> runs, Piece piece) {
        for (Run run : runs) {
            if (piece.address() >= run.address() && piece.address() < run.address() + run.bytes()) {
                return run.fileOffset() + piece.address() - run.address();
            }
        }
        throw new IllegalStateException("no run holds the piece at " + piece.address());
    }

    long initialBytes() {
        return initialBytes;
    }

    /** Maps the runs over a slot whose initial size is accessible and zero. */
    void mapInto(long base) {
        for (Run run : runs) {
            LinuxMemory.mapPrivate(base + run.address(), run.bytes(), file, run.fileOffset());
        }
    }

    /** A new array with the initial content. */
    byte[] newArray() {
        byte[] array = new byte[Math.toIntExact(initialBytes)];
        for (Piece piece : pieces) {
            System.arraycopy(piece.bytes(), piece.offset(), array, (int) piece.address(), piece.length());
        }
        return array;
    }

    // ---- guarded by the pool

    @Nullable
    Slot pollFree() {
        return freeSlots.pollLast();
    }

    void addFree(Slot slot) {
        freeSlots.addLast(slot);
    }

    void removeFree(Slot slot) {
        freeSlots.remove(slot);
    }
}
