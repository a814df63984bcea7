package dev.wherry.wasm;

/**
 * A constant expression: a range of the module's bytes, including its {@code end}.
 *
 * @param offset of the first instruction
 * @param endOffset one past the {@code end}
 */
public record ConstantExpression(int offset, int endOffset) {}
