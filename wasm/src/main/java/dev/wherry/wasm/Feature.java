package dev.wherry.wasm;

/** The steps in which Wasm grew; an engine may support some and not others. */
public enum Feature {
    MVP("mvp"),
    SIGN_EXTENSION("sign extension"),
    SATURATING_CONVERSION("saturating conversion"),
    MULTI_VALUE("multi-value"),
    BULK_MEMORY("bulk memory"),
    REFERENCE_TYPES("reference types"),
    SIMD("SIMD"),
    RELAXED_SIMD("relaxed SIMD"),
    EXCEPTIONS("exception handling"),
    LEGACY_EXCEPTIONS("exception handling, legacy encoding"),
    TAIL_CALL("tail calls"),
    EXTENDED_CONST("extended constant expressions"),
    MULTI_MEMORY("multiple memories"),
    MEMORY64("64-bit memories and tables"),
    FUNCTION_REFERENCES("typed function references"),
    GC("garbage collection"),
    THREADS("threads");

    private final String title;

    Feature(String title) {
        this.title = title;
    }

    /** The feature's name in a sentence. */
    public String title() {
        return title;
    }
}
