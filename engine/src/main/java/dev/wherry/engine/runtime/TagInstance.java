package dev.wherry.engine.runtime;

import dev.wherry.engine.Tag;
import dev.wherry.wasm.FunctionType;

/** A tag; compared by identity. */
public final class TagInstance implements Tag {

    private final FunctionType type;
    private final CanonicalType canonicalType;

    TagInstance(FunctionType type, CanonicalType canonicalType) {
        this.type = type;
        this.canonicalType = canonicalType;
    }

    /** See {@link Tag#of}. */
    public static TagInstance of(FunctionType type) {
        if (!type.results().isEmpty()) {
            throw new IllegalArgumentException("a tag has no results but the type is " + type);
        }
        return new TagInstance(type, TypeSpace.HOST.canonical(type));
    }

    @Override
    public FunctionType type() {
        return type;
    }

    CanonicalType canonicalType() {
        return canonicalType;
    }
}
