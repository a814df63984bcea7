/**
 * The Wasm binary format: the decoded {@link dev.wherry.wasm.Module}, its {@link dev.wherry.wasm.Decoder}, its
 * {@link dev.wherry.wasm.Validator}, and the {@link dev.wherry.wasm.InstructionReader} with which everybody else reads code.
 *
 * <p>Depends on nothing; everything depends on it.
 */
package dev.wherry.wasm;
