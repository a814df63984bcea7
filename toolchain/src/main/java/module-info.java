/** C++ to Wasm. */
@org.jspecify.annotations.NullMarked
module dev.wherry.toolchain {
    requires static transitive org.jspecify;
    requires transitive dev.wherry.wasm;
    requires transitive dev.wherry.config;
}
