package dev.wherry.wasm;

/**
 * A section that has no meaning for execution.
 *
 * @param offset where its content (behind the name) begins in the module
 * @param endOffset one past its last byte
 */
public record CustomSection(String name, int offset, int endOffset) {}
