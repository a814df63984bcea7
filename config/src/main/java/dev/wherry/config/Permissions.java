package dev.wherry.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a guest is given: the {@code permissions:} section. What is not granted here does not exist for the guest.
 *
 * @param directories directories of the host that the guest sees
 * @param environment environment variables
 * @param arguments command-line arguments behind the program's name
 * @param deterministic whether clocks are fixed and randomness is seeded, so that equal requests give equal replies
 */
public record Permissions(
        List<DirectoryGrant> directories,
        Map<String, String> environment,
        List<String> arguments,
        boolean deterministic) {

    /** Nothing at all. */
    public static final Permissions NONE = new Permissions(List.of(), Map.of(), List.of(), false);

    /** How a directory may be used. */
    public enum Access {
        /** Reading only. */
        RO,
        /** Reading and writing. */
        RW
    }

    /**
     * A directory of the host that the guest sees.
     *
     * @param host its path on the host, relative to the application file
     * @param guest the absolute path under which the guest sees it
     */
    public record DirectoryGrant(String host, String guest, Access access) {}

    public Permissions {
        directories = List.copyOf(directories);
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        arguments = List.copyOf(arguments);
    }

    private static final Field<String> HOST =
            Field.required("host", Shape.Text.NON_EMPTY, "The directory on the host, relative to this file.");
    private static final Field<String> GUEST = Field.required(
            "guest",
            Shape.Text.of("/[^\\x00]*", "an absolute path"),
            "The absolute path under which the guest sees it.");
    private static final Field<Access> ACCESS =
            Field.optional("access", Shape.Choice.of(Access.class), "ro", "Reading only (ro), or writing too (rw).");
    private static final Shape<DirectoryGrant> GRANT = new Shape.Fields<>(
            List.of(HOST, GUEST, ACCESS),
            values -> new DirectoryGrant(values.required(HOST), values.required(GUEST), values.get(ACCESS, Access.RO)));

    private static final Field<List<DirectoryGrant>> DIRECTORIES = Field.optional(
            "directories", new Shape.ListOf<>(GRANT, 100, false), "", "Directories of the host that the guest sees.");
    private static final Field<Map<String, String>> ENVIRONMENT = Field.optional(
            "environment",
            new Shape.MapOf<>(Shape.Text.of("[^=\\x00]+", "a variable name without '='"), Shape.Text.ANY, 1_000),
            "",
            "Environment variables of the guest.");
    private static final Field<List<String>> ARGUMENTS = Field.optional(
            "arguments",
            new Shape.ListOf<>(Shape.Text.ANY, 1_000, false),
            "",
            "Command-line arguments behind the program's name.");
    private static final Field<Boolean> DETERMINISTIC = Field.optional(
            "deterministic",
            new Shape.Flag(),
            "false",
            "Fixed clocks and seeded randomness: equal requests give equal replies.");

    static final Shape<Permissions> SHAPE =
            new Shape.Fields<>(List.of(DIRECTORIES, ENVIRONMENT, ARGUMENTS, DETERMINISTIC), values -> {
                List<DirectoryGrant> directories = values.get(DIRECTORIES, List.of());
                long distinct = directories.stream()
                        .map(DirectoryGrant::guest)
                        .distinct()
                        .count();
                if (distinct != directories.size()) {
                    throw values.fail(DIRECTORIES, "two directories have the same guest path");
                }
                return new Permissions(
                        directories,
                        values.get(ENVIRONMENT, Map.of()),
                        values.get(ARGUMENTS, List.of()),
                        values.get(DETERMINISTIC, false));
            });
}
