/** The wherry command. */
package dev.wherry.cli;
