package dev.wherry.engine;

/**
 * A boxed {@code v128} value.
 *
 * @param low lanes 0 to 7 of its 16 bytes, little-endian
 * @param high lanes 8 to 15
 */
public record V128(long low, long high) {}
