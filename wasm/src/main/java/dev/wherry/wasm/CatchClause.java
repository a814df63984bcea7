package dev.wherry.wasm;

/**
 * A clause of {@code try_table}.
 *
 * @param tagIndex the tag caught, or -1 for every exception
 * @param withReference whether the label also gets a reference to the exception
 * @param label counted outwards from the block around {@code try_table}
 */
public record CatchClause(int tagIndex, boolean withReference, int label) {

    /** Whether the clause catches every exception. */
    public boolean catchesAll() {
        return tagIndex < 0;
    }
}
