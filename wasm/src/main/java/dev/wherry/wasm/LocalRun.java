package dev.wherry.wasm;

/** Locals of one type that were declared together. */
public record LocalRun(int count, ValueType type) {}
