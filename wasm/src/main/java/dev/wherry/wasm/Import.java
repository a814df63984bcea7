package dev.wherry.wasm;

/**
 * Something the module needs from outside.
 *
 * @param module first part of its name
 * @param name second part of its name
 * @param type what it is
 */
public record Import(String module, String name, ExternalType type) {}
