/**
 * What instances are made of at run time. Entry is {@link dev.wherry.engine.runtime.EngineContext}; only the engine's public package,
 * the compiler and generated code depend on it.
 */
package dev.wherry.engine.runtime;
