package dev.wherry.wasm;

/** Vectors of 128 bits. */
public enum VectorType implements ValueType {
    V128;

    @Override
    public String toString() {
        return "v128";
    }
}
