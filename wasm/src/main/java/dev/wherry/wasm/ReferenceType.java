package dev.wherry.wasm;

import java.util.Objects;

/**
 * A reference to a function, an exception, a structure, an array, or something of the host.
 *
 * @param nullable whether the null reference is a value of the type
 */
public record ReferenceType(boolean nullable, HeapType heapType) implements ValueType {

    public static final ReferenceType FUNCREF = new ReferenceType(true, AbstractHeapType.FUNC);
    public static final ReferenceType EXTERNREF = new ReferenceType(true, AbstractHeapType.EXTERN);
    public static final ReferenceType EXNREF = new ReferenceType(true, AbstractHeapType.EXN);
    public static final ReferenceType ANYREF = new ReferenceType(true, AbstractHeapType.ANY);

    public ReferenceType {
        Objects.requireNonNull(heapType);
    }

    /** The same type without the null reference. */
    public ReferenceType nonNull() {
        return nullable ? new ReferenceType(false, heapType) : this;
    }

    @Override
    public String toString() {
        if (nullable && heapType instanceof AbstractHeapType type) {
            return type.shorthand();
        }
        return (nullable ? "(ref null " : "(ref ") + heapType + ")";
    }
}
