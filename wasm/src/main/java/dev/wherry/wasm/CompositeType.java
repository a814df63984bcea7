package dev.wherry.wasm;

/**
 * What a type definition defines.
 *
 * @see <a href="https://webassembly.github.io/spec/core/syntax/types.html#composite-types">Composite types</a>
 */
public sealed interface CompositeType permits FunctionType, StructType, ArrayType {}
