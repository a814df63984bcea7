package dev.wherry.engine;

/**
 * A module could not be linked: an import is missing or has another type than the module declares.
 *
 * <p>The message begins with the specification's wording, {@code unknown import} or {@code incompatible import type}
 * (<a href="https://webassembly.github.io/spec/core/exec/modules.html#instantiation">instantiation</a>), and goes on with the
 * import's two names, what was expected and what was given.
 */
public final class LinkException extends EngineException {

    private static final long serialVersionUID = 1L;

    private final String moduleName;
    private final String name;

    private LinkException(String code, String message, String moduleName, String name) {
        super(code, message);
        this.moduleName = moduleName;
        this.name = name;
    }

    /** The import {@code moduleName.name} is not among the definitions given. */
    public static LinkException unknownImport(String moduleName, String name, String expected) {
        return new LinkException(
                "engine.link.unknown-import",
                "unknown import: \"" + moduleName + "\" \"" + name + "\" is not defined; the module expects "
                        + expected,
                moduleName,
                name);
    }

    /** The definition given for {@code moduleName.name} does not match the import's type. */
    public static LinkException incompatibleImportType(String moduleName, String name, String expected, String given) {
        return new LinkException(
                "engine.link.incompatible-import-type",
                "incompatible import type: \"" + moduleName + "\" \"" + name + "\" must be " + expected + " but is "
                        + given,
                moduleName,
                name);
    }

    /** The first name of the import that failed. */
    public String moduleName() {
        return moduleName;
    }

    /** The second name of the import that failed. */
    public String name() {
        return name;
    }
}
