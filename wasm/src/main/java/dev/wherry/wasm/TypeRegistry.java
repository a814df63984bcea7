package dev.wherry.wasm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/**
 * Gives equal types of any number of modules the same number, so that comparing types is comparing ints.
 *
 * <p>Two types are equal when their recursive groups are equal in structure and they stand at the same place in them. Safe for any
 * number of threads. What is registered stays: a registry lives as long as the modules that use it.
 *
 * @see <a href="https://webassembly.github.io/spec/core/valid/conventions.html#defined-types">Defined types</a>
 */
public final class TypeRegistry {

    private final Map<List<SubType>, Integer> firstIds = new HashMap<>();
    private final List<SubType> canonical = new ArrayList<>();

    /** A registry without any type. */
    public TypeRegistry() {}

    /**
     * Registers the types of a module.
     *
     * @return the canonical id of each type by type index
     * @throws InvalidException when a type refers to one that does not exist yet
     */
    public synchronized int[] register(Module module) {
        int[] ids = new int[module.types().size()];
        for (RecursiveGroup group : module.recursiveGroups()) {
            int first = group.firstTypeIndex();
            int end = first + group.typeCount();
            List<SubType> key = new ArrayList<>(group.typeCount());
            for (int i = first; i < end; i++) {
                key.add(canonicalForm(module.types().get(i), index -> {
                    if (Integer.compareUnsigned(index, end) >= 0) {
                        throw new InvalidException(
                                "unknown type " + Integer.toUnsignedString(index), "type section", -1);
                    }
                    // Inside the group by place, counted down from -1; outside by id.
                    return index >= first ? -1 - (index - first) : ids[index];
                }));
            }
            int firstId = intern(key);
            for (int i = first; i < end; i++) {
                ids[i] = firstId + (i - first);
            }
        }
        return ids;
    }

    /** The id of a function type that stands alone and may have no subtypes, as the host defines it. */
    public synchronized int register(FunctionType type) {
        return intern(List.of(new SubType(true, List.of(), type)));
    }

    private int intern(List<SubType> key) {
        Integer known = firstIds.get(key);
        if (known != null) {
            return known;
        }
        int firstId = canonical.size();
        firstIds.put(List.copyOf(key), firstId);
        for (SubType type : key) {
            canonical.add(canonicalForm(type, index -> index < 0 ? firstId + (-1 - index) : index));
        }
        return firstId;
    }

    /** The definition with that id; the indices in it are ids. */
    public synchronized SubType definition(int id) {
        return canonical.get(id);
    }

    /** Whether the type with id {@code sub} is the one with id {@code sup} or was declared below it. */
    public synchronized boolean isSubtype(int sub, int sup) {
        int id = sub;
        while (id != sup) {
            List<Integer> supertypes = canonical.get(id).supertypes();
            if (supertypes.isEmpty()) {
                return false;
            }
            id = supertypes.getFirst();
        }
        return true;
    }

    private static SubType canonicalForm(SubType type, IntUnaryOperator renumber) {
        List<Integer> supertypes =
                type.supertypes().stream().map(renumber::applyAsInt).toList();
        CompositeType composite = switch (type.composite()) {
            case FunctionType function ->
                new FunctionType(renumbered(function.parameters(), renumber), renumbered(function.results(), renumber));
            case StructType struct ->
                new StructType(struct.fields().stream()
                        .map(field -> renumbered(field, renumber))
                        .toList());
            case ArrayType array -> new ArrayType(renumbered(array.element(), renumber));
        };
        return new SubType(type.isFinal(), supertypes, composite);
    }

    private static List<ValueType> renumbered(List<ValueType> types, IntUnaryOperator renumber) {
        return types.stream().map(type -> renumbered(type, renumber)).toList();
    }

    private static FieldType renumbered(FieldType field, IntUnaryOperator renumber) {
        return field.storage() instanceof ValueType type
                ? new FieldType(renumbered(type, renumber), field.mutable())
                : field;
    }

    /** The same type with every type index renumbered. */
    static ValueType renumbered(ValueType type, IntUnaryOperator renumber) {
        return type instanceof ReferenceType reference && reference.heapType() instanceof ConcreteHeapType concrete
                ? new ReferenceType(
                        reference.nullable(), new ConcreteHeapType(renumber.applyAsInt(concrete.typeIndex())))
                : type;
    }

    /**
     * The type with canonical ids in place of a module's type indices, which is how types of different modules are compared.
     *
     * @param ids what {@link #register(Module)} gave for the module
     */
    public static ValueType canonical(ValueType type, int[] ids) {
        return renumbered(type, index -> ids[index]);
    }

    /** Whether {@code sub} matches {@code sup}; both hold canonical ids. */
    public boolean matches(ValueType sub, ValueType sup) {
        if (sub.equals(sup)) {
            return true;
        }
        return sub instanceof ReferenceType a
                && sup instanceof ReferenceType b
                && (b.nullable() || !a.nullable())
                && matches(a.heapType(), b.heapType());
    }

    /** Whether {@code sub} matches {@code sup}; both hold canonical ids. */
    public boolean matches(HeapType sub, HeapType sup) {
        return switch (sub) {
            case AbstractHeapType a -> matches(a, sup);
            case ConcreteHeapType a ->
                switch (sup) {
                    case ConcreteHeapType b -> isSubtype(a.typeIndex(), b.typeIndex());
                    case AbstractHeapType b -> matches(kind(a), b);
                };
        };
    }

    private boolean matches(AbstractHeapType sub, HeapType sup) {
        return switch (sup) {
            case AbstractHeapType b -> matches(sub, b);
            // Only the bottom of its hierarchy lies below a defined type.
            case ConcreteHeapType b -> sub == sub.bottom() && sub.top() == kind(b).top();
        };
    }

    private static boolean matches(AbstractHeapType sub, AbstractHeapType sup) {
        if (sub == sup || sup == sub.top() || sub == sup.bottom()) {
            return true;
        }
        return sup == AbstractHeapType.EQ
                && (sub == AbstractHeapType.I31 || sub == AbstractHeapType.STRUCT || sub == AbstractHeapType.ARRAY);
    }

    private AbstractHeapType kind(ConcreteHeapType type) {
        return switch (definition(type.typeIndex()).composite()) {
            case FunctionType _ -> AbstractHeapType.FUNC;
            case StructType _ -> AbstractHeapType.STRUCT;
            case ArrayType _ -> AbstractHeapType.ARRAY;
        };
    }

    /** Whether {@code sub} may be declared below {@code sup}: same kind, fields and results covariant, parameters contravariant. */
    boolean matches(CompositeType sub, CompositeType sup) {
        return switch (sub) {
            case FunctionType a ->
                sup instanceof FunctionType b
                        && matches(b.parameters(), a.parameters())
                        && matches(a.results(), b.results());
            case StructType a ->
                sup instanceof StructType b
                        && a.fields().size() >= b.fields().size()
                        && java.util.stream.IntStream.range(0, b.fields().size())
                                .allMatch(i ->
                                        matches(a.fields().get(i), b.fields().get(i)));
            case ArrayType a -> sup instanceof ArrayType b && matches(a.element(), b.element());
        };
    }

    private boolean matches(List<ValueType> sub, List<ValueType> sup) {
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

    private boolean matches(FieldType sub, FieldType sup) {
        if (sub.mutable() != sup.mutable()) {
            return false;
        }
        boolean covariant = matches(sub.storage(), sup.storage());
        return sub.mutable() ? covariant && matches(sup.storage(), sub.storage()) : covariant;
    }

    boolean matches(StorageType sub, StorageType sup) {
        return (sub instanceof ValueType a && sup instanceof ValueType b) ? matches(a, b) : sub.equals(sup);
    }
}
