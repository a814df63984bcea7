package dev.wherry.wasm;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Checks a decoded module against the rules of validation, one pass over its code.
 *
 * @see <a href="https://webassembly.github.io/spec/core/valid/index.html">Validation</a>
 */
public final class Validator {

    private static final long MAX_PAGES_32 = 1L << 16;
    private static final long MAX_PAGES_64 = 1L << 48;

    private final Module module;
    private final ValidationContext context;

    private Validator(Module module) {
        this.module = module;
        this.context = new ValidationContext(module);
    }

    /**
     * Validates a module.
     *
     * @throws InvalidException at the first rule that is broken
     * @throws MalformedException where a body holds bytes that are no instructions
     */
    public static void validate(Module module) {
        new Validator(module).run();
    }

    private void run() {
        checkTypes();
        checkImports();
        checkFunctions();
        checkTablesAndMemories();
        checkTags();
        checkGlobals();
        checkTableInitializers();
        checkElementSegments();
        checkDataSegments();
        checkExports();
        checkStart();
        FunctionValidator validator = new FunctionValidator(context);
        for (int i = module.importedFunctionCount(); i < module.functionCount(); i++) {
            validator.validate(i);
        }
    }

    private void checkTypes() {
        for (RecursiveGroup group : module.recursiveGroups()) {
            for (int i = 0; i < group.typeCount(); i++) {
                checkType(group.firstTypeIndex() + i);
            }
        }
    }

    private void checkType(int typeIndex) {
        SubType type = module.types().get(typeIndex);
        String where = "type " + typeIndex;
        if (type.supertypes().size() > 1) {
            throw new InvalidException("sub type: a type has at most one supertype", where, -1);
        }
        for (int superIndex : type.supertypes()) {
            if (Integer.compareUnsigned(superIndex, typeIndex) >= 0) {
                throw ValidationContext.unknown("type", superIndex, typeIndex, where, -1);
            }
            SubType superType = module.types().get(superIndex);
            TypeRegistry registry = context.registry();
            boolean fits = !superType.isFinal()
                    && registry.matches(
                            registry.definition(context.id(typeIndex)).composite(),
                            registry.definition(context.id(superIndex)).composite());
            if (!fits) {
                throw new InvalidException(
                        "sub type " + typeIndex + " does not match super type " + superIndex, where, -1);
            }
        }
    }

    private void checkImports() {
        for (int i = 0; i < module.imports().size(); i++) {
            String where = "import " + i;
            switch (module.imports().get(i).type()) {
                case ExternalType.Function function -> module.functionTypeAt(function.typeIndex(), where, -1);
                case TableType table -> checkTable(table, where);
                case MemoryType memory -> checkMemory(memory, where);
                case GlobalType global -> context.check(global.valueType(), where, -1);
                case TagType _ -> {}
            }
        }
    }

    private void checkFunctions() {
        for (int i = 0; i < module.functionCount(); i++) {
            module.functionTypeAt(module.functionTypeIndex(i), "function " + i, -1);
        }
    }

    private void checkTablesAndMemories() {
        for (int i = 0; i < module.definedTables().size(); i++) {
            checkTable(module.definedTables().get(i).type(), "table " + (module.importedTableCount() + i));
        }
        for (int i = 0; i < module.memories().size(); i++) {
            checkMemory(module.memories().get(i), "memory " + i);
        }
    }

    private void checkTable(TableType table, String where) {
        context.check(table.elementType(), where, -1);
        checkRange(table.limits(), where);
    }

    private static void checkRange(Limits limits, String where) {
        if (limits.maximum().isPresent()
                && Long.compareUnsigned(limits.minimum(), limits.maximum().getAsLong()) > 0) {
            throw new InvalidException("size minimum must not be greater than maximum", where, -1);
        }
    }

    private static void checkMemory(MemoryType memory, String where) {
        boolean wide = memory.addressType() == AddressType.I64;
        long most = wide ? MAX_PAGES_64 : MAX_PAGES_32;
        long largest = memory.limits().maximum().orElse(0);
        if (Long.compareUnsigned(memory.limits().minimum(), most) > 0 || Long.compareUnsigned(largest, most) > 0) {
            String bound = wide ? "2^48 pages" : "65536 pages (4GiB)";
            throw new InvalidException("memory size must be at most " + bound, where, -1);
        }
        checkRange(memory.limits(), where);
        if (memory.shared() && memory.limits().maximum().isEmpty()) {
            throw new InvalidException("shared memory must have maximum", where, -1);
        }
    }

    private void checkTags() {
        for (int i = 0; i < module.tags().size(); i++) {
            FunctionType type = module.functionTypeAt(module.tags().get(i).typeIndex(), "tag " + i, -1);
            if (!type.results().isEmpty()) {
                throw new InvalidException("non-empty tag result type", "tag " + i, -1);
            }
        }
    }

    private void checkGlobals() {
        ConstantValidator constants = new ConstantValidator(context);
        for (int i = 0; i < module.definedGlobals().size(); i++) {
            Global global = module.definedGlobals().get(i);
            int index = module.importedGlobalCount() + i;
            context.check(global.type().valueType(), "global " + index, -1);
            constants.validate(global.initializer(), global.type().valueType(), index, "global " + index);
        }
    }

    private void checkTableInitializers() {
        ConstantValidator constants = new ConstantValidator(context);
        for (int i = 0; i < module.definedTables().size(); i++) {
            Table table = module.definedTables().get(i);
            String where = "table " + (module.importedTableCount() + i);
            ReferenceType type = table.type().elementType();
            if (table.initializer().isPresent()) {
                constants.validate(table.initializer().get(), type, module.importedGlobalCount(), where);
            } else if (!type.nullable()) {
                throw new InvalidException("type mismatch: a table of " + type + " needs an initializer", where, -1);
            }
        }
    }

    private void checkElementSegments() {
        ConstantValidator constants = new ConstantValidator(context);
        int globals = module.globals().size();
        for (int i = 0; i < module.elementSegments().size(); i++) {
            ElementSegment segment = module.elementSegments().get(i);
            String where = "element segment " + i;
            context.check(segment.type(), where, -1);
            for (int function : segment.functionIndices()) {
                if (Integer.compareUnsigned(function, module.functionCount()) >= 0) {
                    throw ValidationContext.unknown("function", function, module.functionCount(), where, -1);
                }
                context.declaredFunctions().set(function);
            }
            for (ConstantExpression expression : segment.expressions()) {
                constants.validate(expression, segment.type(), globals, where);
            }
            if (segment.mode() instanceof SegmentMode.Active active) {
                TableType table = ValidationContext.at(module.tables(), active.targetIndex(), "table", where, -1);
                if (!context.matches(segment.type(), table.elementType())) {
                    throw new InvalidException(
                            "type mismatch: a segment of " + segment.type() + " for a table of " + table.elementType(),
                            where,
                            -1);
                }
                constants.validate(active.offset(), table.addressType().valueType(), globals, where);
            }
        }
    }

    private void checkDataSegments() {
        ConstantValidator constants = new ConstantValidator(context);
        for (int i = 0; i < module.dataSegments().size(); i++) {
            if (module.dataSegments().get(i).mode() instanceof SegmentMode.Active active) {
                String where = "data segment " + i;
                MemoryType memory = ValidationContext.at(module.memories(), active.targetIndex(), "memory", where, -1);
                constants.validate(
                        active.offset(),
                        memory.addressType().valueType(),
                        module.globals().size(),
                        where);
            }
        }
    }

    private void checkExports() {
        Set<String> names = new HashSet<>();
        for (Export export : module.exports()) {
            String where = "export \"" + export.name() + "\"";
            switch (export.kind()) {
                case FUNCTION -> {
                    if (Integer.compareUnsigned(export.index(), module.functionCount()) >= 0) {
                        throw ValidationContext.unknown("function", export.index(), module.functionCount(), where, -1);
                    }
                    context.declaredFunctions().set(export.index());
                }
                case TABLE -> exists(module.tables(), export, where);
                case MEMORY -> exists(module.memories(), export, where);
                case GLOBAL -> exists(module.globals(), export, where);
                case TAG -> exists(module.tags(), export, where);
            }
            if (!names.add(export.name())) {
                throw new InvalidException("duplicate export name", where, -1);
            }
        }
    }

    private static void exists(List<?> space, Export export, String where) {
        String what = export.kind().name().toLowerCase(java.util.Locale.ROOT);
        ValidationContext.at(space, export.index(), what, where, -1);
    }

    private void checkStart() {
        if (module.start().isEmpty()) {
            return;
        }
        int start = module.start().getAsInt();
        if (Integer.compareUnsigned(start, module.functionCount()) >= 0) {
            throw ValidationContext.unknown("function", start, module.functionCount(), "start section", -1);
        }
        FunctionType type = module.functionType(start);
        if (!type.parameters().isEmpty() || !type.results().isEmpty()) {
            throw new InvalidException("start function must take and give nothing, found " + type, "start section", -1);
        }
    }
}
