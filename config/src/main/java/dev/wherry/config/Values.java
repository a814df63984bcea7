package dev.wherry.config;

import dev.wherry.config.ApplicationFileException.Code;
import java.util.Map;
import java.util.Optional;

/** The values read from one mapping, by field. */
record Values(YamlNode.Mapping mapping, Shape.Place place, Map<Field<?>, Object> values) {

    @SuppressWarnings("unchecked") // a field is only ever put with the value that its own shape read
    <T> Optional<T> get(Field<T> field) {
        return Optional.ofNullable((T) values.get(field));
    }

    <T> T get(Field<T> field, T fallback) {
        return get(field).orElse(fallback);
    }

    <T> T required(Field<T> field) {
        return get(field).orElseThrow(() -> new IllegalStateException("field " + field.name() + " is not required"));
    }

    /** An error at the value of a field, for rules that a shape cannot express. */
    ApplicationFileException fail(Field<?> field, String problem) {
        YamlNode.Entry entry = mapping.entries().get(field.name());
        Position position = entry == null ? mapping.position() : entry.value().position();
        return place.key(field.name()).fail(Code.BAD_VALUE, position, problem);
    }
}
