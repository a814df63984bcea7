package dev.wherry.wasm;

/** A global. */
public record GlobalType(ValueType valueType, boolean mutable) implements ExternalType {}
