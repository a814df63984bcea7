package dev.wherry.engine.runtime;

import java.util.Map;
import java.util.Objects;

/**
 * What the compiler makes of a module: class files, in the form that the loader takes and the cache keeps.
 *
 * @param instanceClass the binary name of the generated subclass of {@link GuestInstance}
 * @param classes the class files by binary name, the instance class among them; not to be changed
 * @param metadata whatever the compiler wants to find again beside its classes
 */
@SuppressWarnings(
        "ArrayRecordComponent") // Bulk data that is never compared; copying class files would double a module's memory.
public record CompiledCode(String instanceClass, Map<String, ClassBytes> classes, byte[] metadata) {

    /** Checks that the instance class is there. */
    public CompiledCode {
        Objects.requireNonNull(metadata);
        classes = Map.copyOf(classes);
        if (!classes.containsKey(instanceClass)) {
            throw new IllegalArgumentException("no class file for the instance class " + instanceClass);
        }
    }

    /** A class file as a range of an array, so that a cache entry is read once and never cut up. */
    @SuppressWarnings("ArrayRecordComponent")
    public record ClassBytes(byte[] bytes, int offset, int length) {

        /** Checks the range. */
        public ClassBytes {
            Objects.checkFromIndexSize(offset, length, bytes.length);
        }

        /** A whole array. */
        public static ClassBytes of(byte[] bytes) {
            return new ClassBytes(bytes, 0, bytes.length);
        }
    }
}
