package dev.wherry.engine.runtime;

import dev.wherry.engine.UnsupportedFeatureException;
import dev.wherry.wasm.ConstantExpression;
import dev.wherry.wasm.InstructionReader;
import dev.wherry.wasm.Module;
import dev.wherry.wasm.Opcode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A constant expression, decoded once per module and evaluated once per instance.
 *
 * @see <a href="https://webassembly.github.io/spec/core/valid/instructions.html#constant-expressions">Constant expressions</a>
 */
sealed interface Constant {

    /** A number, or a {@code v128} with its high half. */
    record Fixed(long bits, long highBits) implements Constant {}

    /** The null reference. */
    record Null() implements Constant {}

    /** {@code ref.func}. */
    record FunctionIndex(int index) implements Constant {}

    /** {@code global.get}. */
    record GlobalIndex(int index) implements Constant {}

    /** An integer operation of the extended constant expressions. */
    record Operation(Opcode opcode, Constant left, Constant right) implements Constant {

        private long apply(Scope scope) {
            return apply(opcode, left.bits(scope), right.bits(scope));
        }

        private static long apply(Opcode opcode, long left, long right) {
            return switch (opcode) {
                case I32_ADD -> (int) (left + right);
                case I32_SUB -> (int) (left - right);
                case I32_MUL -> (int) (left * right);
                case I64_ADD -> left + right;
                case I64_SUB -> left - right;
                case I64_MUL -> left * right;
                default -> throw new IllegalStateException(opcode + " is no constant operation");
            };
        }
    }

    /** Where constants find what they refer to. */
    interface Scope {
        /** The cell of a global that has its value already. */
        GlobalCell global(int index);

        /** The reference to a function. */
        FunctionReference function(int index);
    }

    /** The value as raw bits; of a reference that is a number, its bits. */
    default long bits(Scope scope) {
        return switch (this) {
            case Fixed number -> number.bits();
            case GlobalIndex global -> scope.global(global.index()).bits;
            case Operation operation -> operation.apply(scope);
            case Null none -> throw new IllegalStateException("a reference has no bits");
            case FunctionIndex function -> throw new IllegalStateException("a reference has no bits");
        };
    }

    /** The value as a reference. */
    default @Nullable Object reference(Scope scope) {
        return switch (this) {
            case Null none -> null;
            case FunctionIndex function -> scope.function(function.index());
            case GlobalIndex global -> scope.global(global.index()).reference;
            case Fixed number -> throw new IllegalStateException("a number is no reference");
            case Operation operation -> throw new IllegalStateException("a number is no reference");
        };
    }

    /** Stores the value into a cell of its type. */
    default void storeInto(GlobalCell cell, boolean reference, Scope scope) {
        if (reference) {
            cell.reference = reference(scope);
            return;
        }
        switch (this) {
            case Fixed number -> {
                cell.bits = number.bits();
                cell.highBits = number.highBits();
            }
            case GlobalIndex global -> {
                cell.bits = scope.global(global.index()).bits;
                cell.highBits = scope.global(global.index()).highBits;
            }
            case Operation operation -> cell.bits = operation.apply(scope);
            case Null none -> throw new IllegalStateException("a reference in a number's global");
            case FunctionIndex function -> throw new IllegalStateException("a reference in a number's global");
        }
    }

    /** The number, if it is the same for every instance. */
    default OptionalLong fixed() {
        return this instanceof Fixed number ? OptionalLong.of(number.bits()) : OptionalLong.empty();
    }

    /**
     * Decodes an expression, which must be valid.
     *
     * @throws UnsupportedFeatureException for instructions of the garbage collection proposal
     */
    static Constant decode(Module module, ConstantExpression expression) {
        InstructionReader reader = new InstructionReader(module, expression.offset(), expression.endOffset());
        List<Constant> stack = new ArrayList<>(2);
        while (reader.next()) {
            Opcode opcode = reader.opcode();
            switch (opcode) {
                case END -> {}
                case I32_CONST -> stack.add(new Fixed(reader.i32(), 0));
                case I64_CONST -> stack.add(new Fixed(reader.i64(), 0));
                case F32_CONST -> stack.add(new Fixed(Integer.toUnsignedLong(reader.f32Bits()), 0));
                case F64_CONST -> stack.add(new Fixed(reader.f64Bits(), 0));
                case V128_CONST -> stack.add(new Fixed(reader.v128Low(), reader.v128High()));
                case REF_NULL -> stack.add(new Null());
                case REF_FUNC -> stack.add(new FunctionIndex(reader.index()));
                case GLOBAL_GET -> stack.add(new GlobalIndex(reader.index()));
                case I32_ADD, I32_SUB, I32_MUL, I64_ADD, I64_SUB, I64_MUL -> {
                    Constant right = stack.removeLast();
                    Constant left = stack.removeLast();
                    stack.add(fold(new Operation(opcode, left, right)));
                }
                default ->
                    throw new UnsupportedFeatureException(
                            opcode.mnemonic(), "constant expression, offset 0x" + Integer.toHexString(reader.offset()));
            }
        }
        return stack.getLast();
    }

    private static Constant fold(Operation operation) {
        return operation.left() instanceof Fixed left && operation.right() instanceof Fixed right
                ? new Fixed(Operation.apply(operation.opcode(), left.bits(), right.bits()), 0)
                : operation;
    }
}
