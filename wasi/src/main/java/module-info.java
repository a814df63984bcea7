/** WASI preview 1. */
@org.jspecify.annotations.NullMarked
module dev.wherry.wasi {
    requires static transitive org.jspecify;
    requires transitive dev.wherry.engine;
}
