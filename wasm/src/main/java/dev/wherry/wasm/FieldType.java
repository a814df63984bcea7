package dev.wherry.wasm;

/** The type of a structure's field or of an array's elements. */
public record FieldType(StorageType storage, boolean mutable) {}
