package dev.wherry.config;

import java.util.Objects;

/**
 * The application file could not be read, or says something that it may not say.
 *
 * <p>The message has the form {@code wherry.yaml:12:5: routes[0].limits.memory: expected ..., found ...}: the file as the caller
 * named it, line and column from 1, the path of keys, and what was expected there.
 */
public final class ApplicationFileException extends RuntimeException {

    /** What kind of fault it is; stable across versions. */
    public enum Code {
        /** The file is missing, unreadable or larger than {@link ApplicationFile#MAX_BYTES}. */
        UNREADABLE,
        /** The text is not YAML, or uses YAML in a way that has no meaning here (cycles, merge keys, several documents). */
        SYNTAX,
        /** A key that does not exist at that place. */
        UNKNOWN_KEY,
        /** A required key is missing. */
        MISSING_KEY,
        /** A value of the wrong type or outside its range. */
        BAD_VALUE
    }

    private static final long serialVersionUID = 1;

    private final Code code;
    private final String file;
    private final int line;
    private final int column;
    private final String problem;

    ApplicationFileException(Code code, String file, Position position, String problem) {
        super(file + ":" + position + ": " + problem);
        this.code = code;
        this.file = Objects.requireNonNull(file);
        this.line = position.line();
        this.column = position.column();
        this.problem = problem;
    }

    /** The kind of fault. */
    public Code code() {
        return code;
    }

    /** The file as the caller named it. */
    public String file() {
        return file;
    }

    /** Where in the file the fault is. */
    public Position position() {
        return new Position(line, column);
    }

    /** What is wrong, without the file and the position. */
    public String problem() {
        return problem;
    }
}
