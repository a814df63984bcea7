/** C++ to Wasm: finds, installs and drives compilers. */
package dev.wherry.toolchain;
