package dev.wherry.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How the module is built: the {@code build:} section.
 *
 * @param sources globs of the C and C++ files, relative to the application file; empty means every one in the folder
 * @param includes include directories, relative to the application file
 * @param defines preprocessor macros; an empty value defines the name alone
 * @param cflags flags for C files
 * @param cxxflags flags for C++ files
 * @param ldflags flags for the link
 * @param std language standard such as {@code c++20} or {@code c17}; empty leaves the compiler's own default
 * @param exceptions what C++ exceptions compile to
 * @param profile what the optimiser aims at
 * @param toolchain the toolchain to use; empty takes the first that is found
 * @param system how the sources are turned into a program
 * @param target name of the program among several that CMake or Make produce; empty where there is just one
 * @param fetch third-party sources that are obtained before the build
 */
public record BuildSection(
        List<String> sources,
        List<String> includes,
        Map<String, String> defines,
        List<String> cflags,
        List<String> cxxflags,
        List<String> ldflags,
        Optional<String> std,
        Exceptions exceptions,
        Profile profile,
        Optional<String> toolchain,
        BuildSystem system,
        Optional<String> target,
        List<FetchedPackage> fetch) {

    /** What C++ exceptions compile to. */
    public enum Exceptions {
        /** Compiled with {@code -fno-exceptions}. */
        OFF,
        /** The encoding that the compiler emits by itself. */
        ON,
        /** The legacy encoding (try/catch), which clang emits by default. */
        LEGACY,
        /** The standard encoding of Wasm 3.0 (try_table, exnref). */
        EXNREF
    }

    /** What the optimiser aims at. */
    public enum Profile {
        /** Smallest module: {@code -Oz}, stripped. */
        SIZE,
        /** Between size and speed: {@code -O2}, stripped. */
        BALANCED,
        /** Fastest code: {@code -O3}, stripped. */
        SPEED,
        /** {@code -O0} with DWARF. */
        DEBUG
    }

    /** How the sources are turned into a program. */
    public enum BuildSystem {
        /** CMake or Make where the folder has their file and names no sources, else direct. */
        AUTO,
        /** Each source is compiled and all are linked into one program. */
        DIRECT,
        /** CMakeLists.txt, with a generated toolchain file. */
        CMAKE,
        /** A Makefile, with CC, CXX, AR and the flags set. */
        MAKE
    }

    /**
     * A package of sources that is obtained from a registry at build time and never committed.
     *
     * @param registry which registry
     * @param name the package's name there
     * @param version its exact version
     * @param sha256 the digest of the package file, 64 hexadecimal digits
     * @param paths globs of the files to take out of it; empty takes all
     * @param strip how many leading folders are cut off each path
     * @param into the folder under the build directory that receives the files
     */
    public record FetchedPackage(
            Registry registry, String name, String version, String sha256, List<String> paths, int strip, String into) {

        /** The package registries that can be named. */
        public enum Registry {
            NPM,
            PYPI,
            CRATES,
            GO,
            MAVEN
        }

        public FetchedPackage {
            paths = List.copyOf(paths);
        }
    }

    /** The section that applies when a project says nothing. */
    public static final BuildSection DEFAULT = new BuildSection(
            List.of(),
            List.of(),
            Map.of(),
            List.of(),
            List.of(),
            List.of(),
            Optional.empty(),
            Exceptions.OFF,
            Profile.SIZE,
            Optional.empty(),
            BuildSystem.AUTO,
            Optional.empty(),
            List.of());

    public BuildSection {
        sources = List.copyOf(sources);
        includes = List.copyOf(includes);
        defines = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(defines));
        cflags = List.copyOf(cflags);
        cxxflags = List.copyOf(cxxflags);
        ldflags = List.copyOf(ldflags);
        fetch = List.copyOf(fetch);
    }

    private static final Shape.Text RELATIVE = Shape.Text.of(
            "(?!/)(?!.*(?:^|/)\\.\\.(?:/|$))[^\\x00]+", "a path inside the project folder, without a leading / or ..");
    private static final Shape<List<String>> PATHS = new Shape.ListOf<>(RELATIVE, 10_000, true);
    private static final Shape<List<String>> FLAGS = new Shape.ListOf<>(Shape.Text.NON_EMPTY, 1_000, true);

    private static final Field<List<String>> SOURCES = Field.optional(
            "sources",
            PATHS,
            "every C and C++ file in the folder",
            "Globs of the C and C++ files, relative to this file.");
    private static final Field<List<String>> INCLUDES =
            Field.optional("includes", PATHS, "", "Include directories, relative to this file.");
    private static final Field<Map<String, String>> DEFINES = Field.optional(
            "defines",
            new Shape.MapOf<>(Shape.Text.of("[A-Za-z_][A-Za-z0-9_]*", "a macro name"), Shape.Text.ANY, 1_000),
            "",
            "Preprocessor macros and their values; an empty text defines the name alone.");
    private static final Field<List<String>> CFLAGS = Field.optional("cflags", FLAGS, "", "Further flags for C files.");
    private static final Field<List<String>> CXXFLAGS =
            Field.optional("cxxflags", FLAGS, "", "Further flags for C++ files.");
    private static final Field<List<String>> LDFLAGS =
            Field.optional("ldflags", FLAGS, "", "Further flags for the link.");
    private static final Field<String> STD = Field.optional(
            "std",
            Shape.Text.of("(?:c|gnu)(?:\\+\\+)?[0-9][0-9a-z]", "a language standard such as c++20 or c17"),
            "the compiler's default",
            "Language standard; a C++ one applies to C++ files, a C one to C files.");
    private static final Field<Exceptions> EXCEPTIONS = Field.optional(
            "exceptions",
            new Shape.Choice<>(ordered(
                    "false", Exceptions.OFF,
                    "true", Exceptions.ON,
                    "legacy", Exceptions.LEGACY,
                    "exnref", Exceptions.EXNREF)),
            "false",
            "C++ exceptions: off, as the compiler encodes them, or in a named encoding.");
    private static final Field<Profile> PROFILE =
            Field.optional("profile", Shape.Choice.of(Profile.class), "size", "What the optimiser aims at.");
    private static final Field<String> TOOLCHAIN = Field.optional(
            "toolchain",
            Shape.Text.of("clang|wasi-sdk|emscripten|zig", "clang, wasi-sdk, emscripten or zig"),
            "the first that is found",
            "The toolchain to build with.");
    private static final Field<BuildSystem> SYSTEM = Field.optional(
            "system",
            Shape.Choice.of(BuildSystem.class),
            "auto",
            "How sources become a program: directly, by CMake or by Make.");
    private static final Field<String> TARGET = Field.optional(
            "target",
            Shape.Text.of("[A-Za-z0-9_.+-]+", "the name of a program"),
            "the only program built",
            "The program to take when CMake or Make produce several.");

    private static final Field<FetchedPackage.Registry> REGISTRY =
            Field.required("registry", Shape.Choice.of(FetchedPackage.Registry.class), "The package registry.");
    private static final Field<String> PACKAGE = Field.required(
            "package", Shape.Text.of("[@A-Za-z0-9][A-Za-z0-9_./:@-]*", "a package name"), "The package's name.");
    private static final Field<String> VERSION = Field.required(
            "version", Shape.Text.of("[A-Za-z0-9][A-Za-z0-9_.+-]*", "an exact version"), "The exact version.");
    private static final Field<String> SHA256 = Field.required(
            "sha256",
            new Shape.Text(Pattern.compile("[0-9a-f]{64}"), "64 lower-case hexadecimal digits"),
            "The digest of the package file; any other content is refused.");
    private static final Field<List<String>> TAKE =
            Field.optional("paths", PATHS, "every file", "Globs of the files to take out of the package.");
    private static final Field<Integer> STRIP =
            Field.optional("strip", new Shape.Whole(0, 20), "0", "How many leading folders are cut off each path.");
    private static final Field<String> INTO = Field.required(
            "into", RELATIVE, "The folder that receives the files, seen by sources and includes under its name.");

    private static final Shape<FetchedPackage> FETCHED = new Shape.Fields<>(
            List.of(REGISTRY, PACKAGE, VERSION, SHA256, TAKE, STRIP, INTO),
            values -> new FetchedPackage(
                    values.required(REGISTRY),
                    values.required(PACKAGE),
                    values.required(VERSION),
                    values.required(SHA256),
                    values.get(TAKE, List.of()),
                    values.get(STRIP, 0),
                    values.required(INTO)));
    private static final Field<List<FetchedPackage>> FETCH = Field.optional(
            "fetch",
            new Shape.ListOf<>(FETCHED, 100, false),
            "",
            "Packages of sources obtained from registries before the build, pinned by digest.");

    static final Shape.Fields<BuildSection> SHAPE = new Shape.Fields<>(
            List.of(
                    SOURCES,
                    INCLUDES,
                    DEFINES,
                    CFLAGS,
                    CXXFLAGS,
                    LDFLAGS,
                    STD,
                    EXCEPTIONS,
                    PROFILE,
                    TOOLCHAIN,
                    SYSTEM,
                    TARGET,
                    FETCH),
            values -> new BuildSection(
                    values.get(SOURCES, DEFAULT.sources),
                    values.get(INCLUDES, DEFAULT.includes),
                    values.get(DEFINES, DEFAULT.defines),
                    values.get(CFLAGS, DEFAULT.cflags),
                    values.get(CXXFLAGS, DEFAULT.cxxflags),
                    values.get(LDFLAGS, DEFAULT.ldflags),
                    values.get(STD),
                    values.get(EXCEPTIONS, DEFAULT.exceptions),
                    values.get(PROFILE, DEFAULT.profile),
                    values.get(TOOLCHAIN),
                    values.get(SYSTEM, DEFAULT.system),
                    values.get(TARGET),
                    values.get(FETCH, DEFAULT.fetch)));

    private static Map<String, Exceptions> ordered(Object... wordsAndValues) {
        Map<String, Exceptions> map = new java.util.LinkedHashMap<>();
        for (int i = 0; i < wordsAndValues.length; i += 2) {
            map.put((String) wordsAndValues[i], (Exceptions) wordsAndValues[i + 1]);
        }
        return map;
    }
}
