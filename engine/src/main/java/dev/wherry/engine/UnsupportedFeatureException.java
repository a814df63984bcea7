package dev.wherry.engine;

/**
 * A valid module uses a part of WebAssembly that this engine does not compile yet.
 *
 * <p>The message reads {@code not supported yet: <feature> (<where>)}.
 */
public final class UnsupportedFeatureException extends EngineException {

    private static final long serialVersionUID = 1L;

    private final String feature;

    /**
     * @param feature the feature's name, as in {@code tail-call}
     * @param where the place that needs it, as in {@code function 12, offset 0x1f40}
     */
    public UnsupportedFeatureException(String feature, String where) {
        super("engine.unsupported", "not supported yet: " + feature + " (" + where + ")");
        this.feature = feature;
    }

    /** The feature's name. */
    public String feature() {
        return feature;
    }
}
