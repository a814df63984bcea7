package dev.wherry.engine.runtime;

import dev.wherry.engine.GuestException;
import dev.wherry.wasm.AbstractHeapType;
import dev.wherry.wasm.ConcreteHeapType;
import dev.wherry.wasm.FunctionType;
import dev.wherry.wasm.HeapType;
import dev.wherry.wasm.Module;
import dev.wherry.wasm.RecursiveGroup;
import dev.wherry.wasm.ReferenceType;
import dev.wherry.wasm.SubType;
import dev.wherry.wasm.ValueType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The defined types of one module, by index, in their canonical form: what type indices in the module's other types mean.
 *
 * @see <a href="https://webassembly.github.io/spec/core/valid/matching.html">Matching</a>
 */
public final class TypeSpace {

    /** The host's: it defines no types, so its types must not contain indices. */
    static final TypeSpace HOST = new TypeSpace(List.of(), List.of());

    private final CanonicalType[] types;

    private TypeSpace(List<SubType> definitions, List<RecursiveGroup> groups) {
        List<CanonicalType> all = new ArrayList<>(definitions.size());
        for (RecursiveGroup group : groups) {
            int first = group.firstTypeIndex();
            List<SubType> members = definitions.subList(first, first + group.typeCount());
            all.addAll(List.of(CanonicalType.ofGroup(members, first, all::get)));
        }
        types = all.toArray(CanonicalType[]::new);
    }

    /** The types that a module defines. */
    static TypeSpace of(Module module) {
        return new TypeSpace(module.types(), module.recursiveGroups());
    }

    /** The type of an index. */
    public CanonicalType canonical(int typeIndex) {
        return types[typeIndex];
    }

    /**
     * The canonical form of a function type that stands alone, as the host's do.
     *
     * @throws IllegalArgumentException if it contains indices that this space does not have
     */
    CanonicalType canonical(FunctionType type) {
        List<SubType> group = List.of(new SubType(true, List.of(), type));
        return CanonicalType.ofGroup(group, types.length, this::canonical)[0];
    }

    /** Whether a host object is a reference of the type; {@code null} is the null reference. */
    boolean accepts(ReferenceType type, @Nullable Object value) {
        if (value == null) {
            return type.nullable();
        }
        HeapType heap = type.heapType();
        return switch (heap) {
            case AbstractHeapType kind ->
                switch (kind) {
                    case FUNC -> value instanceof FunctionReference;
                    case EXN -> value instanceof GuestException;
                    case EXTERN, ANY, EQ, I31, STRUCT, ARRAY -> true;
                    case NONE, NOFUNC, NOEXTERN, NOEXN -> false;
                };
            case ConcreteHeapType concrete ->
                value instanceof FunctionReference function
                        && function.canonicalType.isSubtypeOf(canonical(concrete.typeIndex()));
        };
    }

    /** Whether {@code type} of this space is {@code other} of another space or a subtype of it. */
    boolean matches(ValueType type, ValueType other, TypeSpace otherSpace) {
        if (type instanceof ReferenceType reference && other instanceof ReferenceType otherReference) {
            return (!reference.nullable() || otherReference.nullable())
                    && matches(reference.heapType(), otherReference.heapType(), otherSpace);
        }
        return type.equals(other);
    }

    /** Whether both are subtypes of each other. */
    boolean equivalent(ValueType type, ValueType other, TypeSpace otherSpace) {
        return matches(type, other, otherSpace) && otherSpace.matches(other, type, this);
    }

    private boolean matches(HeapType type, HeapType other, TypeSpace otherSpace) {
        return switch (type) {
            case ConcreteHeapType concrete -> {
                CanonicalType canonical = canonical(concrete.typeIndex());
                yield switch (other) {
                    case ConcreteHeapType otherConcrete ->
                        canonical.isSubtypeOf(otherSpace.canonical(otherConcrete.typeIndex()));
                    case AbstractHeapType kind -> belongs(canonical.kind(), kind);
                };
            }
            case AbstractHeapType kind ->
                switch (other) {
                    case AbstractHeapType otherKind -> matches(kind, otherKind);
                    case ConcreteHeapType otherConcrete ->
                        kind
                                == switch (otherSpace
                                        .canonical(otherConcrete.typeIndex())
                                        .kind()) {
                                    case FUNCTION -> AbstractHeapType.NOFUNC;
                                    case STRUCTURE, ARRAY -> AbstractHeapType.NONE;
                                };
                };
        };
    }

    private static boolean belongs(CanonicalType.Kind kind, AbstractHeapType type) {
        return switch (kind) {
            case FUNCTION -> type == AbstractHeapType.FUNC;
            case STRUCTURE -> matches(AbstractHeapType.STRUCT, type);
            case ARRAY -> matches(AbstractHeapType.ARRAY, type);
        };
    }

    private static boolean matches(AbstractHeapType type, AbstractHeapType other) {
        if (type == other) {
            return true;
        }
        return switch (type) {
            case EQ -> other == AbstractHeapType.ANY;
            case I31, STRUCT, ARRAY -> other == AbstractHeapType.EQ || other == AbstractHeapType.ANY;
            case NONE ->
                matches(AbstractHeapType.STRUCT, other)
                        || other == AbstractHeapType.I31
                        || other == AbstractHeapType.ARRAY;
            case NOFUNC -> other == AbstractHeapType.FUNC;
            case NOEXTERN -> other == AbstractHeapType.EXTERN;
            case NOEXN -> other == AbstractHeapType.EXN;
            case ANY, FUNC, EXTERN, EXN -> false;
        };
    }
}
