/**
 * The application file {@code wherry.yaml}: its YAML with positions, its typed sections, its JSON Schema and its reference page.
 *
 * <p>Entry type: {@link dev.wherry.config.ApplicationFile}. One table of fields drives reading, schema and documentation. The
 * toolchain reads the build section, the host the rest; this package depends on neither.
 */
package dev.wherry.config;
