package dev.wherry.wasm;

/** Text that is no module or script in the text format. */
public final class TextException extends WasmException {

    private static final long serialVersionUID = 1;

    private final int line;
    private final int column;

    /**
     * @param fault the fault in the words of the public suite, then what was found and expected
     * @param line counted from 1
     * @param column in code points, counted from 1
     */
    public TextException(String fault, int line, int column) {
        super(line + ":" + column + ": " + fault);
        this.line = line;
        this.column = column;
    }

    @Override
    public String code() {
        return "text";
    }

    /** The line, counted from 1. */
    public int line() {
        return line;
    }

    /** The column, counted from 1. */
    public int column() {
        return column;
    }
}
