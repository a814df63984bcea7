package dev.wherry.wasm;

import java.util.List;

/**
 * The code of a function.
 *
 * @param offset of the body's first byte, which is what code offsets in debug information count from
 * @param locals declared locals, in runs; parameters come before them
 * @param instructionsOffset of the first instruction
 * @param endOffset one past the final {@code end}
 */
public record FunctionBody(int offset, List<LocalRun> locals, int instructionsOffset, int endOffset) {

    public FunctionBody {
        locals = List.copyOf(locals);
    }

    /** How many locals are declared, parameters not counted. */
    public int declaredLocalCount() {
        int count = 0;
        for (LocalRun run : locals) {
            count += run.count();
        }
        return count;
    }
}
