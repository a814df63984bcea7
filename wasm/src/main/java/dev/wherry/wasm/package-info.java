/** The Wasm format: decoder, validator, text, names, debug information. */
package dev.wherry.wasm;
