package dev.wherry.config;

import dev.wherry.config.ApplicationFileException.Code;
import dev.wherry.config.YamlNode.Mapping;
import dev.wherry.config.YamlNode.Sequence;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The application file, {@code wherry.yaml}: how a project is built, where it listens, and which requests go to which module.
 *
 * @param name the application's name, also the default name of its image
 * @param version the application's version, also the default tag of its image
 * @param declaresRoutes whether the file has routes of its own, or just the one that every application has
 */
public record ApplicationFile(
        String name,
        Optional<String> version,
        BuildSection build,
        ServeSection serve,
        List<RouteSection> routes,
        boolean declaresRoutes) {

    /** The file's usual name. */
    public static final String FILE_NAME = "wherry.yaml";

    /** The largest file that is read. */
    public static final int MAX_BYTES = 1 << 20;

    private static final Shape.Text NAME_SHAPE =
            Shape.Text.of("[a-z0-9]+(?:[._-][a-z0-9]+)*", "lower-case letters, digits and single . _ - between them");

    private static final Field<String> NAME = Field.optional(
            "name", NAME_SHAPE, "the folder's name", "The application's name, also the default name of its image.");
    private static final Field<String> VERSION = Field.optional(
            "version",
            Shape.Text.of("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}", "a version that can be an image tag, such as 1.4.0"),
            "latest",
            "The application's version, also the default tag of its image.");
    private static final Field<BuildSection> BUILD =
            Field.optional("build", BuildSection.SHAPE, "every C and C++ file", "How the module is built.");
    private static final Field<ServeSection> SERVE =
            Field.optional("serve", ServeSection.SHAPE, "127.0.0.1:8080", "How the application listens.");
    private static final Field<UnaryOperator<RouteLimits>> LIMITS = Field.optional(
            "limits", RouteLimits.SHAPE, "the documented defaults", "Limits of every route that names no own ones.");
    private static final Field<List<RouteSection.Unresolved>> ROUTES = Field.optional(
            "routes",
            new Shape.ListOf<>(RouteSection.SHAPE, 10_000, false),
            "one route for every path, to the built module",
            "Which requests go to which module; the longest matching path wins.");

    static final Shape.Fields<ApplicationFile> SHAPE =
            new Shape.Fields<>(List.of(NAME, VERSION, BUILD, SERVE, LIMITS, ROUTES), ApplicationFile::build);

    public ApplicationFile {
        routes = List.copyOf(routes);
    }

    /** The application of a folder that has no file: all defaults. */
    public static ApplicationFile defaults(String folderName) {
        return new ApplicationFile(
                imageName(folderName),
                Optional.empty(),
                BuildSection.DEFAULT,
                ServeSection.DEFAULT,
                List.of(RouteSection.everything(RouteLimits.DEFAULT)),
                false);
    }

    /**
     * Reads a file.
     *
     * @throws ApplicationFileException when it cannot be read, is no YAML, or says what it may not say; the message names
     *     file, line and column
     */
    public static ApplicationFile read(Path file) {
        String name = file.toString();
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        } catch (NoSuchFileException e) {
            throw new ApplicationFileException(Code.UNREADABLE, name, Position.START, "the file does not exist");
        } catch (IOException e) {
            throw new ApplicationFileException(
                    Code.UNREADABLE, name, Position.START, "cannot be read: " + e.getMessage());
        }
        if (bytes.length > MAX_BYTES) {
            throw new ApplicationFileException(
                    Code.UNREADABLE, name, Position.START, "larger than " + Quantity.formatBytes(MAX_BYTES));
        }
        Path folder = file.toAbsolutePath().normalize().getParent();
        Path last = folder == null ? null : folder.getFileName();
        return parse(name, decode(name, bytes), last == null ? "app" : last.toString());
    }

    /**
     * Reads the text of a file.
     *
     * @param file the file's name in messages
     * @param folderName the folder's name, from which the application's name is made where the file has none
     */
    public static ApplicationFile parse(String file, String text, String folderName) {
        Shape.Place top = new Shape.Place(file, "");
        Optional<YamlNode> tree = YamlTree.parse(file, text);
        if (tree.isEmpty()) {
            return defaults(folderName);
        }
        ApplicationFile application = SHAPE.read(tree.get(), top);
        rejectClashingRoutes(tree.get(), application, top);
        return application.name.isEmpty() ? application.named(imageName(folderName)) : application;
    }

    /** The JSON Schema (draft 2020-12) of the file, as maps, lists and scalars that any JSON writer takes. */
    public static Map<String, Object> jsonSchema() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", "Wherry application file (wherry.yaml)");
        schema.putAll(SHAPE.schema());
        return schema;
    }

    private static ApplicationFile build(Values values) {
        RouteLimits limits = values.get(LIMITS, UnaryOperator.identity()).apply(RouteLimits.DEFAULT);
        Optional<List<RouteSection>> routes = values.get(ROUTES)
                .map(unresolved ->
                        unresolved.stream().map(route -> route.resolve(limits)).toList());
        return new ApplicationFile(
                values.get(NAME, ""),
                values.get(VERSION),
                values.get(BUILD, BuildSection.DEFAULT),
                values.get(SERVE, ServeSection.DEFAULT),
                routes.orElseGet(() -> List.of(RouteSection.everything(limits))),
                routes.isPresent());
    }

    private ApplicationFile named(String newName) {
        return new ApplicationFile(newName, version, build, serve, routes, declaresRoutes);
    }

    /** Two routes clash when they have the same path and share a method. */
    private static void rejectClashingRoutes(YamlNode tree, ApplicationFile application, Shape.Place top) {
        Map<String, Integer> firstByKey = new HashMap<>();
        for (int i = 0; application.declaresRoutes && i < application.routes.size(); i++) {
            RouteSection route = application.routes.get(i);
            for (String method : route.methods().isEmpty() ? List.of("*") : route.methods()) {
                Integer first = firstByKey.putIfAbsent(method + " " + route.path(), i);
                if (first != null) {
                    throw top.key(ROUTES.name())
                            .index(i)
                            .key("path")
                            .fail(
                                    Code.BAD_VALUE,
                                    routePosition(tree, i),
                                    "'" + route.path() + "' is already the path of routes[" + first
                                            + "], for the same methods");
                }
            }
        }
    }

    private static Position routePosition(YamlNode tree, int index) {
        YamlNode.Entry entry =
                tree instanceof Mapping mapping ? mapping.entries().get(ROUTES.name()) : null;
        if (entry != null && entry.value() instanceof Sequence sequence) {
            return RouteSection.pathPosition(sequence.items().get(index)).orElse(sequence.position());
        }
        return tree.position();
    }

    private static String decode(String name, byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ApplicationFileException(Code.SYNTAX, name, Position.START, "not UTF-8 text");
        }
    }

    /** Makes a folder's name fit the rules of image names. */
    private static String imageName(String folderName) {
        String name = folderName.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        String trimmed = name.replaceAll("^-+|-+$", "");
        return trimmed.isEmpty() ? "app" : trimmed;
    }
}
