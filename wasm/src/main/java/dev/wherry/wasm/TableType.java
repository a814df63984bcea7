package dev.wherry.wasm;

/** A table: its addresses, size in elements, and what it holds. */
public record TableType(AddressType addressType, Limits limits, ReferenceType elementType) implements ExternalType {}
