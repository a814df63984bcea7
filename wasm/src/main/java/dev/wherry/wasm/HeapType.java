package dev.wherry.wasm;

/**
 * What a reference refers to.
 *
 * @see <a href="https://webassembly.github.io/spec/core/syntax/types.html#heap-types">Heap types</a>
 */
public sealed interface HeapType permits AbstractHeapType, ConcreteHeapType {}
