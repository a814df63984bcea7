package dev.wherry.wasm;

import java.util.Optional;

/**
 * A table that the module defines.
 *
 * @param initializer the value of its elements; null references without one
 */
public record Table(TableType type, Optional<ConstantExpression> initializer) {}
