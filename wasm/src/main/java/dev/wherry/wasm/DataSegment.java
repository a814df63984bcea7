package dev.wherry.wasm;

/**
 * Bytes for a memory.
 *
 * @param offset where the bytes begin in the module
 * @param length how many there are
 */
public record DataSegment(SegmentMode mode, int offset, int length) {}
