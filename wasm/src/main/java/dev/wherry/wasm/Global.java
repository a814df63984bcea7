package dev.wherry.wasm;

/** A global that the module defines. */
public record Global(GlobalType type, ConstantExpression initializer) {}
