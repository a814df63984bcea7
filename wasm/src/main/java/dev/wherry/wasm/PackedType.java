package dev.wherry.wasm;

/** Integers of a field that are narrower than any value type. */
public enum PackedType implements StorageType {
    I8,
    I16;

    @Override
    public ValueType unpacked() {
        return NumberType.I32;
    }

    @Override
    public String toString() {
        return this == I8 ? "i8" : "i16";
    }
}
