package dev.wherry.engine;

/**
 * What one instance may use. Each limit covers what the instance defines itself; what it imports counts for its owner.
 *
 * @param maxMemoryBytes bytes of all its memories together; {@code memory.grow} beyond answers {@code -1}
 * @param maxMemories number of memories
 * @param maxTableElements elements of all its tables together; {@code table.grow} beyond answers {@code -1}
 * @param maxTables number of tables
 * @param maxGlobals number of globals
 */
public record InstanceLimits(
        long maxMemoryBytes, int maxMemories, long maxTableElements, int maxTables, int maxGlobals) {

    /** 1 GiB of memory in at most 100 memories, 10 million elements in at most 1,000 tables, 1,000,000 globals. */
    public static final InstanceLimits DEFAULTS = new InstanceLimits(1L << 30, 100, 10_000_000, 1_000, 1_000_000);

    /** Checks that no limit is negative. */
    public InstanceLimits {
        requireNotNegative("maxMemoryBytes", maxMemoryBytes);
        requireNotNegative("maxMemories", maxMemories);
        requireNotNegative("maxTableElements", maxTableElements);
        requireNotNegative("maxTables", maxTables);
        requireNotNegative("maxGlobals", maxGlobals);
    }

    /** The same limits with another {@link #maxMemoryBytes}. */
    public InstanceLimits withMaxMemoryBytes(long bytes) {
        return new InstanceLimits(bytes, maxMemories, maxTableElements, maxTables, maxGlobals);
    }

    /** The same limits with another {@link #maxMemories}. */
    public InstanceLimits withMaxMemories(int count) {
        return new InstanceLimits(maxMemoryBytes, count, maxTableElements, maxTables, maxGlobals);
    }

    /** The same limits with another {@link #maxTableElements}. */
    public InstanceLimits withMaxTableElements(long elements) {
        return new InstanceLimits(maxMemoryBytes, maxMemories, elements, maxTables, maxGlobals);
    }

    /** The same limits with another {@link #maxTables}. */
    public InstanceLimits withMaxTables(int count) {
        return new InstanceLimits(maxMemoryBytes, maxMemories, maxTableElements, count, maxGlobals);
    }

    /** The same limits with another {@link #maxGlobals}. */
    public InstanceLimits withMaxGlobals(int count) {
        return new InstanceLimits(maxMemoryBytes, maxMemories, maxTableElements, maxTables, count);
    }

    private static void requireNotNegative(String name, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + " must not be negative but is " + value);
        }
    }
}
