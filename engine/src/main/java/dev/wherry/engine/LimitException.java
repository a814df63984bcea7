package dev.wherry.engine;

/**
 * A module, an instance or the engine would exceed one of its configured limits.
 *
 * <p>Limits that a guest meets while it runs do not surface here: {@code memory.grow} and {@code table.grow} then answer
 * {@code -1}, as the specification provides.
 */
public final class LimitException extends EngineException {

    private static final long serialVersionUID = 1L;

    private final String limit;
    private final long allowed;
    private final long wanted;

    /**
     * @param limit the limit's name in the configuration, for example {@code maxMemoryBytes}
     * @param what what was too large, for example {@code the module's initial memory}
     * @param wanted the value asked for, in the unit of the limit
     * @param allowed the limit's value
     * @param unit the unit of both, for example {@code bytes}
     */
    public LimitException(String limit, String what, long wanted, long allowed, String unit) {
        super(
                "engine.limit." + limit,
                "limit exceeded: " + what + " needs " + Long.toUnsignedString(wanted) + " " + unit + " but " + limit
                        + " is " + allowed);
        this.limit = limit;
        this.allowed = allowed;
        this.wanted = wanted;
    }

    /** The limit's name in the configuration. */
    public String limit() {
        return limit;
    }

    /** The limit's value. */
    public long allowed() {
        return allowed;
    }

    /** The value that was asked for; unsigned. */
    public long wanted() {
        return wanted;
    }
}
