package dev.wherry.wasm;

/**
 * The type of a value on the operand stack, in a local or in a global. Prints as in the text format.
 *
 * @see <a href="https://webassembly.github.io/spec/core/syntax/types.html#value-types">Value types</a>
 */
public sealed interface ValueType extends StorageType permits NumberType, VectorType, ReferenceType {

    @Override
    default ValueType unpacked() {
        return this;
    }

    /** Whether a local of this type has a value before it is set. */
    default boolean isDefaultable() {
        return !(this instanceof ReferenceType reference) || reference.nullable();
    }
}
