package dev.wherry.config;

/**
 * A place in a YAML file.
 *
 * @param line line, counted from 1
 * @param column column in code points, counted from 1
 */
public record Position(int line, int column) {

    /** The first character of a file. */
    public static final Position START = new Position(1, 1);

    public Position {
        if (line < 1 || column < 1) {
            throw new IllegalArgumentException("line and column count from 1, got " + line + ":" + column);
        }
    }

    @Override
    public String toString() {
        return line + ":" + column;
    }
}
