package dev.wherry.wasm;

/** The width of the addresses of a memory or table. */
public enum AddressType {
    I32,
    I64;

    /** The type of an address on the operand stack. */
    public NumberType valueType() {
        return this == I32 ? NumberType.I32 : NumberType.I64;
    }
}
