/** Side-by-side measurements against peers. */
package dev.wherry.bench;
