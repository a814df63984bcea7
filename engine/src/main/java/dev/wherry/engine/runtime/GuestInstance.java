package dev.wherry.engine.runtime;

import dev.wherry.engine.CompiledModule;
import dev.wherry.engine.Extern;
import dev.wherry.engine.Function;
import dev.wherry.engine.Global;
import dev.wherry.engine.Instance;
import dev.wherry.engine.Memory;
import dev.wherry.engine.Table;
import dev.wherry.engine.Trap;
import dev.wherry.engine.TrapKind;
import dev.wherry.wasm.Export;
import java.lang.ref.Reference;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An instance; the compiler generates one subclass per module, with fields for what its functions use.
 *
 * <p>Index spaces count imports first, as the specification does. What generated code and the runtime share stands in public
 * fields and methods of this package, which no other module can see.
 */
@SuppressWarnings("ReferenceEquality") // Instances are told apart by identity.
public abstract non-sealed class GuestInstance extends Activation implements Instance {

    private static final long[] NO_BITS = new long[0];
    private static final @Nullable Object[] NO_ARGUMENTS = new Object[0];

    /** The memories by index; the generated subclass copies the ones it uses into fields. */
    public final LinearMemory[] memories;

    /** The tables by index. */
    public final TableInstance[] tables;

    /** The globals by index; those that only this module can see hold their first value and are not used afterwards. */
    public final GlobalCell[] globals;

    /** The tags by index. */
    public final TagInstance[] tags;

    /** The imported functions by index. */
    public final FunctionReference[] importedFunctions;

    /**
     * Where several results of one function travel between functions: result {@code i} in slot {@code i} of this array or of
     * {@link #resultReferences}. Sized by the generated constructor; empty where no function has several.
     */
    public long[] resultBits = NO_BITS;

    /** See {@link #resultBits}. */
    public @Nullable Object[] resultReferences = NO_ARGUMENTS;

    private final LoadedModule module;
    private final FunctionReference[] functions;
    private final InstanceCounter.Ticket ticket;

    /** The bytes of each data segment; empty once dropped. */
    final DataPiece[] dataSegments;

    /** The elements of each element segment; empty once dropped. */
    final @Nullable Object[][] elementSegments;

    private volatile @Nullable Map<String, Extern> exports;

    /** For generated subclasses: takes over what the linker prepared. */
    protected GuestInstance(InstanceSetup setup) {
        module = setup.module();
        memories = setup.memories();
        tables = setup.tables();
        globals = setup.globals();
        tags = setup.tags();
        importedFunctions = setup.importedFunctions();
        functions = setup.functions();
        ticket = setup.ticket();
        dataSegments = setup.dataSegments();
        elementSegments = setup.elementSegments();
        Instantiation.initializeValues(this, module);
    }

    /**
     * Calls a function of this module by index; generated as one switch over the functions that something outside the code can
     * reach: exports, references and the start function.
     *
     * @param bits parameters in, results out, see {@link RawValues}
     * @param references likewise; empty where the function's type has none
     */
    protected abstract void invoke(int functionIndex, long[] bits, @Nullable Object[] references);

    // ---- calls

    /** Calls from the host: the boundary at which whatever the guest did becomes its public form. */
    final void run(int functionIndex, RawValues values) {
        int depth = enter();
        try {
            if (stopRequested != 0) {
                stopIfRequested();
            }
            invoke(functionIndex, values.bits(), values.references());
        } catch (Throwable e) {
            throw outcome(e, depth == 0);
        } finally {
            leave(depth);
            Reference.reachabilityFence(this);
        }
    }

    /** Calls from another instance's code. */
    final void runFrom(GuestInstance caller, int functionIndex, RawValues values) {
        if (caller == this) {
            invoke(functionIndex, values.bits(), values.references());
            return;
        }
        Activation previous = caller.callInto(this);
        try {
            int depth = enter();
            try {
                invoke(functionIndex, values.bits(), values.references());
            } finally {
                leave(depth);
            }
        } catch (Throwable e) {
            throw GuestFailure.convert(e);
        } finally {
            caller.returnFrom(this, previous);
            Reference.reachabilityFence(this);
        }
    }

    private RuntimeException outcome(Throwable thrown, boolean outermost) {
        TrapKind pending = pendingStop();
        if (thrown instanceof HostFailure failure) {
            Throwable cause = failure.hostException();
            if (pending != null) {
                // The host function failed because its thread was interrupted for this.
                served(outermost);
                return new Trap(pending, cause);
            }
            Throwable host = GuestFailure.hostOutcome(cause);
            throw HostFailure.sneak(host);
        }
        RuntimeException converted = GuestFailure.convert(thrown);
        if (pending != null && converted instanceof Trap trap && trap.kind() == pending) {
            served(outermost);
        }
        return converted;
    }

    private void served(boolean outermost) {
        if (outermost) {
            stopServed();
        }
    }

    // ---- for generated code

    /** The reference to a function of this module; the same object every time. */
    public final FunctionReference functionReference(int functionIndex) {
        if (functionIndex < importedFunctions.length) {
            return importedFunctions[functionIndex];
        }
        int slot = module.referenceSlots().slot(functionIndex);
        FunctionReference function = functions[slot];
        if (function == null) {
            function = new WasmFunction(this, functionIndex, module.canonicalType(functionIndex));
            functions[slot] = function;
        }
        return function;
    }

    /** The labels of the {@code br_table} at an offset of the module, the default last; not to be changed. */
    public final int[] branchTable(int codeOffset) {
        return module.branchTable(codeOffset);
    }

    /** {@code memory.init}. */
    public final void initializeMemory(int memoryIndex, int segment, long target, long source, long length) {
        DataPiece piece = dataSegments[segment];
        memories[memoryIndex].initialize(target, piece.bytes(), piece.offset(), piece.length(), source, length);
    }

    /** {@code data.drop}. */
    public final void dropData(int segment) {
        dataSegments[segment] = DataPiece.EMPTY;
    }

    /** {@code table.init}. */
    public final void initializeTable(int tableIndex, int segment, long target, long source, long count) {
        tables[tableIndex].initialize(target, elementSegments[segment], source, count);
    }

    /** {@code elem.drop}. */
    public final void dropElements(int segment) {
        elementSegments[segment] = TableInstance.NO_ELEMENTS;
    }

    /** Where the module's constant expressions find what they refer to. */
    final Constant.Scope scope() {
        return new Constant.Scope() {
            @Override
            public GlobalCell global(int index) {
                return globals[index];
            }

            @Override
            public FunctionReference function(int index) {
                return functionReference(index);
            }
        };
    }

    /** Runs the start function. */
    final void start(int functionIndex) {
        if (functionIndex < importedFunctions.length) {
            startImported(importedFunctions[functionIndex]);
        } else {
            run(functionIndex, RawValues.room(0, false));
        }
    }

    private void startImported(FunctionReference function) {
        int depth = enter();
        try {
            function.callFrom(this, NO_ARGUMENTS);
        } catch (Throwable e) {
            throw outcome(function instanceof HostFunctionReference ? HostFailure.guard(e) : e, depth == 0);
        } finally {
            leave(depth);
        }
    }

    // ---- the public side

    final LoadedModule loadedModule() {
        return module;
    }

    @Override
    public final CompiledModule module() {
        return module;
    }

    @Override
    public final Map<String, Extern> exports() {
        Map<String, Extern> made = exports;
        if (made == null) {
            Map<String, Extern> all = new LinkedHashMap<>();
            for (Export export : module.exports()) {
                all.put(export.name(), extern(export));
            }
            made = Collections.unmodifiableMap(all);
            exports = made;
        }
        return made;
    }

    private Extern extern(Export export) {
        return switch (export.kind()) {
            case FUNCTION -> functionReference(export.index());
            case MEMORY -> memories[export.index()];
            case TABLE -> tables[export.index()];
            case GLOBAL -> globals[export.index()];
            case TAG -> tags[export.index()];
        };
    }

    @Override
    public final Optional<Extern> export(String name) {
        Export export = module.export(name);
        return export == null ? Optional.empty() : Optional.of(extern(export));
    }

    @Override
    public final Function function(String name) {
        return export(name, Function.class, "function");
    }

    @Override
    public final Memory memory(String name) {
        return export(name, Memory.class, "memory");
    }

    @Override
    public final Table table(String name) {
        return export(name, Table.class, "table");
    }

    @Override
    public final Global global(String name) {
        return export(name, Global.class, "global");
    }

    private <E extends Extern> E export(String name, Class<E> kind, String kindName) {
        Extern extern = export(name).orElse(null);
        if (kind.isInstance(extern)) {
            return kind.cast(extern);
        }
        List<String> names =
                module.exports().stream().map(Export::name).limit(20).toList();
        throw new IllegalArgumentException("the module exports no " + kindName + " \"" + name + "\""
                + (extern == null ? "; its first exports are " + names : "; that export is of another kind"));
    }

    @Override
    public final void interrupt(TrapKind kind) {
        requestStop(kind, this);
    }

    @Override
    public final boolean isClosed() {
        return closeRequested();
    }

    @Override
    public final void close() {
        requestClose();
    }

    @Override
    final void release() {
        for (LinearMemory memory : memories) {
            memory.letGo();
        }
        ticket.giveBack();
    }
}
