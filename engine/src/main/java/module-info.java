/** The Wasm engine. */
@org.jspecify.annotations.NullMarked
module dev.wherry.engine {
    requires static transitive org.jspecify;
    requires transitive dev.wherry.wasm;

    exports dev.wherry.engine;
}
