/** WASI preview 1 on a capability sandbox. */
package dev.wherry.wasi;
