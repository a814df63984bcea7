/** Public suites and real engines in tests. */
@org.jspecify.annotations.NullMarked
module dev.wherry.conformance {
    requires static transitive org.jspecify;
    requires dev.wherry.cli;
}
