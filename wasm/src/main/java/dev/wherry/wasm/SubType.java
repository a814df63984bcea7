package dev.wherry.wasm;

import java.util.List;

/**
 * A type definition with its place in the hierarchy.
 *
 * @param isFinal whether it may have no subtypes
 * @param supertypes type indices, at most one in Wasm 3.0
 */
public record SubType(boolean isFinal, List<Integer> supertypes, CompositeType composite) {

    public SubType {
        supertypes = List.copyOf(supertypes);
    }
}
