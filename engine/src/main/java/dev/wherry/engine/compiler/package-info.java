/** Compiles modules to class files; entry is {@link dev.wherry.engine.compiler.ModuleCompiler}, used by the runtime only. */
package dev.wherry.engine.compiler;
