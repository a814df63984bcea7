package dev.wherry.wasm;

/**
 * What can be imported and exported.
 *
 * @see <a href="https://webassembly.github.io/spec/core/syntax/types.html#external-types">External types</a>
 */
public sealed interface ExternalType permits ExternalType.Function, TableType, MemoryType, GlobalType, TagType {

    /** A function of the module's type with that index. */
    record Function(int typeIndex) implements ExternalType {}
}
