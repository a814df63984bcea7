package dev.wherry.engine;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One guest function on the stack of a {@link Trap}, innermost first.
 *
 * @param moduleName the module's name from its name section, or the start of its digest
 * @param functionIndex the function's index in its module
 * @param functionName its name, demangled where it is a C++ one; empty when the module carries none
 * @param codeOffset the offset of the instruction in the module's bytes, where known
 * @param source {@code file:line} from the module's DWARF data, where present
 */
public record TrapFrame(
        String moduleName,
        int functionIndex,
        Optional<String> functionName,
        OptionalInt codeOffset,
        Optional<String> source) {

    /** Checks that nothing is null and that the index is not negative. */
    public TrapFrame {
        Objects.requireNonNull(moduleName);
        Objects.requireNonNull(functionName);
        Objects.requireNonNull(codeOffset);
        Objects.requireNonNull(source);
        if (functionIndex < 0) {
            throw new IllegalArgumentException("negative function index " + functionIndex);
        }
    }

    /** The frame as one line of a stack trace: name, place in the source where known, offset. */
    @Override
    public String toString() {
        StringBuilder line = new StringBuilder(functionName.orElse("function " + functionIndex));
        source.ifPresent(place -> line.append(" (").append(place).append(')'));
        codeOffset.ifPresent(offset -> line.append(" @0x").append(Integer.toHexString(offset)));
        return line.toString();
    }
}
