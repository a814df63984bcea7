package dev.wherry.wasm;

/** A memory: its addresses, size in pages of 64 KiB, and whether several threads may use it. */
public record MemoryType(AddressType addressType, Limits limits, boolean shared) implements ExternalType {

    /** Bytes of a page. */
    public static final int PAGE_BYTES = 1 << 16;
}
