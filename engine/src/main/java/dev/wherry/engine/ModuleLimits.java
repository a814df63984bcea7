package dev.wherry.engine;

import java.time.Duration;
import java.util.Objects;

/**
 * What a module may be before the engine refuses to compile it.
 *
 * @param maxModuleBytes size of the binary in bytes
 * @param maxFunctions number of functions, imported ones included
 * @param maxFunctionBytes size of one function's body in bytes
 * @param maxLocals number of locals of one function, parameters included
 * @param maxCompileTime wall-clock time that one compilation may take
 */
public record ModuleLimits(
        int maxModuleBytes, int maxFunctions, int maxFunctionBytes, int maxLocals, Duration maxCompileTime) {

    /** 256 MiB per module, 1,000,000 functions, 64 MiB and 50,000 locals per function, five minutes. */
    public static final ModuleLimits DEFAULTS =
            new ModuleLimits(256 << 20, 1_000_000, 64 << 20, 50_000, Duration.ofMinutes(5));

    /** Checks that every limit is positive. */
    public ModuleLimits {
        requirePositive("maxModuleBytes", maxModuleBytes);
        requirePositive("maxFunctions", maxFunctions);
        requirePositive("maxFunctionBytes", maxFunctionBytes);
        requirePositive("maxLocals", maxLocals);
        Objects.requireNonNull(maxCompileTime);
        if (!maxCompileTime.isPositive()) {
            throw new IllegalArgumentException("maxCompileTime must be positive but is " + maxCompileTime);
        }
    }

    /** The same limits with another {@link #maxModuleBytes}. */
    public ModuleLimits withMaxModuleBytes(int bytes) {
        return new ModuleLimits(bytes, maxFunctions, maxFunctionBytes, maxLocals, maxCompileTime);
    }

    /** The same limits with another {@link #maxFunctions}. */
    public ModuleLimits withMaxFunctions(int count) {
        return new ModuleLimits(maxModuleBytes, count, maxFunctionBytes, maxLocals, maxCompileTime);
    }

    /** The same limits with another {@link #maxFunctionBytes}. */
    public ModuleLimits withMaxFunctionBytes(int bytes) {
        return new ModuleLimits(maxModuleBytes, maxFunctions, bytes, maxLocals, maxCompileTime);
    }

    /** The same limits with another {@link #maxLocals}. */
    public ModuleLimits withMaxLocals(int count) {
        return new ModuleLimits(maxModuleBytes, maxFunctions, maxFunctionBytes, count, maxCompileTime);
    }

    /** The same limits with another {@link #maxCompileTime}. */
    public ModuleLimits withMaxCompileTime(Duration time) {
        return new ModuleLimits(maxModuleBytes, maxFunctions, maxFunctionBytes, maxLocals, time);
    }

    private static void requirePositive(String name, int value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " must be positive but is " + value);
        }
    }
}
