package dev.wherry.wasm;

/** A tag of exceptions, with the index of the function type whose parameters an exception carries. */
public record TagType(int typeIndex) implements ExternalType {}
