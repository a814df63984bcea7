/** Side-by-side measurements against peers. */
@org.jspecify.annotations.NullMarked
module dev.wherry.bench {
    requires static transitive org.jspecify;
    requires dev.wherry.cli;
}
