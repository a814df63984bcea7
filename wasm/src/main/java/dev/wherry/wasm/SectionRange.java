package dev.wherry.wasm;

/**
 * Where a section stands in the module.
 *
 * @param id the section's id, 0 to 13
 * @param headerOffset of the id byte
 * @param offset of the content
 * @param endOffset one past the content
 */
public record SectionRange(int id, int headerOffset, int offset, int endOffset) {}
