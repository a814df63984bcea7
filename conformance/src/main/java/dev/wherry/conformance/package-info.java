/** Public suites and real engines in tests. */
package dev.wherry.conformance;
