package dev.wherry.engine.runtime;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.stream.Stream;

/**
 * Tells builds of the compiler apart while it is being developed, when its version number stands still: the youngest of its class
 * files. Code from a JAR is told apart by its version alone, so that a cache can travel with it.
 */
final class CompilerFingerprint {

    static final String VALUE = compute();

    private CompilerFingerprint() {}

    private static String compute() {
        CodeSource source = CompilerFingerprint.class.getProtectionDomain().getCodeSource();
        if (source == null) {
            return "";
        }
        try {
            Path root = Path.of(source.getLocation().toURI());
            if (!Files.isDirectory(root)) {
                return "";
            }
            try (Stream<Path> files = Files.walk(root)) {
                return Long.toString(files.filter(file -> file.toString().endsWith(".class"))
                        .mapToLong(file -> file.toFile().lastModified())
                        .max()
                        .orElse(0));
            }
        } catch (IOException | URISyntaxException | IllegalArgumentException | SecurityException e) {
            // Run-time images have no such place; they do not change either.
            return "";
        }
    }
}
