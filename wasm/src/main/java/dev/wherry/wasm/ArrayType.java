package dev.wherry.wasm;

/** An array of elements of one type. */
public record ArrayType(FieldType element) implements CompositeType {}
