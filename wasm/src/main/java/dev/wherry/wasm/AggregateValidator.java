package dev.wherry.wasm;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rules of the instructions on structures, arrays and other references of the GC hierarchy.
 *
 * @see <a href="https://webassembly.github.io/spec/core/valid/instructions.html#aggregate-reference-instructions">Aggregates</a>
 */
final class AggregateValidator {

    private final ValidationContext context;
    private final OperandStack stack;

    AggregateValidator(ValidationContext context, OperandStack stack) {
        this.context = context;
        this.stack = stack;
    }

    void validate(InstructionReader in) {
        switch (in.opcode()) {
            case STRUCT_NEW -> {
                List<FieldType> fields = struct(in.index()).fields();
                for (int i = fields.size() - 1; i >= 0; i--) {
                    stack.pop(fields.get(i).storage().unpacked());
                }
                stack.push(concrete(in.index(), false));
            }
            case STRUCT_NEW_DEFAULT -> {
                for (FieldType field : struct(in.index()).fields()) {
                    defaultable(field);
                }
                stack.push(concrete(in.index(), false));
            }
            case STRUCT_GET, STRUCT_GET_S, STRUCT_GET_U -> {
                FieldType field = field(in);
                packing(field, in.opcode() == Opcode.STRUCT_GET);
                stack.pop(concrete(in.index(), true));
                stack.push(field.storage().unpacked());
            }
            case STRUCT_SET -> {
                FieldType field = field(in);
                if (!field.mutable()) {
                    throw stack.invalid("immutable field " + in.index2() + " of type " + in.index());
                }
                stack.pop(field.storage().unpacked());
                stack.pop(concrete(in.index(), true));
            }
            case ANY_CONVERT_EXTERN -> convert(AbstractHeapType.EXTERN, AbstractHeapType.ANY);
            case EXTERN_CONVERT_ANY -> convert(AbstractHeapType.ANY, AbstractHeapType.EXTERN);
            case REF_I31 -> {
                stack.pop(NumberType.I32);
                stack.push(new ReferenceType(false, AbstractHeapType.I31));
            }
            case I31_GET_S, I31_GET_U -> {
                stack.pop(new ReferenceType(true, AbstractHeapType.I31));
                stack.push(NumberType.I32);
            }
            default -> array(in);
        }
    }

    private void array(InstructionReader in) {
        switch (in.opcode()) {
            case ARRAY_LEN -> {
                stack.pop(new ReferenceType(true, AbstractHeapType.ARRAY));
                stack.push(NumberType.I32);
                return;
            }
            case ARRAY_COPY -> {
                copy(in);
                return;
            }
            default -> {}
        }
        FieldType element = element(in.index());
        ValueType value = element.storage().unpacked();
        ReferenceType reference = concrete(in.index(), true);
        switch (in.opcode()) {
            case ARRAY_NEW -> {
                stack.pop(NumberType.I32);
                stack.pop(value);
                stack.push(reference.nonNull());
            }
            case ARRAY_NEW_DEFAULT -> {
                defaultable(element);
                stack.pop(NumberType.I32);
                stack.push(reference.nonNull());
            }
            case ARRAY_NEW_FIXED -> {
                // In unreachable code operands come from nowhere, any number of them.
                for (int i = 0; i != in.index2() && !stack.givesAnything(); i++) {
                    stack.pop(value);
                }
                stack.push(reference.nonNull());
            }
            case ARRAY_NEW_DATA -> {
                numeric(element);
                dataSegment(in);
                pop2();
                stack.push(reference.nonNull());
            }
            case ARRAY_NEW_ELEM -> {
                elementSegment(in, element);
                pop2();
                stack.push(reference.nonNull());
            }
            case ARRAY_GET, ARRAY_GET_S, ARRAY_GET_U -> {
                packing(element, in.opcode() == Opcode.ARRAY_GET);
                stack.pop(NumberType.I32);
                stack.pop(reference);
                stack.push(value);
            }
            case ARRAY_SET -> {
                mutable(element);
                stack.pop(value);
                stack.pop(NumberType.I32);
                stack.pop(reference);
            }
            case ARRAY_FILL -> {
                mutable(element);
                stack.pop(NumberType.I32);
                stack.pop(value);
                stack.pop(NumberType.I32);
                stack.pop(reference);
            }
            case ARRAY_INIT_DATA -> {
                mutable(element);
                numeric(element);
                dataSegment(in);
                pop2();
                stack.pop(NumberType.I32);
                stack.pop(reference);
            }
            case ARRAY_INIT_ELEM -> {
                mutable(element);
                elementSegment(in, element);
                pop2();
                stack.pop(NumberType.I32);
                stack.pop(reference);
            }
            default ->
                throw new IllegalStateException(
                        "no array instruction: " + in.opcode().mnemonic());
        }
    }

    private void copy(InstructionReader in) {
        FieldType target = element(in.index());
        FieldType source = element(in.index2());
        mutable(target);
        if (!context.matches(source.storage(), target.storage())) {
            throw stack.invalid("array types do not match");
        }
        pop2();
        stack.pop(concrete(in.index2(), true));
        stack.pop(NumberType.I32);
        stack.pop(concrete(in.index(), true));
    }

    private void convert(AbstractHeapType from, AbstractHeapType to) {
        ReferenceType found = stack.popReference();
        if (found != null && !context.matches(found, new ReferenceType(true, from))) {
            throw stack.invalid("type mismatch: a reference below " + from + " is expected, found " + found);
        }
        stack.push(new ReferenceType(found == null || found.nullable(), to));
    }

    private void pop2() {
        stack.pop(NumberType.I32);
        stack.pop(NumberType.I32);
    }

    private @Nullable CompositeType composite(int typeIndex) {
        List<SubType> types = context.module().types();
        if (Integer.compareUnsigned(typeIndex, types.size()) >= 0) {
            throw stack.invalid("unknown type " + Integer.toUnsignedString(typeIndex));
        }
        return types.get(typeIndex).composite();
    }

    private StructType struct(int typeIndex) {
        if (composite(typeIndex) instanceof StructType type) {
            return type;
        }
        throw stack.invalid("type mismatch: type " + typeIndex + " is no structure");
    }

    private FieldType element(int typeIndex) {
        if (composite(typeIndex) instanceof ArrayType type) {
            return type.element();
        }
        throw stack.invalid("type mismatch: type " + typeIndex + " is no array");
    }

    private FieldType field(InstructionReader in) {
        List<FieldType> fields = struct(in.index()).fields();
        if (Integer.compareUnsigned(in.index2(), fields.size()) >= 0) {
            throw stack.invalid("unknown field " + Integer.toUnsignedString(in.index2()));
        }
        return fields.get(in.index2());
    }

    private void defaultable(FieldType field) {
        if (field.storage() instanceof ValueType type && !type.isDefaultable()) {
            throw stack.invalid("field type is not defaultable: " + type);
        }
    }

    private void packing(FieldType field, boolean plainAccess) {
        if (plainAccess == field.storage() instanceof PackedType) {
            throw stack.invalid("type mismatch: field is " + (plainAccess ? "packed" : "unpacked"));
        }
    }

    private void mutable(FieldType element) {
        if (!element.mutable()) {
            throw stack.invalid("immutable array");
        }
    }

    private void numeric(FieldType element) {
        if (element.storage() instanceof ReferenceType) {
            throw stack.invalid("array type is not numeric or vector");
        }
    }

    private void dataSegment(InstructionReader in) {
        FunctionValidator.checkDataIndex(context.module(), stack, in, in.index2());
    }

    private void elementSegment(InstructionReader in, FieldType element) {
        ElementSegment segment = FunctionValidator.elementSegment(context.module(), stack, in.index2());
        if (!context.matches(segment.type(), element.storage())) {
            throw stack.invalid(
                    "type mismatch: a segment of " + segment.type() + " for an array of " + element.storage());
        }
    }

    private static ReferenceType concrete(int typeIndex, boolean nullable) {
        return new ReferenceType(nullable, new ConcreteHeapType(typeIndex));
    }
}
