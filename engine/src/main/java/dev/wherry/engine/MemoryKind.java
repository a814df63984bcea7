package dev.wherry.engine;

/** How the linear memories of an engine are held. */
public enum MemoryKind {
    /**
     * {@link #MAPPED} where the platform, the JVM's native access and its exports allow it, otherwise {@link #HEAP}.
     */
    AUTO,
    /**
     * Memory mapped outside the Java heap: instances share their module's initial image copy-on-write, a fresh instance costs
     * microseconds and {@code memory.grow} never copies. Needs Linux on a 64-bit machine,
     * {@code --enable-native-access} for the engine's module and
     * {@code --add-exports java.base/jdk.internal.misc=ALL-UNNAMED,dev.wherry.engine} (both stand in the manifest of the
     * distribution's JAR).
     */
    MAPPED,
    /** Byte arrays on the Java heap: works everywhere, without any flag. */
    HEAP
}
