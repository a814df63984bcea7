package dev.wherry.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A YAML value that knows where it stands; the whole tree is immutable and free of aliases. */
sealed interface YamlNode {

    /** Where the value begins. */
    Position position();

    /** What the value is, in the words of an error message. */
    String kind();

    /** A mapping with text keys, in the order of the file. */
    record Mapping(Position position, Map<String, Entry> entries) implements YamlNode {

        public Mapping {
            entries = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        @Override
        public String kind() {
            return "a mapping";
        }
    }

    /** The value of one key, with the place of the key itself. */
    record Entry(Position keyPosition, YamlNode value) {}

    /** A sequence. */
    record Sequence(Position position, List<YamlNode> items) implements YamlNode {

        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String kind() {
            return "a list";
        }
    }

    /**
     * A scalar: its text as written (quotes removed) and the type that YAML's JSON schema resolves it to.
     *
     * @param type the resolved type; quoted scalars are always {@link Type#TEXT}
     */
    record Scalar(Position position, String text, Type type) implements YamlNode {

        /** Types of YAML 1.2's JSON schema. */
        enum Type {
            TEXT,
            INTEGER,
            DECIMAL,
            BOOLEAN,
            NULL
        }

        @Override
        public String kind() {
            String shown = text.length() > 40 ? text.substring(0, 40) + "..." : text;
            return type == Type.NULL ? "nothing" : "'" + shown + "'";
        }
    }
}
