package dev.wherry.config;

/**
 * A key of a mapping in the application file.
 *
 * @param name the key
 * @param shape what its value may be
 * @param required whether the key must stand there
 * @param fallback the value that applies without the key, in words; empty where leaving it out means "none"
 * @param description what it means, a full sentence for the schema and the reference page
 */
record Field<T>(String name, Shape<T> shape, boolean required, String fallback, String description) {

    static <T> Field<T> optional(String name, Shape<T> shape, String fallback, String description) {
        return new Field<>(name, shape, false, fallback, description);
    }

    static <T> Field<T> required(String name, Shape<T> shape, String description) {
        return new Field<>(name, shape, true, "", description);
    }
}
