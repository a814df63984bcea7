package dev.wherry.wasm;

/** A module that decodes, but breaks a rule of validation. */
public final class InvalidException extends WasmException {

    private static final long serialVersionUID = 1;

    private final long offset;
    private final String where;

    /**
     * @param fault the fault in the words of the public suite, then details
     * @param where the section or function
     * @param offset in bytes from the module's beginning, or -1 where the fault is of the module as a whole
     */
    public InvalidException(String fault, String where, long offset) {
        super(fault + " (" + where + (offset < 0 ? "" : ", offset 0x" + Long.toHexString(offset)) + ")");
        this.offset = offset;
        this.where = where;
    }

    @Override
    public String code() {
        return "invalid";
    }

    /** Where the fault is, in bytes from the module's beginning, or -1. */
    public long offset() {
        return offset;
    }

    /** The section or function it is in. */
    public String where() {
        return where;
    }
}
