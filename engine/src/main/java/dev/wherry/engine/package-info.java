/**
 * Compiles Wasm modules to JVM bytecode and runs them. {@link dev.wherry.engine.Engine} is where to start.
 *
 * <p>A module is compiled once ({@link dev.wherry.engine.CompiledModule}) and instantiated any number of times
 * ({@link dev.wherry.engine.Instance}); instances share code and their memory's initial image, and nothing else. Guests
 * reach only what their {@link dev.wherry.engine.Imports} give them.
 */
package dev.wherry.engine;
