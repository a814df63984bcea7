package dev.wherry.wasm;

/**
 * The operands of an instruction that takes and gives the same ones wherever it stands.
 *
 * <p>One letter an operand, the topmost last: {@code i} i32, {@code l} i64, {@code f} f32, {@code d} f64, {@code v} v128, {@code a} an
 * address of the memory that the instruction names (i32, or i64 for a 64-bit memory).
 *
 * @param parameters operands taken
 * @param results operands given
 */
public record Signature(String parameters, String results) {

    static Signature parse(String text) {
        int arrow = text.indexOf("->");
        return new Signature(text.substring(0, arrow), text.substring(arrow + 2));
    }

    /**
     * The value type that a letter stands for.
     *
     * @param addressType what {@code a} stands for
     */
    public static ValueType type(char letter, AddressType addressType) {
        return switch (letter) {
            case 'i' -> NumberType.I32;
            case 'l' -> NumberType.I64;
            case 'f' -> NumberType.F32;
            case 'd' -> NumberType.F64;
            case 'v' -> VectorType.V128;
            case 'a' -> addressType.valueType();
            default -> throw new IllegalArgumentException("no operand letter: " + letter);
        };
    }
}
