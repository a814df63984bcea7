/** Serves modules: routes, permissions, limits, telemetry. */
package dev.wherry.host;
