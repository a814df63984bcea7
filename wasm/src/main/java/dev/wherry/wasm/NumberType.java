package dev.wherry.wasm;

import java.util.Locale;

/** Integers and floating-point numbers. */
public enum NumberType implements ValueType {
    I32,
    I64,
    F32,
    F64;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
