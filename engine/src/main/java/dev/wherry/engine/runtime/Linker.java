package dev.wherry.engine.runtime;

import dev.wherry.engine.Extern;
import dev.wherry.engine.Imports;
import dev.wherry.engine.LinkException;
import dev.wherry.wasm.ExternalType;
import dev.wherry.wasm.GlobalType;
import dev.wherry.wasm.Import;
import dev.wherry.wasm.Limits;
import dev.wherry.wasm.MemoryType;
import dev.wherry.wasm.TableType;
import dev.wherry.wasm.TagType;

/**
 * Finds the definitions for a module's imports and checks that they match.
 *
 * @see <a href="https://webassembly.github.io/spec/core/valid/matching.html#external-types">Matching of external types</a>
 */
final class Linker {

    private final LoadedModule module;
    private final Imports imports;

    Linker(LoadedModule module, Imports imports) {
        this.module = module;
        this.imports = imports;
    }

    /**
     * Fills the beginnings of the index spaces.
     *
     * @throws LinkException if an import is missing or does not match; nothing has been held or changed then
     */
    void link(
            FunctionReference[] functions,
            TableInstance[] tables,
            LinearMemory[] memories,
            GlobalCell[] globals,
            TagInstance[] tags) {
        int function = 0;
        int table = 0;
        int memory = 0;
        int global = 0;
        int tag = 0;
        for (Import wanted : module.module().imports()) {
            Extern given = find(wanted);
            switch (wanted.type()) {
                case ExternalType.Function type -> functions[function++] = function(wanted, type, given);
                case TableType type -> tables[table++] = table(wanted, type, given);
                case MemoryType type -> memories[memory++] = memory(wanted, type, given);
                case GlobalType type -> globals[global++] = global(wanted, type, given);
                case TagType type -> tags[tag++] = tag(wanted, type, given);
            }
        }
    }

    private Extern find(Import wanted) {
        return imports.find(wanted.module(), wanted.name())
                .orElseThrow(
                        () -> LinkException.unknownImport(wanted.module(), wanted.name(), describe(wanted.type())));
    }

    private FunctionReference function(Import wanted, ExternalType.Function type, Extern given) {
        if (given instanceof FunctionReference function
                && function.canonicalType.isSubtypeOf(module.types().canonical(type.typeIndex()))) {
            return function;
        }
        throw incompatible(wanted, given);
    }

    private TableInstance table(Import wanted, TableType type, Extern given) {
        if (given instanceof TableInstance table) {
            TableType actual = table.type();
            if (actual.addressType() == type.addressType()
                    && matches(actual.limits(), type.limits())
                    && table.types().equivalent(actual.elementType(), type.elementType(), module.types())) {
                return table;
            }
        }
        throw incompatible(wanted, given);
    }

    private LinearMemory memory(Import wanted, MemoryType type, Extern given) {
        if (given instanceof LinearMemory memory) {
            MemoryType actual = memory.type();
            if (actual.addressType() == type.addressType()
                    && actual.shared() == type.shared()
                    && matches(actual.limits(), type.limits())
                    && memory.kindFits(module.engine().memoryKind())) {
                return memory;
            }
        }
        throw incompatible(wanted, given);
    }

    private GlobalCell global(Import wanted, GlobalType type, Extern given) {
        if (given instanceof GlobalCell cell && cell.type().mutable() == type.mutable()) {
            boolean matches = type.mutable()
                    ? cell.types().equivalent(cell.type().valueType(), type.valueType(), module.types())
                    : cell.types().matches(cell.type().valueType(), type.valueType(), module.types());
            if (matches) {
                return cell;
            }
        }
        throw incompatible(wanted, given);
    }

    private TagInstance tag(Import wanted, TagType type, Extern given) {
        if (given instanceof TagInstance tag
                && tag.canonicalType() == module.types().canonical(type.typeIndex())) {
            return tag;
        }
        throw incompatible(wanted, given);
    }

    private static boolean matches(Limits actual, Limits wanted) {
        if (Long.compareUnsigned(actual.minimum(), wanted.minimum()) < 0) {
            return false;
        }
        if (wanted.maximum().isEmpty()) {
            return true;
        }
        long bound = wanted.maximum().getAsLong();
        return actual.maximum().isPresent()
                && Long.compareUnsigned(actual.maximum().getAsLong(), bound) <= 0;
    }

    private LinkException incompatible(Import wanted, Extern given) {
        return LinkException.incompatibleImportType(
                wanted.module(), wanted.name(), describe(wanted.type()), describe(given));
    }

    private String describe(ExternalType type) {
        return switch (type) {
            case ExternalType.Function function ->
                "a function " + module.module().functionTypeAt(function.typeIndex());
            case TableType table -> describe(table);
            case MemoryType memory -> describe(memory);
            case GlobalType global -> describe(global);
            case TagType tag -> "a tag " + module.module().functionTypeAt(tag.typeIndex());
        };
    }

    private static String describe(Extern extern) {
        return switch (extern) {
            case FunctionReference function -> "a function " + function.type();
            case TableInstance table -> describe(table.type());
            case LinearMemory memory ->
                describe(memory.type()) + (memory instanceof MappedMemory ? ", mapped" : ", on the heap");
            case GlobalCell global -> describe(global.type());
            case TagInstance tag -> "a tag " + tag.type();
        };
    }

    private static String describe(TableType type) {
        return "a table of " + type.elementType() + describe(type.limits(), "elements");
    }

    private static String describe(MemoryType type) {
        return (type.shared() ? "a shared " : "a ")
                + switch (type.addressType()) {
                    case I32 -> "32-bit";
                    case I64 -> "64-bit";
                }
                + " memory" + describe(type.limits(), "pages");
    }

    private static String describe(GlobalType type) {
        return (type.mutable() ? "a mutable global " : "an immutable global ") + type.valueType();
    }

    private static String describe(Limits limits, String unit) {
        return " of at least " + Long.toUnsignedString(limits.minimum())
                + (limits.maximum().isPresent()
                        ? " and at most "
                                + Long.toUnsignedString(limits.maximum().getAsLong())
                        : "")
                + " " + unit;
    }
}
