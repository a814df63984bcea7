/** Compiles Wasm modules to JVM bytecode and runs them. */
package dev.wherry.engine;
