package dev.wherry.engine.runtime;

/**
 * An allowance that several memories or tables of one instance draw from. Safe for several threads.
 */
public final class Budget {

    private final String limit;
    private final long allowed;
    private long used;

    /**
     * @param limit the limit's name in the configuration
     * @param allowed how much there is
     */
    public Budget(String limit, long allowed) {
        this.limit = limit;
        this.allowed = allowed;
    }

    /** Takes {@code amount}, or nothing if that much is not left. */
    synchronized boolean take(long amount) {
        if (amount < 0 || amount > allowed - used) {
            return false;
        }
        used += amount;
        return true;
    }

    /** Puts back what was taken and not used. */
    synchronized void giveBack(long amount) {
        used -= amount;
    }

    String limit() {
        return limit;
    }

    long allowed() {
        return allowed;
    }
}
