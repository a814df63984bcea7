/** The application file. */
@org.jspecify.annotations.NullMarked
module dev.wherry.config {
    requires static transitive org.jspecify;
    requires org.snakeyaml.engine;

    exports dev.wherry.config;
}
