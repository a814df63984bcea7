package dev.wherry.wasm;

/**
 * When the content of a segment is used.
 *
 * @see <a href="https://webassembly.github.io/spec/core/syntax/modules.html#element-segments">Segments</a>
 */
public sealed interface SegmentMode {

    /** Copied by an instruction. */
    record Passive() implements SegmentMode {}

    /** Element segments only: makes functions known to {@code ref.func}. */
    record Declarative() implements SegmentMode {}

    /** Copied when the module is instantiated. */
    record Active(int targetIndex, ConstantExpression offset) implements SegmentMode {}
}
