/** Images, artifacts and registries. */
@org.jspecify.annotations.NullMarked
module dev.wherry.oci {
    requires static transitive org.jspecify;
    requires tools.jackson.databind;
    requires java.net.http;
}
