package dev.wherry.wasm;

/**
 * What a field of a structure or array may hold.
 *
 * @see <a href="https://webassembly.github.io/spec/core/syntax/types.html#aggregate-types">Aggregate types</a>
 */
public sealed interface StorageType permits ValueType, PackedType {

    /** The value type under which the field is read and written: itself, or i32 for a packed type. */
    ValueType unpacked();
}
