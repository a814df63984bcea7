/** The wherry command. */
@org.jspecify.annotations.NullMarked
module dev.wherry.cli {
    requires static transitive org.jspecify;
    requires dev.wherry.host;
    requires dev.wherry.toolchain;
    requires info.picocli;
    requires tools.jackson.databind;
}
