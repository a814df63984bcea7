package dev.wherry.wasm;

/**
 * A module, or its text, is not what the specification asks for: the root of this module's exceptions.
 *
 * <p>A message begins with the fault in the words of the public test suite, goes on with what was found and expected, and ends with the
 * place.
 */
public abstract sealed class WasmException extends RuntimeException
        permits MalformedException, InvalidException, TextException {

    private static final long serialVersionUID = 1;

    WasmException(String message) {
        super(message);
    }

    /** A stable name of the kind of fault: {@code malformed}, {@code invalid} or {@code text}. */
    public abstract String code();
}
