package dev.wherry.wasm;

import java.util.OptionalLong;

/**
 * The size of a memory (in pages of 64 KiB) or table (in elements), as an unsigned range.
 *
 * @param minimum initial size
 * @param maximum the size beyond which it never grows
 */
public record Limits(long minimum, OptionalLong maximum) {}
