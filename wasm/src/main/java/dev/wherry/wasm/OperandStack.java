package dev.wherry.wasm;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The types of the operands while code is validated, and the frames of the blocks around.
 *
 * @see <a href="https://webassembly.github.io/spec/core/appendix/algorithm.html">Validation algorithm</a>
 */
final class OperandStack {

    /** A block that is open. */
    static final class Frame {
        final Opcode opcode;
        final List<ValueType> startTypes;
        final List<ValueType> endTypes;
        final int height;
        final int initializedHeight;
        boolean unreachable;

        Frame(Opcode opcode, List<ValueType> startTypes, List<ValueType> endTypes, int height, int initializedHeight) {
            this.opcode = opcode;
            this.startTypes = startTypes;
            this.endTypes = endTypes;
            this.height = height;
            this.initializedHeight = initializedHeight;
        }

        /** The types that a branch to the block carries. */
        List<ValueType> labelTypes() {
            return opcode == Opcode.LOOP ? startTypes : endTypes;
        }
    }

    private final ValidationContext context;
    /** Null stands for any type: an operand of unreachable code. */
    private @Nullable ValueType[] operands = new @Nullable ValueType[64];

    private int height;
    private Frame[] frames = new Frame[16];
    private int depth;
    private String where = "";
    private int offset;

    OperandStack(ValidationContext context) {
        this.context = context;
    }

    void reset(String newWhere) {
        where = newWhere;
        height = 0;
        depth = 0;
    }

    void at(int newOffset) {
        offset = newOffset;
    }

    InvalidException invalid(String fault) {
        return new InvalidException(fault, where, offset);
    }

    int depth() {
        return depth;
    }

    Frame top() {
        return frames[depth - 1];
    }

    /** The frame that a label names. */
    Frame label(int label) {
        if (Integer.compareUnsigned(label, depth) >= 0) {
            throw invalid("unknown label " + Integer.toUnsignedString(label) + ", " + depth + " blocks are open");
        }
        return frames[depth - 1 - label];
    }

    void push(@Nullable ValueType type) {
        if (height == operands.length) {
            operands = Arrays.copyOf(operands, 2 * height);
        }
        operands[height++] = type;
    }

    void push(List<ValueType> types) {
        for (ValueType type : types) {
            push(type);
        }
    }

    /** Takes an operand of any type; null when the code is unreachable and nothing is known. */
    @Nullable
    ValueType pop() {
        Frame frame = top();
        if (height == frame.height) {
            if (frame.unreachable) {
                return null;
            }
            throw invalid("type mismatch: an operand is expected, the stack is empty");
        }
        return operands[--height];
    }

    /** Takes an operand that matches a type, and answers what it was. */
    @Nullable
    ValueType pop(ValueType expected) {
        Frame frame = top();
        if (height == frame.height && !frame.unreachable) {
            throw invalid("type mismatch: " + expected + " is expected, the stack is empty");
        }
        ValueType found = pop();
        if (found != null && !context.matches(found, expected)) {
            throw invalid("type mismatch: " + expected + " is expected, found " + found);
        }
        return found;
    }

    void pop(List<ValueType> types) {
        for (int i = types.size() - 1; i >= 0; i--) {
            pop(types.get(i));
        }
    }

    /** Whether the code is unreachable and no operand is left, so that any further one is of any type. */
    boolean givesAnything() {
        Frame frame = top();
        return frame.unreachable && height == frame.height;
    }

    /** Takes a reference of any type; null when nothing is known. */
    @Nullable
    ReferenceType popReference() {
        ValueType found = pop();
        if (found == null || found instanceof ReferenceType) {
            return (ReferenceType) found;
        }
        throw invalid("type mismatch: a reference is expected, found " + found);
    }

    /** Checks that operands of these types lie on top, and leaves them. */
    void peek(List<ValueType> types) {
        int missing = 0;
        Frame frame = top();
        for (int i = types.size() - 1; i >= 0; i--) {
            int position = height - (types.size() - i);
            if (position < frame.height) {
                missing++;
                if (!frame.unreachable) {
                    throw invalid("type mismatch: " + types + " is expected, the stack has too few operands");
                }
                continue;
            }
            ValueType found = operands[position];
            if (found != null && !context.matches(found, types.get(i))) {
                throw invalid("type mismatch: " + types.get(i) + " is expected, found " + found);
            }
        }
        if (missing > 0) {
            // Unreachable code may have fewer operands than it leaves behind.
            pop(types);
            push(types);
        }
    }

    void open(Opcode opcode, List<ValueType> startTypes, List<ValueType> endTypes, int initializedHeight) {
        if (depth == frames.length) {
            frames = Arrays.copyOf(frames, 2 * depth);
        }
        frames[depth++] = new Frame(opcode, startTypes, endTypes, height, initializedHeight);
        push(startTypes);
    }

    /** Closes the innermost block: its results must be all that is left in it. */
    Frame close() {
        if (depth == 0) {
            throw invalid("unexpected end: no block is open");
        }
        Frame frame = top();
        pop(frame.endTypes);
        if (height != frame.height) {
            throw invalid("type mismatch: " + (height - frame.height) + " operands are left at the end of a block");
        }
        depth--;
        return frame;
    }

    void unreachable() {
        Frame frame = top();
        height = frame.height;
        frame.unreachable = true;
    }
}
