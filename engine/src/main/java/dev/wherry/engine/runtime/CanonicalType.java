package dev.wherry.engine.runtime;

import dev.wherry.wasm.AbstractHeapType;
import dev.wherry.wasm.ArrayType;
import dev.wherry.wasm.CompositeType;
import dev.wherry.wasm.ConcreteHeapType;
import dev.wherry.wasm.FieldType;
import dev.wherry.wasm.FunctionType;
import dev.wherry.wasm.HeapType;
import dev.wherry.wasm.PackedType;
import dev.wherry.wasm.ReferenceType;
import dev.wherry.wasm.StorageType;
import dev.wherry.wasm.StructType;
import dev.wherry.wasm.SubType;
import dev.wherry.wasm.ValueType;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A defined type as an object that is the same for equivalent types of all modules, so that a type check between modules is
 * a comparison of two references.
 *
 * <p>Types are equivalent when their recursive groups have the same shape and they stand at the same place in them. Groups are
 * kept as long as a module uses them.
 *
 * @see <a href="https://webassembly.github.io/spec/core/valid/conventions.html#rolling-and-unrolling">Rolling and unrolling</a>
 */
public final class CanonicalType {

    private static final Map<List<Object>, GroupReference> GROUPS = new HashMap<>();
    private static final ReferenceQueue<CanonicalType[]> STALE = new ReferenceQueue<>();

    /** The kind of a composite type. */
    enum Kind {
        FUNCTION,
        STRUCTURE,
        ARRAY
    }

    /** Keeps the other members of the group reachable. */
    private final CanonicalType[] group;

    private final Kind kind;
    private @Nullable CanonicalType supertype;

    private CanonicalType(CanonicalType[] group, Kind kind) {
        this.group = group;
        this.kind = kind;
    }

    private static final class GroupReference extends WeakReference<CanonicalType[]> {
        private final List<Object> key;

        GroupReference(CanonicalType[] group, List<Object> key) {
            super(group, STALE);
            this.key = key;
        }
    }

    /**
     * The canonical types of one recursive group.
     *
     * @param group its members
     * @param firstIndex the type index of the first of them
     * @param earlier the canonical types of smaller indices
     */
    static CanonicalType[] ofGroup(List<SubType> group, int firstIndex, IntFunction<CanonicalType> earlier) {
        Shape shape = new Shape(firstIndex, earlier);
        group.forEach(shape::add);
        List<Object> key = List.copyOf(shape.tokens);
        synchronized (GROUPS) {
            expunge();
            GroupReference known = GROUPS.get(key);
            CanonicalType[] members = known == null ? null : known.get();
            if (members == null) {
                members = create(group, firstIndex, earlier);
                GROUPS.put(key, new GroupReference(members, key));
            }
            return members;
        }
    }

    private static void expunge() {
        for (Object stale = STALE.poll(); stale != null; stale = STALE.poll()) {
            GroupReference reference = (GroupReference) stale;
            GROUPS.remove(reference.key, reference);
        }
    }

    private static CanonicalType[] create(List<SubType> types, int firstIndex, IntFunction<CanonicalType> earlier) {
        CanonicalType[] members = new CanonicalType[types.size()];
        for (int i = 0; i < members.length; i++) {
            members[i] = new CanonicalType(members, kind(types.get(i).composite()));
        }
        for (int i = 0; i < members.length; i++) {
            for (int supertype : types.get(i).supertypes()) {
                members[i].supertype =
                        supertype < firstIndex ? earlier.apply(supertype) : members[supertype - firstIndex];
            }
        }
        return members;
    }

    private static Kind kind(CompositeType type) {
        return switch (type) {
            case FunctionType function -> Kind.FUNCTION;
            case StructType structure -> Kind.STRUCTURE;
            case ArrayType array -> Kind.ARRAY;
        };
    }

    Kind kind() {
        return kind;
    }

    /** How many types are defined together with this one. */
    int groupSize() {
        return group.length;
    }

    /** Whether this is {@code other} or one of its declared subtypes. */
    public boolean isSubtypeOf(CanonicalType other) {
        for (CanonicalType type = this; type != null; type = type.supertype) {
            if (type == other) {
                return true;
            }
        }
        return false;
    }

    /** How many groups are kept. */
    static int groupCount() {
        synchronized (GROUPS) {
            expunge();
            return GROUPS.size();
        }
    }

    /** A group as a list of tokens that is equal for equivalent groups: references to own members are relative. */
    private static final class Shape {

        private enum Token {
            TYPE,
            FINAL,
            SUPERTYPE,
            FUNCTION,
            RESULTS,
            STRUCTURE,
            ARRAY,
            MUTABLE,
            NULLABLE
        }

        private final List<Object> tokens = new ArrayList<>();
        private final int firstIndex;
        private final IntFunction<CanonicalType> earlier;

        Shape(int firstIndex, IntFunction<CanonicalType> earlier) {
            this.firstIndex = firstIndex;
            this.earlier = earlier;
        }

        void add(SubType type) {
            tokens.add(Token.TYPE);
            if (type.isFinal()) {
                tokens.add(Token.FINAL);
            }
            for (int supertype : type.supertypes()) {
                tokens.add(Token.SUPERTYPE);
                add(supertype);
            }
            switch (type.composite()) {
                case FunctionType function -> {
                    tokens.add(Token.FUNCTION);
                    function.parameters().forEach(this::add);
                    tokens.add(Token.RESULTS);
                    function.results().forEach(this::add);
                }
                case StructType structure -> {
                    tokens.add(Token.STRUCTURE);
                    structure.fields().forEach(this::add);
                }
                case ArrayType array -> {
                    tokens.add(Token.ARRAY);
                    add(array.element());
                }
            }
        }

        private void add(int typeIndex) {
            if (typeIndex < firstIndex) {
                tokens.add(earlier.apply(typeIndex));
            } else {
                tokens.add(typeIndex - firstIndex);
            }
        }

        private void add(FieldType field) {
            if (field.mutable()) {
                tokens.add(Token.MUTABLE);
            }
            StorageType storage = field.storage();
            switch (storage) {
                case PackedType packed -> tokens.add(packed);
                case ValueType value -> add(value);
            }
        }

        private void add(ValueType type) {
            if (!(type instanceof ReferenceType reference)) {
                tokens.add(type);
                return;
            }
            if (reference.nullable()) {
                tokens.add(Token.NULLABLE);
            }
            HeapType heap = reference.heapType();
            switch (heap) {
                case AbstractHeapType kind -> tokens.add(kind);
                case ConcreteHeapType concrete -> add(concrete.typeIndex());
            }
        }
    }
}
