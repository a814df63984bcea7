package dev.wherry.wasm;

/**
 * Something the module offers.
 *
 * @param index in the index space of its kind
 */
public record Export(String name, Kind kind, int index) {

    /** The five index spaces that can be exported from, in the order of their codes. */
    public enum Kind {
        FUNCTION,
        TABLE,
        MEMORY,
        GLOBAL,
        TAG
    }
}
