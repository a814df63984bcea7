package dev.wherry.config;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * One entry of {@code routes:}: which requests go to which module, what it may do and how much of everything it gets.
 *
 * @param path the request path: exact, or everything below it where it ends in {@code /*}
 * @param methods HTTP methods; empty means all
 * @param module where the module comes from
 * @param guest how the module is called
 */
public record RouteSection(
        String path,
        Set<String> methods,
        ModuleSource module,
        GuestKind guest,
        Permissions permissions,
        RouteLimits limits) {

    /** Where a module comes from. */
    public sealed interface ModuleSource {

        /** What the {@code build:} section produces. */
        record Built() implements ModuleSource {}

        /** A .wasm file, relative to the application file. */
        record File(String path) implements ModuleSource {}

        /** An image or artifact in the local store or a registry. */
        record Image(String reference) implements ModuleSource {}
    }

    /** How the host calls the module. */
    public enum GuestKind {
        /** A program with {@code main}, one instance per request, in the manner of CGI (RFC 3875). */
        COMMAND
    }

    public RouteSection {
        methods = Set.copyOf(methods);
    }

    /** Whether the path stands for everything below it. */
    public boolean isPrefix() {
        return path.endsWith("/*");
    }

    private static final Field<String> PATH = Field.required(
            "path",
            Shape.Text.of("/[^?#\\s*\\x00]*\\*?", "a path that begins with / and has at most one * at its end"),
            "The request path: exact, or everything below it where it ends in /*.");
    private static final Field<List<String>> METHODS = Field.optional(
            "methods",
            new Shape.ListOf<>(Shape.Text.of("[A-Z]{1,20}", "an HTTP method in capitals"), 20, true),
            "every method",
            "HTTP methods that the route answers; another one gets 405.");
    private static final Field<String> MODULE = Field.optional(
            "module",
            Shape.Text.NON_EMPTY,
            "build",
            "'build' for what the build section makes, a .wasm file, or an image reference.");
    private static final Field<GuestKind> GUEST = Field.optional(
            "guest", Shape.Choice.of(GuestKind.class), "command", "How the module is called for a request.");
    private static final Field<Permissions> PERMISSIONS = Field.optional(
            "permissions", Permissions.SHAPE, "nothing", "What the guest may use; all else does not exist for it.");
    private static final Field<UnaryOperator<RouteLimits>> LIMITS =
            Field.optional("limits", RouteLimits.SHAPE, "those of the application", "The route's own limits.");

    private static final Pattern WASM_FILE = Pattern.compile(".*\\.wasm");

    /** A route before the limits of the application are known. */
    @FunctionalInterface
    interface Unresolved {
        RouteSection resolve(RouteLimits around);
    }

    static final Shape<Unresolved> SHAPE =
            new Shape.Fields<>(List.of(PATH, METHODS, MODULE, GUEST, PERMISSIONS, LIMITS), values -> {
                String path = values.required(PATH);
                if (path.endsWith("*") && !path.endsWith("/*")) {
                    throw values.fail(PATH, "a * may only stand behind a /, found '" + path + "'");
                }
                return around -> new RouteSection(
                        path,
                        Set.copyOf(values.get(METHODS, List.of())),
                        source(values.get(MODULE, "build")),
                        values.get(GUEST, GuestKind.COMMAND),
                        values.get(PERMISSIONS, Permissions.NONE),
                        values.get(LIMITS, UnaryOperator.identity()).apply(around));
            });

    /** The one route of an application that names none: everything goes to the built module, with no permissions. */
    static RouteSection everything(RouteLimits limits) {
        return new RouteSection("/*", Set.of(), new ModuleSource.Built(), GuestKind.COMMAND, Permissions.NONE, limits);
    }

    private static ModuleSource source(String text) {
        if (text.equals("build")) {
            return new ModuleSource.Built();
        }
        return WASM_FILE.matcher(text).matches() ? new ModuleSource.File(text) : new ModuleSource.Image(text);
    }

    /** The place of the {@code path} key, for errors about two routes that clash. */
    static Optional<Position> pathPosition(YamlNode node) {
        return node instanceof YamlNode.Mapping mapping
                ? Optional.ofNullable(mapping.entries().get(PATH.name()))
                        .map(entry -> entry.value().position())
                : Optional.empty();
    }
}
