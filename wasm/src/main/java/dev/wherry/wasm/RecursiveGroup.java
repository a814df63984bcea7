package dev.wherry.wasm;

/**
 * Types that were defined together and may refer to one another: a run of the module's type indices.
 *
 * @param firstTypeIndex index of the first
 * @param typeCount how many
 */
public record RecursiveGroup(int firstTypeIndex, int typeCount) {}
