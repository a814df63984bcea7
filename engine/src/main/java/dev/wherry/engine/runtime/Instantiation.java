package dev.wherry.engine.runtime;

import dev.wherry.engine.Imports;
import dev.wherry.engine.InstanceLimits;
import dev.wherry.engine.LimitException;
import dev.wherry.engine.MemoryKind;
import dev.wherry.engine.Trap;
import dev.wherry.wasm.AddressType;
import dev.wherry.wasm.GlobalType;
import dev.wherry.wasm.MemoryType;
import dev.wherry.wasm.Module;
import dev.wherry.wasm.ReferenceType;
import dev.wherry.wasm.TableType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One instantiation of a module, in the order of the specification: link, allocate, initialize, run the element and data
 * segments, run the start function.
 *
 * @see <a href="https://webassembly.github.io/spec/core/exec/modules.html#instantiation">Instantiation</a>
 */
final class Instantiation {

    private final LoadedModule loaded;
    private final Module module;
    private final EngineContext engine;
    private final Imports imports;
    private final InstanceLimits limits;
    private final FunctionReference[] importedFunctions;
    private final TableInstance[] tables;
    private final LinearMemory[] memories;
    private final GlobalCell[] globals;
    private final TagInstance[] tags;
    private int heldMemories;

    Instantiation(LoadedModule loaded, Imports imports, InstanceLimits limits) {
        this.loaded = loaded;
        this.module = loaded.module();
        this.engine = loaded.engine();
        this.imports = imports;
        this.limits = limits;
        importedFunctions = new FunctionReference[module.importedFunctionCount()];
        tables = new TableInstance[module.tables().size()];
        memories = new LinearMemory[module.memories().size()];
        globals = new GlobalCell[module.globals().size()];
        tags = new TagInstance[module.tags().size()];
    }

    GuestInstance run() {
        checkCounts();
        new Linker(loaded, imports).link(importedFunctions, tables, memories, globals, tags);
        InstanceCounter.Ticket ticket = engine.instances().admit();
        GuestInstance instance = allocate(ticket);
        boolean complete = false;
        try {
            initialize(instance);
            complete = true;
            return instance;
        } finally {
            if (!complete && !mayHaveLeaked()) {
                instance.close();
            }
        }
    }

    private void checkCounts() {
        checkCount(
                "maxMemories",
                "the module's memories",
                memories.length - module.importedMemoryCount(),
                limits.maxMemories());
        checkCount("maxTables", "the module's tables", tables.length - module.importedTableCount(), limits.maxTables());
        checkCount(
                "maxGlobals",
                "the module's globals",
                globals.length - module.importedGlobalCount(),
                limits.maxGlobals());
    }

    private static void checkCount(String limit, String what, int wanted, int allowed) {
        if (wanted > allowed) {
            throw new LimitException(limit, what, wanted, allowed, "of them");
        }
    }

    /**
     * Whether something outside may hold a reference to the failed instance: its functions can stand in an imported table or have
     * gone to an imported function. The specification keeps such an instance alive, so it is left to the garbage collector.
     */
    private boolean mayHaveLeaked() {
        return module.importedTableCount() > 0
                || module.importedFunctionCount() > 0
                || module.importedGlobalCount() > 0;
    }

    private GuestInstance allocate(InstanceCounter.Ticket ticket) {
        boolean complete = false;
        try {
            holdImportedMemories();
            allocateMemories();
            allocateTables();
            allocateGlobals();
            allocateTags();
            InstancePlan plan = loaded.plan();
            GuestInstance instance = loaded.factory()
                    .create(new InstanceSetup(
                            loaded,
                            importedFunctions,
                            new FunctionReference[loaded.referenceSlots().count()],
                            memories,
                            tables,
                            globals,
                            tags,
                            plan.memories().pieces().clone(),
                            new Object[plan.elements().size()][],
                            ticket));
            for (int i = module.importedMemoryCount(); i < memories.length; i++) {
                memories[i].ownedBy(instance);
            }
            complete = true;
            return instance;
        } finally {
            if (!complete) {
                for (int i = 0; i < heldMemories; i++) {
                    memories[i].letGo();
                }
                ticket.giveBack();
            }
        }
    }

    private void holdImportedMemories() {
        while (heldMemories < module.importedMemoryCount()) {
            memories[heldMemories].hold();
            heldMemories++;
        }
    }

    private void allocateMemories() {
        if (heldMemories == memories.length) {
            return;
        }
        List<MemoryType> types = module.memories();
        Budget budget = charged(types.subList(heldMemories, types.size()), limits);
        List<MemoryImage> images = loaded.plan().memories().images();
        for (int i = heldMemories; i < memories.length; i++) {
            MemoryImage image = images.get(i - module.importedMemoryCount());
            memories[i] = engine.memoryKind() == MemoryKind.HEAP
                    ? new HeapMemory(types.get(i), budget, image.newArray())
                    : MappedMemory.of(types.get(i), budget, engine.slots(), image);
            heldMemories++;
        }
    }

    /**
     * The budget of an instance with these memories, charged for their initial sizes.
     *
     * @throws LimitException if they exceed it
     */
    static Budget charged(List<MemoryType> types, InstanceLimits limits) {
        Budget budget = new Budget("maxMemoryBytes", limits.maxMemoryBytes());
        types.forEach(type -> charge(budget, type));
        return budget;
    }

    private static void charge(Budget budget, MemoryType type) {
        long pages = type.limits().minimum();
        boolean representable = Long.compareUnsigned(pages, Long.MAX_VALUE / MemoryType.PAGE_BYTES) <= 0;
        long bytes = representable ? pages * MemoryType.PAGE_BYTES : Long.MAX_VALUE;
        if (!representable || !budget.take(bytes)) {
            throw new LimitException(budget.limit(), "the module's initial memory", bytes, budget.allowed(), "bytes");
        }
        if (bytes > LinearMemory.MAX_BYTES) {
            throw new LimitException(
                    "memoryBytes", "the module's initial memory", bytes, LinearMemory.MAX_BYTES, "bytes");
        }
    }

    private void allocateTables() {
        int imported = module.importedTableCount();
        if (imported == tables.length) {
            return;
        }
        Budget budget = chargedTables(module.tables().subList(imported, tables.length), limits);
        for (int i = imported; i < tables.length; i++) {
            tables[i] = new TableInstance(module.tables().get(i), loaded.types(), budget, null);
        }
    }

    /**
     * The budget of an instance with these tables, charged for their initial sizes.
     *
     * @throws LimitException if they exceed it
     */
    static Budget chargedTables(List<TableType> types, InstanceLimits limits) {
        Budget budget = new Budget("maxTableElements", limits.maxTableElements());
        for (TableType type : types) {
            long minimum = type.limits().minimum();
            if (minimum < 0 || minimum > TableInstance.MAX_ELEMENTS || !budget.take(minimum)) {
                throw new LimitException(
                        budget.limit(), "the module's initial tables", minimum, budget.allowed(), "elements");
            }
        }
        return budget;
    }

    private void allocateGlobals() {
        for (int i = module.importedGlobalCount(); i < globals.length; i++) {
            globals[i] = new GlobalCell(module.globals().get(i), loaded.types());
        }
    }

    private void allocateTags() {
        for (int i = module.importedTagCount(); i < tags.length; i++) {
            int typeIndex = module.tags().get(i).typeIndex();
            tags[i] = new TagInstance(
                    module.functionTypeAt(typeIndex), loaded.types().canonical(typeIndex));
        }
    }

    /** For the instance's constructor: gives the globals and tables their first values, which may refer to its functions. */
    static void initializeValues(GuestInstance instance, LoadedModule loaded) {
        InstancePlan plan = loaded.plan();
        Constant.Scope scope = instance.scope();
        int global = loaded.module().importedGlobalCount();
        List<GlobalType> types = loaded.module().globals();
        for (Constant constant : plan.globals()) {
            boolean reference = types.get(global).valueType() instanceof ReferenceType;
            constant.storeInto(instance.globals[global++], reference, scope);
        }
        for (InstancePlan.TableInitializer initializer : plan.tables()) {
            TableInstance table = instance.tables[initializer.table()];
            @Nullable Object value = initializer.value().reference(scope);
            if (value != null) {
                table.fillRange(0, value, table.size());
            }
        }
        int segment = 0;
        for (InstancePlan.Elements elements : plan.elements()) {
            instance.elementSegments[segment++] = evaluate(elements, instance, scope);
        }
    }

    private static @Nullable Object[] evaluate(
            InstancePlan.Elements elements, GuestInstance instance, Constant.Scope scope) {
        if (elements.dropped()) {
            return TableInstance.NO_ELEMENTS;
        }
        @Nullable Object[] values = new Object[elements.size()];
        int[] functions = elements.functions();
        for (int i = 0; i < functions.length; i++) {
            values[i] = instance.functionReference(functions[i]);
        }
        Constant[] expressions = elements.expressions();
        for (int i = 0; i < expressions.length; i++) {
            values[i] = expressions[i].reference(scope);
        }
        return values;
    }

    private void initialize(GuestInstance instance) {
        InstancePlan plan = loaded.plan();
        Constant.Scope scope = instance.scope();
        try {
            for (InstancePlan.Placement placement : plan.elementPlacements()) {
                TableInstance table = tables[placement.target()];
                long offset = placement.offset().bits(scope);
                boolean narrow = table.declaredType().addressType() == AddressType.I32;
                @Nullable Object[] values = instance.elementSegments[placement.segment()];
                table.initialize(narrow ? offset & 0xffff_ffffL : offset, values, 0, values.length);
                instance.dropElements(placement.segment());
            }
        } catch (Trap trap) {
            forgetImages();
            throw trap;
        }
        for (InstancePlan.Placement placement : plan.memories().remaining()) {
            LinearMemory memory = memories[placement.target()];
            long address = InstancePlan.address(
                    memory.declaredType(), placement.offset().bits(scope));
            DataPiece piece = instance.dataSegments[placement.segment()];
            memory.initialize(address, piece.bytes(), piece.offset(), piece.length(), 0, piece.length());
            instance.dropData(placement.segment());
        }
        if (module.start().isPresent()) {
            instance.start(module.start().getAsInt());
        }
    }

    /** Data segments come after element segments: when one of these traps, none of the data may show. */
    private void forgetImages() {
        for (int i = module.importedMemoryCount(); i < memories.length; i++) {
            memories[i].fill(0, (byte) 0, memories[i].sizeBytes());
        }
    }
}
