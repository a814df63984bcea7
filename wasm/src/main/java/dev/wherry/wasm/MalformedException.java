package dev.wherry.wasm;

/** Bytes that are no Wasm module: the binary format is broken. */
public final class MalformedException extends WasmException {

    private static final long serialVersionUID = 1;

    private final long offset;
    private final String section;

    /**
     * @param fault the fault in the words of the public suite, then details
     * @param section the section's name, or "module"
     * @param offset in bytes from the module's beginning
     */
    public MalformedException(String fault, String section, long offset) {
        super(fault + " (" + section + ", offset 0x" + Long.toHexString(offset) + ")");
        this.offset = offset;
        this.section = section;
    }

    @Override
    public String code() {
        return "malformed";
    }

    /** Where the fault is, in bytes from the module's beginning. */
    public long offset() {
        return offset;
    }

    /** The section it is in. */
    public String section() {
        return section;
    }
}
