package dev.wherry.wasm;

import java.util.List;

/**
 * Checks constant expressions: straight-line code of few instructions.
 *
 * @see <a href="https://webassembly.github.io/spec/core/valid/instructions.html#constant-expressions">Constant expressions</a>
 */
final class ConstantValidator {

    private final ValidationContext context;
    private final OperandStack stack;
    private final AggregateValidator aggregates;

    ConstantValidator(ValidationContext context) {
        this.context = context;
        this.stack = new OperandStack(context);
        this.aggregates = new AggregateValidator(context, stack);
    }

    /**
     * @param visibleGlobals how many globals exist where the expression stands
     */
    void validate(ConstantExpression expression, ValueType type, int visibleGlobals, String where) {
        Module module = context.module();
        stack.reset(where);
        stack.open(Opcode.BLOCK, List.of(), List.of(type), 0);
        InstructionReader in = new InstructionReader(module, expression.offset(), expression.endOffset());
        while (in.next()) {
            stack.at(in.offset());
            switch (in.opcode()) {
                case I32_CONST,
                        I64_CONST,
                        F32_CONST,
                        F64_CONST,
                        V128_CONST,
                        I32_ADD,
                        I32_SUB,
                        I32_MUL,
                        I64_ADD,
                        I64_SUB,
                        I64_MUL -> simple(in.opcode());
                case GLOBAL_GET -> globalGet(in.index(), visibleGlobals);
                case REF_FUNC -> {
                    int function = in.index();
                    if (Integer.compareUnsigned(function, module.functionCount()) >= 0) {
                        throw ValidationContext.unknown(
                                "function", function, module.functionCount(), where, in.offset());
                    }
                    context.declaredFunctions().set(function);
                    stack.push(new ReferenceType(false, new ConcreteHeapType(module.functionTypeIndex(function))));
                }
                case REF_NULL -> {
                    context.check(in.castType(), where, in.offset());
                    stack.push(in.castType());
                }
                case STRUCT_NEW,
                        STRUCT_NEW_DEFAULT,
                        ARRAY_NEW,
                        ARRAY_NEW_DEFAULT,
                        ARRAY_NEW_FIXED,
                        REF_I31,
                        ANY_CONVERT_EXTERN,
                        EXTERN_CONVERT_ANY -> aggregates.validate(in);
                case END -> stack.close();
                default ->
                    throw stack.invalid(
                            "constant expression required, found " + in.opcode().mnemonic());
            }
        }
    }

    private void simple(Opcode opcode) {
        Signature signature = opcode.signature().orElseThrow();
        for (int i = signature.parameters().length() - 1; i >= 0; i--) {
            stack.pop(Signature.type(signature.parameters().charAt(i), AddressType.I32));
        }
        stack.push(Signature.type(signature.results().charAt(0), AddressType.I32));
    }

    private void globalGet(int index, int visibleGlobals) {
        if (Integer.compareUnsigned(index, visibleGlobals) >= 0) {
            throw stack.invalid(
                    "unknown global " + Integer.toUnsignedString(index) + ", " + visibleGlobals + " are known here");
        }
        GlobalType global = context.module().globals().get(index);
        if (global.mutable()) {
            throw stack.invalid("constant expression required: global " + index + " can change");
        }
        stack.push(global.valueType());
    }
}
