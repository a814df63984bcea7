package dev.wherry.wasm;

import java.util.BitSet;
import java.util.List;

/** A module's types with the relations between them, and the look-ups that every rule of validation begins with. */
final class ValidationContext {

    private final Module module;
    private final TypeRegistry registry = new TypeRegistry();
    private final int[] ids;
    private final BitSet declaredFunctions = new BitSet();

    ValidationContext(Module module) {
        this.module = module;
        this.ids = registry.register(module);
    }

    Module module() {
        return module;
    }

    TypeRegistry registry() {
        return registry;
    }

    /** Functions that {@code ref.func} may name inside bodies, because something outside of them does. */
    BitSet declaredFunctions() {
        return declaredFunctions;
    }

    ValueType canonical(ValueType type) {
        return TypeRegistry.canonical(type, ids);
    }

    int id(int typeIndex) {
        return ids[typeIndex];
    }

    boolean matches(ValueType sub, ValueType sup) {
        if (sub.equals(sup)) {
            return true;
        }
        return sub instanceof ReferenceType
                && sup instanceof ReferenceType
                && registry.matches(canonical(sub), canonical(sup));
    }

    boolean matches(List<ValueType> sub, List<ValueType> sup) {
        if (sub.size() != sup.size()) {
            return false;
        }
        for (int i = 0; i < sub.size(); i++) {
            if (!matches(sub.get(i), sup.get(i))) {
                return false;
            }
        }
        return true;
    }

    boolean matches(StorageType sub, StorageType sup) {
        return (sub instanceof ValueType a && sup instanceof ValueType b) ? matches(a, b) : sub.equals(sup);
    }

    /** Refuses a type that names a type definition which does not exist. */
    void check(ValueType type, String where, long offset) {
        if (type instanceof ReferenceType reference && reference.heapType() instanceof ConcreteHeapType concrete) {
            at(module.types(), concrete.typeIndex(), "type", where, offset);
        }
    }

    /** The element of an index space, or the error that it is unknown. */
    static <T> T at(List<T> space, int index, String what, String where, long offset) {
        if (Integer.compareUnsigned(index, space.size()) >= 0) {
            throw unknown(what, index, space.size(), where, offset);
        }
        return space.get(index);
    }

    static InvalidException unknown(String what, int index, int count, String where, long offset) {
        return new InvalidException(
                "unknown " + what + " " + Integer.toUnsignedString(index) + ", the module has " + count, where, offset);
    }
}
