package dev.wherry.engine.runtime;

import dev.wherry.engine.MemoryKind;
import dev.wherry.wasm.DataSegment;
import dev.wherry.wasm.ElementSegment;
import dev.wherry.wasm.MemoryType;
import dev.wherry.wasm.Module;
import dev.wherry.wasm.SegmentMode;
import dev.wherry.wasm.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What every instantiation of a module does, worked out once: decoded constants, the images of its memories, and the segments
 * that are left to copy.
 */
final class InstancePlan {

    /** An active segment with where it goes. */
    record Placement(int segment, int target, Constant offset) {}

    /** A table's first elements. */
    record TableInitializer(int table, Constant value) {}

    /** An element segment: function indices, or expressions where there are none. */
    @SuppressWarnings("ArrayRecordComponent") // Private to the package and never compared.
    record Elements(int[] functions, Constant[] expressions, boolean dropped) {
        int size() {
            return functions.length + expressions.length;
        }
    }

    /**
     * The images of the memories that the module defines, and the data that they do not contain.
     *
     * @param remaining the active segments to copy into each instance
     * @param pieces the bytes of all segments; empty for those in the images, which count as dropped from the start
     */
    @SuppressWarnings("ArrayRecordComponent") // Private to the package and never compared.
    record MemoryPlan(List<MemoryImage> images, List<Placement> remaining, DataPiece[] pieces) {}

    private final EngineContext engine;
    private final Module module;
    private final List<Constant> globals;
    private final List<TableInitializer> tables;
    private final List<Elements> elements;
    private final List<Placement> elementPlacements;
    private final List<Placement> dataPlacements;
    private volatile Optional<MemoryPlan> memories = Optional.empty();

    InstancePlan(EngineContext engine, Module module) {
        this.engine = engine;
        this.module = module;
        globals = module.definedGlobals().stream()
                .map(global -> Constant.decode(module, global.initializer()))
                .toList();
        tables = tableInitializers(module);
        elements = new ArrayList<>(module.elementSegments().size());
        elementPlacements = new ArrayList<>();
        for (ElementSegment segment : module.elementSegments()) {
            addElements(segment);
        }
        dataPlacements = dataPlacements(module);
    }

    private static List<TableInitializer> tableInitializers(Module module) {
        List<TableInitializer> initializers = new ArrayList<>();
        int index = module.importedTableCount();
        for (Table table : module.definedTables()) {
            if (table.initializer().isPresent()) {
                Constant value = Constant.decode(module, table.initializer().get());
                initializers.add(new TableInitializer(index, value));
            }
            index++;
        }
        return List.copyOf(initializers);
    }

    private void addElements(ElementSegment segment) {
        int index = elements.size();
        switch (segment.mode()) {
            case SegmentMode.Active(int table, var offset) ->
                elementPlacements.add(new Placement(index, table, Constant.decode(module, offset)));
            case SegmentMode.Passive passive -> {}
            case SegmentMode.Declarative declarative -> {}
        }
        elements.add(new Elements(
                segment.functionIndices().stream().mapToInt(Integer::intValue).toArray(),
                segment.expressions().stream()
                        .map(expression -> Constant.decode(module, expression))
                        .toArray(Constant[]::new),
                segment.mode() instanceof SegmentMode.Declarative));
    }

    private static List<Placement> dataPlacements(Module module) {
        List<Placement> placements = new ArrayList<>();
        int index = 0;
        for (DataSegment segment : module.dataSegments()) {
            if (segment.mode() instanceof SegmentMode.Active(int memory, var offset)) {
                placements.add(new Placement(index, memory, Constant.decode(module, offset)));
            }
            index++;
        }
        return List.copyOf(placements);
    }

    /** The first values of the globals that the module defines. */
    List<Constant> globals() {
        return globals;
    }

    List<TableInitializer> tables() {
        return tables;
    }

    List<Elements> elements() {
        return elements;
    }

    /** The active element segments in order. */
    List<Placement> elementPlacements() {
        return elementPlacements;
    }

    /**
     * The images; built when the first instance needs them.
     *
     * @throws dev.wherry.engine.ResourceException if the machine refuses
     */
    MemoryPlan memories() {
        Optional<MemoryPlan> made = memories;
        if (made.isEmpty()) {
            synchronized (this) {
                made = memories;
                if (made.isEmpty()) {
                    made = Optional.of(planMemories());
                    memories = made;
                }
            }
        }
        return made.get();
    }

    private MemoryPlan planMemories() {
        Optional<List<MemoryImage>> complete = fitsImages() ? images(true) : Optional.empty();
        boolean imaged = complete.isPresent();
        DataPiece[] pieces = new DataPiece[module.dataSegments().size()];
        for (int i = 0; i < pieces.length; i++) {
            boolean spent = imaged && !(module.dataSegments().get(i).mode() instanceof SegmentMode.Passive);
            pieces[i] = spent ? DataPiece.EMPTY : piece(i);
        }
        return new MemoryPlan(
                complete.or(() -> images(false)).orElseThrow(), imaged ? List.of() : dataPlacements, pieces);
    }

    private DataPiece piece(int segment) {
        DataSegment data = module.dataSegments().get(segment);
        byte[] bytes = module.copyOfRange(data.offset(), data.offset() + data.length());
        return new DataPiece(bytes, 0, bytes.length);
    }

    /** Whether every active data segment goes to a known, sufficient place in a memory of the module itself. */
    private boolean fitsImages() {
        for (Placement placement : dataPlacements) {
            OptionalLong offset = placement.offset().fixed();
            if (placement.target() < module.importedMemoryCount() || offset.isEmpty()) {
                return false;
            }
            MemoryType memory = module.memories().get(placement.target());
            long size = memory.limits().minimum() * MemoryType.PAGE_BYTES;
            long address = address(memory, offset.getAsLong());
            long length = module.dataSegments().get(placement.segment()).length();
            if (address < 0 || address > size - length) {
                return false;
            }
        }
        return true;
    }

    /** The offset of a segment as an unsigned address of the memory. */
    static long address(MemoryType memory, long offset) {
        return switch (memory.addressType()) {
            case I32 -> offset & 0xffff_ffffL;
            case I64 -> offset;
        };
    }

    private Optional<List<MemoryImage>> images(boolean withData) {
        List<MemoryImage> images = new ArrayList<>();
        for (int memory = module.importedMemoryCount();
                memory < module.memories().size();
                memory++) {
            MemoryType type = module.memories().get(memory);
            long size = type.limits().minimum() * MemoryType.PAGE_BYTES;
            List<MemoryImage.Piece> pieces = withData ? imagePieces(memory, type) : List.of();
            Optional<MemoryImage> image = engine.memoryKind() == MemoryKind.HEAP
                    ? Optional.of(MemoryImage.forHeap(size, pieces))
                    : MemoryImage.forMapping(size, pieces);
            if (image.isEmpty()) {
                return Optional.empty();
            }
            images.add(image.get());
        }
        return Optional.of(List.copyOf(images));
    }

    private List<MemoryImage.Piece> imagePieces(int memory, MemoryType type) {
        List<MemoryImage.Piece> pieces = new ArrayList<>();
        for (Placement placement : dataPlacements) {
            if (placement.target() == memory) {
                DataPiece piece = piece(placement.segment());
                long address = address(type, placement.offset().fixed().orElseThrow());
                pieces.add(new MemoryImage.Piece(address, piece.bytes(), piece.offset(), piece.length()));
            }
        }
        return pieces;
    }
}
