/** Content store, images, artifacts and registry client. */
package dev.wherry.oci;
