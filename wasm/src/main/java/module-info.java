/** The Wasm format. */
@org.jspecify.annotations.NullMarked
module dev.wherry.wasm {
    requires static transitive org.jspecify;

    exports dev.wherry.wasm;
}
