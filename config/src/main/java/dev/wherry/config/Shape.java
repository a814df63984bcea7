package dev.wherry.config;

import dev.wherry.config.ApplicationFileException.Code;
import dev.wherry.config.YamlNode.Scalar;
import dev.wherry.config.YamlNode.Scalar.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a value may look like: how it is read, and how the JSON Schema describes it. One table of shapes drives reading, schema and
 * documentation, so they cannot disagree.
 *
 * @param <T> the Java value that a YAML value of this shape becomes
 */
sealed interface Shape<T> {

    /** Reads a value, or throws the error that names the place and what was expected. */
    T read(YamlNode node, Place place);

    /** The JSON Schema (draft 2020-12) of this shape. */
    Map<String, Object> schema();

    /** Where reading stands: the file's name and the path of keys. */
    record Place(String file, String path) {

        Place key(String key) {
            return new Place(file, path.isEmpty() ? key : path + "." + key);
        }

        Place index(int index) {
            return new Place(file, path + "[" + index + "]");
        }

        ApplicationFileException fail(Code code, Position position, String problem) {
            return new ApplicationFileException(code, file, position, path.isEmpty() ? problem : path + ": " + problem);
        }

        ApplicationFileException expected(YamlNode node, String expected) {
            return fail(Code.BAD_VALUE, node.position(), "expected " + expected + ", found " + node.kind());
        }
    }

    /**
     * Text that matches a pattern.
     *
     * @param pattern what the whole text must match
     * @param expected the same for people
     */
    record Text(Pattern pattern, String expected) implements Shape<String> {

        static final Text ANY = new Text(Pattern.compile("[^\\x00]*", Pattern.DOTALL), "text");
        static final Text NON_EMPTY = new Text(Pattern.compile("[^\\x00]+", Pattern.DOTALL), "non-empty text");

        static Text of(String regex, String expected) {
            return new Text(Pattern.compile(regex), expected);
        }

        @Override
        public String read(YamlNode node, Place place) {
            // Numbers and booleans are taken by their spelling, so that `version: 1.10` stays 1.10.
            if (node instanceof Scalar scalar
                    && scalar.type() != Type.NULL
                    && pattern.matcher(scalar.text()).matches()) {
                return scalar.text();
            }
            throw place.expected(node, expected);
        }

        @Override
        public Map<String, Object> schema() {
            List<String> types = List.of("string", "number", "boolean");
            return this.equals(ANY)
                    ? Map.of("type", types)
                    : ordered("type", types, "pattern", "^(?:" + pattern.pattern() + ")$");
        }
    }

    /** True or false. */
    record Flag() implements Shape<Boolean> {

        @Override
        public Boolean read(YamlNode node, Place place) {
            if (node instanceof Scalar scalar && scalar.type() == Type.BOOLEAN) {
                return Boolean.valueOf(scalar.text().toLowerCase(Locale.ROOT));
            }
            throw place.expected(node, "true or false");
        }

        @Override
        public Map<String, Object> schema() {
            return Map.of("type", "boolean");
        }
    }

    /** A whole number in a range, both ends included. */
    record Whole(long minimum, long maximum) implements Shape<Integer> {

        public Whole {
            if (minimum > maximum || minimum < Integer.MIN_VALUE || maximum > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("bad range " + minimum + ".." + maximum);
            }
        }

        @Override
        public Integer read(YamlNode node, Place place) {
            if (node instanceof Scalar scalar && scalar.type() == Type.INTEGER) {
                try {
                    int value = Integer.parseInt(scalar.text());
                    if (value >= minimum && value <= maximum) {
                        return value;
                    }
                } catch (NumberFormatException e) {
                    throw place.expected(node, expected());
                }
            }
            throw place.expected(node, expected());
        }

        private String expected() {
            return "a whole number from " + minimum + " to " + maximum;
        }

        @Override
        public Map<String, Object> schema() {
            return ordered("type", "integer", "minimum", minimum, "maximum", maximum);
        }
    }

    /** A size in bytes: a plain number, or one with KiB, MiB, GiB (1024-based) or kB, MB, GB (1000-based). */
    record ByteSize(long minimum, long maximum) implements Shape<Long> {

        @Override
        public Long read(YamlNode node, Place place) {
            if (node instanceof Scalar scalar) {
                var bytes = Quantity.parseBytes(scalar.text());
                if (bytes.isPresent() && bytes.getAsLong() >= minimum && bytes.getAsLong() <= maximum) {
                    return bytes.getAsLong();
                }
            }
            throw place.expected(
                    node,
                    "a size from " + Quantity.formatBytes(minimum) + " to " + Quantity.formatBytes(maximum)
                            + " such as 64MiB");
        }

        @Override
        public Map<String, Object> schema() {
            return ordered("type", List.of("string", "integer"), "pattern", Quantity.BYTES_PATTERN);
        }
    }

    /** A duration: a number with us, ms, s, m or h. */
    record Span(Duration minimum, Duration maximum) implements Shape<Duration> {

        @Override
        public Duration read(YamlNode node, Place place) {
            if (node instanceof Scalar scalar) {
                var span = Quantity.parseDuration(scalar.text());
                if (span.isPresent()
                        && span.get().compareTo(minimum) >= 0
                        && span.get().compareTo(maximum) <= 0) {
                    return span.get();
                }
            }
            throw place.expected(
                    node,
                    "a duration from " + Quantity.formatDuration(minimum) + " to " + Quantity.formatDuration(maximum)
                            + " such as 250ms or 30s");
        }

        @Override
        public Map<String, Object> schema() {
            return ordered("type", "string", "pattern", Quantity.DURATION_PATTERN);
        }
    }

    /** One word of a fixed set. */
    record Choice<T>(Map<String, T> words) implements Shape<T> {

        static <E extends Enum<E>> Choice<E> of(Class<E> type) {
            Map<String, E> words = new LinkedHashMap<>();
            for (E constant : type.getEnumConstants()) {
                words.put(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'), constant);
            }
            return new Choice<>(words);
        }

        @Override
        public T read(YamlNode node, Place place) {
            T value = node instanceof Scalar scalar ? words.get(scalar.text()) : null;
            if (value != null) {
                return value;
            }
            throw place.expected(node, "one of " + String.join(", ", words.keySet()));
        }

        @Override
        public Map<String, Object> schema() {
            List<Object> values = new ArrayList<>();
            for (String word : words.keySet()) {
                // YAML reads a bare true or false as a boolean, so the schema must too.
                values.add(word.equals("true") || word.equals("false") ? (Object) Boolean.valueOf(word) : word);
            }
            return Map.of("enum", values);
        }
    }

    /** A list; a single value that is no list stands for a list of one where {@code singleAllowed}. */
    record ListOf<T>(Shape<T> item, int maximum, boolean singleAllowed) implements Shape<List<T>> {

        @Override
        public List<T> read(YamlNode node, Place place) {
            if (node instanceof YamlNode.Sequence sequence) {
                if (sequence.items().size() > maximum) {
                    throw place.fail(
                            Code.BAD_VALUE,
                            node.position(),
                            "expected at most " + maximum + " items, found "
                                    + sequence.items().size());
                }
                List<T> items = new ArrayList<>();
                for (int i = 0; i < sequence.items().size(); i++) {
                    items.add(item.read(sequence.items().get(i), place.index(i)));
                }
                return List.copyOf(items);
            }
            if (singleAllowed && node instanceof Scalar) {
                return List.of(item.read(node, place));
            }
            throw place.expected(node, "a list");
        }

        @Override
        public Map<String, Object> schema() {
            Map<String, Object> list = ordered("type", "array", "items", item.schema(), "maxItems", maximum);
            return singleAllowed ? Map.of("anyOf", List.of(list, item.schema())) : list;
        }
    }

    /** A mapping with free keys, in the order of the file. */
    record MapOf<T>(Text key, Shape<T> value, int maximum) implements Shape<Map<String, T>> {

        @Override
        public Map<String, T> read(YamlNode node, Place place) {
            if (!(node instanceof YamlNode.Mapping mapping)) {
                throw place.expected(node, "a mapping");
            }
            if (mapping.entries().size() > maximum) {
                throw place.fail(Code.BAD_VALUE, node.position(), "expected at most " + maximum + " keys");
            }
            Map<String, T> values = new LinkedHashMap<>();
            mapping.entries().forEach((name, entry) -> {
                if (!key.pattern().matcher(name).matches()) {
                    throw place.fail(
                            Code.BAD_VALUE,
                            entry.keyPosition(),
                            "expected " + key.expected() + " as a key, found '" + name + "'");
                }
                values.put(name, value.read(entry.value(), place.key(name)));
            });
            return java.util.Collections.unmodifiableMap(values);
        }

        @Override
        public Map<String, Object> schema() {
            return ordered(
                    "type",
                    "object",
                    "propertyNames",
                    Map.of("pattern", "^(?:" + key.pattern().pattern() + ")$"),
                    "additionalProperties",
                    value.schema(),
                    "maxProperties",
                    maximum);
        }
    }

    /** A mapping with known keys. */
    record Fields<T>(List<Field<?>> fields, Function<Values, T> build) implements Shape<T> {

        @Override
        public T read(YamlNode node, Place place) {
            if (!(node instanceof YamlNode.Mapping mapping)) {
                throw place.expected(node, "a mapping with the keys " + names());
            }
            mapping.entries().forEach((name, entry) -> {
                if (fields.stream().noneMatch(field -> field.name().equals(name))) {
                    throw place.fail(Code.UNKNOWN_KEY, entry.keyPosition(), unknown(name));
                }
            });
            Map<Field<?>, Object> values = new LinkedHashMap<>();
            for (Field<?> field : fields) {
                YamlNode.Entry entry = mapping.entries().get(field.name());
                // `key:` with nothing behind it is the same as leaving the key out.
                if (entry != null && !(entry.value() instanceof Scalar scalar && scalar.type() == Type.NULL)) {
                    values.put(field, field.shape().read(entry.value(), place.key(field.name())));
                } else if (field.required()) {
                    throw place.fail(
                            Code.MISSING_KEY, node.position(), "the key '" + field.name() + "' is required here");
                }
            }
            return build.apply(new Values(mapping, place, values));
        }

        private String names() {
            return fields.stream().map(Field::name).collect(Collectors.joining(", "));
        }

        private String unknown(String name) {
            Stream<String> known = fields.stream().map(Field::name);
            return Spelling.nearest(name, known)
                    .map(near -> "unknown key '" + name + "'; did you mean '" + near + "'?")
                    .orElseGet(() -> "unknown key '" + name + "'; known here: " + names());
        }

        @Override
        public Map<String, Object> schema() {
            Map<String, Object> properties = new LinkedHashMap<>();
            List<String> required = new ArrayList<>();
            for (Field<?> field : fields) {
                Map<String, Object> property = new LinkedHashMap<>();
                property.put("description", field.description());
                property.putAll(field.shape().schema());
                properties.put(field.name(), property);
                if (field.required()) {
                    required.add(field.name());
                }
            }
            Map<String, Object> schema =
                    ordered("type", "object", "properties", properties, "additionalProperties", false);
            if (!required.isEmpty()) {
                schema.put("required", required);
            }
            return schema;
        }
    }

    private static Map<String, Object> ordered(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }
}
