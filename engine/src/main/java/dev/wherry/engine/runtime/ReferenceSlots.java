package dev.wherry.engine.runtime;

import dev.wherry.wasm.ConstantExpression;
import dev.wherry.wasm.ElementSegment;
import dev.wherry.wasm.Export;
import dev.wherry.wasm.Global;
import dev.wherry.wasm.InstructionReader;
import dev.wherry.wasm.Module;
import dev.wherry.wasm.Opcode;
import dev.wherry.wasm.Table;
import java.util.BitSet;

/**
 * Numbers the functions of a module that references can exist of, densely, so that an instance needs room for these only.
 *
 * <p>They are the specification's set of references: functions that occur in exports, segments and constant expressions;
 * {@code ref.func} in code is valid for these alone.
 *
 * @see <a href="https://webassembly.github.io/spec/core/valid/conventions.html#contexts">Contexts</a>
 */
public final class ReferenceSlots {

    private final int imported;
    private final int[] slots;
    private final int count;

    private ReferenceSlots(int imported, int[] slots, int count) {
        this.imported = imported;
        this.slots = slots;
        this.count = count;
    }

    /** The slots of a module. */
    public static ReferenceSlots of(Module module) {
        BitSet referenced = referencedFunctions(module);
        int imported = module.importedFunctionCount();
        int[] slots = new int[module.functionCount() - imported];
        int count = 0;
        for (int i = 0; i < slots.length; i++) {
            slots[i] = referenced.get(imported + i) ? count++ : -1;
        }
        return new ReferenceSlots(imported, slots, count);
    }

    /**
     * All functions that something outside the code can reach: those with slots, imported functions that are referenced, and the
     * start function.
     */
    public static BitSet referencedFunctions(Module module) {
        BitSet referenced = new BitSet(module.functionCount());
        for (Export export : module.exports()) {
            if (export.kind() == Export.Kind.FUNCTION) {
                referenced.set(export.index());
            }
        }
        module.start().ifPresent(referenced::set);
        for (ElementSegment segment : module.elementSegments()) {
            segment.functionIndices().forEach(referenced::set);
            segment.expressions().forEach(expression -> add(module, expression, referenced));
        }
        for (Global global : module.definedGlobals()) {
            add(module, global.initializer(), referenced);
        }
        for (Table table : module.definedTables()) {
            table.initializer().ifPresent(expression -> add(module, expression, referenced));
        }
        return referenced;
    }

    private static void add(Module module, ConstantExpression expression, BitSet referenced) {
        InstructionReader reader = new InstructionReader(module, expression.offset(), expression.endOffset());
        while (reader.next()) {
            if (reader.opcode() == Opcode.REF_FUNC) {
                referenced.set(reader.index());
            }
        }
    }

    /** The slot of a function that the module defines. */
    int slot(int functionIndex) {
        int slot = slots[functionIndex - imported];
        if (slot < 0) {
            throw new IllegalStateException("function " + functionIndex + " is not declared as referenced");
        }
        return slot;
    }

    int count() {
        return count;
    }
}
