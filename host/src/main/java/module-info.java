/** Applications and their routes. */
@org.jspecify.annotations.NullMarked
module dev.wherry.host {
    requires static transitive org.jspecify;
    requires transitive dev.wherry.wasi;
    requires transitive dev.wherry.oci;
    requires transitive dev.wherry.config;
    requires org.eclipse.jetty.server;
    requires org.eclipse.jetty.http2.server;
}
