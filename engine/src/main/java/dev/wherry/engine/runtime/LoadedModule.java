package dev.wherry.engine.runtime;

import dev.wherry.engine.CompiledModule;
import dev.wherry.engine.Imports;
import dev.wherry.engine.Instance;
import dev.wherry.engine.InstanceLimits;
import dev.wherry.engine.TrapFrame;
import dev.wherry.wasm.Export;
import dev.wherry.wasm.InstructionReader;
import dev.wherry.wasm.Module;
import dev.wherry.wasm.Opcode;
import java.lang.ref.Cleaner;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A module with its code and everything about it that instances share. */
public final class LoadedModule implements CompiledModule {

    /** Makes the generated instance object. */
    @FunctionalInterface
    interface InstanceFactory {
        /** Calls the constructor. */
        GuestInstance create(InstanceSetup setup);
    }

    private static final Cleaner CLEANER = Cleaner.create();

    private final EngineContext engine;
    private final Module module;
    private final String digest;
    private final boolean fromCache;
    private final InstanceFactory factory;
    private final TypeSpace types;
    private final Map<String, Export> exports;
    private final Signature[] signatures;
    private final ReferenceSlots referenceSlots;
    private final InstancePlan plan;
    private final Map<Integer, int[]> branchTables = new ConcurrentHashMap<>();
    private volatile @Nullable FunctionNames names;

    LoadedModule(
            EngineContext engine,
            Module module,
            String digest,
            boolean fromCache,
            String loaderName,
            InstanceFactory factory) {
        this.engine = engine;
        this.module = module;
        this.digest = digest;
        this.fromCache = fromCache;
        this.factory = factory;
        this.types = TypeSpace.of(module);
        this.signatures = new Signature[module.types().size()];
        this.referenceSlots = ReferenceSlots.of(module);
        this.exports = HashMap.newHashMap(module.exports().size());
        for (Export export : module.exports()) {
            exports.put(export.name(), export);
        }
        this.plan = new InstancePlan(engine, module);
        FrameResolver.register(loaderName, this);
        CLEANER.register(this, () -> FrameResolver.unregister(loaderName));
    }

    @Override
    public Module module() {
        return module;
    }

    @Override
    public String digest() {
        return digest;
    }

    @Override
    public boolean loadedFromCache() {
        return fromCache;
    }

    @Override
    public Instance instantiate(Imports imports) {
        return instantiate(imports, engine.configuration().instanceLimits());
    }

    @Override
    public Instance instantiate(Imports imports, InstanceLimits limits) {
        engine.requireOpen();
        return new Instantiation(this, imports, limits).run();
    }

    EngineContext engine() {
        return engine;
    }

    InstanceFactory factory() {
        return factory;
    }

    InstancePlan plan() {
        return plan;
    }

    /** The module's types in canonical form. */
    public TypeSpace types() {
        return types;
    }

    /** The type of a function in canonical form. */
    CanonicalType canonicalType(int functionIndex) {
        return types.canonical(module.functionTypeIndex(functionIndex));
    }

    /** How to call a function. */
    Signature signature(int functionIndex) {
        int typeIndex = module.functionTypeIndex(functionIndex);
        Signature signature = signatures[typeIndex];
        if (signature == null) {
            // Racing threads make equal records; either will do.
            signature = Signature.of(module.functionTypeAt(typeIndex));
            signatures[typeIndex] = signature;
        }
        return signature;
    }

    int[] branchTable(int codeOffset) {
        return branchTables.computeIfAbsent(codeOffset, offset -> {
            InstructionReader reader = new InstructionReader(module, offset, module.sizeBytes());
            if (!reader.next() || reader.opcode() != Opcode.BR_TABLE) {
                throw new IllegalStateException("no br_table at offset " + offset);
            }
            int[] labels = new int[reader.labelCount()];
            for (int i = 0; i < labels.length; i++) {
                labels[i] = reader.label(i);
            }
            return labels;
        });
    }

    ReferenceSlots referenceSlots() {
        return referenceSlots;
    }

    List<Export> exports() {
        return module.exports();
    }

    @Nullable
    Export export(String name) {
        return exports.get(name);
    }

    /**
     * Describes a frame of generated code.
     *
     * @param line the JVM's line number: the offset from the function's beginning plus one, or not positive
     */
    TrapFrame frame(int functionIndex, int line) {
        FunctionNames current = names;
        if (current == null) {
            current = FunctionNames.of(module, digest);
            names = current;
        }
        int defined = functionIndex - module.importedFunctionCount();
        OptionalInt offset =
                line > 0 && defined >= 0 && defined < module.bodies().size()
                        ? OptionalInt.of(module.bodies().get(defined).offset() + line - 1)
                        : OptionalInt.empty();
        return new TrapFrame(
                current.moduleName(), functionIndex, current.function(functionIndex), offset, Optional.empty());
    }
}
