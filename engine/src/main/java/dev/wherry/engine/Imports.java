package dev.wherry.engine;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The definitions that modules can import, by their two names; immutable.
 *
 * <p>It may define more than a module asks for. Import strings are compared exactly.
 */
public final class Imports {

    private static final Imports NONE = new Imports(Map.of());

    private final Map<String, Map<String, Extern>> definitions;

    private Imports(Map<String, Map<String, Extern>> definitions) {
        this.definitions = definitions;
    }

    /** No definitions. */
    public static Imports none() {
        return NONE;
    }

    /** A builder without definitions. */
    public static Builder builder() {
        return new Builder();
    }

    /** The definition for an import. */
    public Optional<Extern> find(String moduleName, String name) {
        Map<String, Extern> module = definitions.get(moduleName);
        return module == null ? Optional.empty() : Optional.ofNullable(module.get(name));
    }

    /** Collects definitions; not safe for several threads. */
    public static final class Builder {

        private final Map<String, Map<String, Extern>> definitions = new HashMap<>();

        private Builder() {}

        /** Adds a definition; a later one for the same names replaces an earlier one. */
        public Builder define(String moduleName, String name, Extern extern) {
            Objects.requireNonNull(extern);
            definitions.computeIfAbsent(moduleName, key -> new HashMap<>()).put(name, extern);
            return this;
        }

        /** Adds every export of an instance under one module name. */
        public Builder defineAll(String moduleName, Instance instance) {
            instance.exports().forEach((name, extern) -> define(moduleName, name, extern));
            return this;
        }

        /** Adds all definitions of another set. */
        public Builder addAll(Imports imports) {
            imports.definitions.forEach(
                    (moduleName, module) -> module.forEach((name, extern) -> define(moduleName, name, extern)));
            return this;
        }

        /** The definitions so far. */
        public Imports build() {
            Map<String, Map<String, Extern>> copy = new HashMap<>();
            definitions.forEach((name, module) -> copy.put(name, Map.copyOf(module)));
            return new Imports(Map.copyOf(copy));
        }
    }
}
