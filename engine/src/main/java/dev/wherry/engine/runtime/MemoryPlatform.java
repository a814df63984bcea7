package dev.wherry.engine.runtime;

import dev.wherry.engine.MemoryKind;

/** Finds out whether this JVM can hold memories outside its heap. */
public final class MemoryPlatform {

    private MemoryPlatform() {}

    /**
     * What stands against mapped memories here, as the end of a sentence; empty if nothing does. Never prints a warning of the JVM.
     */
    public static String mappedObstacle() {
        if (!System.getProperty("os.name", "").equals("Linux")) {
            return "the operating system is not Linux";
        }
        String architecture = System.getProperty("os.arch", "");
        if (!architecture.equals("amd64") && !architecture.equals("aarch64")) {
            return "the machine is neither x86-64 nor AArch64 but " + architecture;
        }
        Module engine = MemoryPlatform.class.getModule();
        Module base = Object.class.getModule();
        Module guests = ClassLoader.getSystemClassLoader().getUnnamedModule();
        if (!base.isExported("jdk.internal.misc", engine) || !base.isExported("jdk.internal.misc", guests)) {
            return "the JVM was started without --add-exports java.base/jdk.internal.misc=ALL-UNNAMED"
                    + (engine.isNamed() ? ",dev.wherry.engine" : "");
        }
        if (!engine.isNativeAccessEnabled()) {
            return "the JVM was started without --enable-native-access="
                    + (engine.isNamed() ? "dev.wherry.engine" : "ALL-UNNAMED");
        }
        return "";
    }

    /**
     * The kind that {@code wanted} comes to on this JVM: never {@link MemoryKind#AUTO}.
     *
     * @throws IllegalStateException if mapped memories are wanted and not possible
     */
    public static MemoryKind resolve(MemoryKind wanted) {
        return switch (wanted) {
            case HEAP -> MemoryKind.HEAP;
            case AUTO -> mappedObstacle().isEmpty() ? MemoryKind.MAPPED : MemoryKind.HEAP;
            case MAPPED -> {
                String obstacle = mappedObstacle();
                if (!obstacle.isEmpty()) {
                    throw new IllegalStateException("memory of kind MAPPED is not possible: " + obstacle);
                }
                yield MemoryKind.MAPPED;
            }
        };
    }
}
