package dev.wherry.engine.runtime;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The bytes of one cache entry: a magic number, the SHA-256 of everything behind it, an index, the class files.
 *
 * <p>Big-endian, strings in modified UTF-8:
 *
 * <pre>
 * 8 bytes   "WHERRYC1"
 * 32 bytes  SHA-256 of all that follows
 * string    key of the entry, so that a file under a wrong name is no hit
 * string    instance class
 * u32, ...  metadata: length and bytes
 * u32       number of classes, then for each: string name, u32 length
 * ...       the class files one after the other
 * </pre>
 */
final class CacheEntryFormat {

    private static final byte[] MAGIC = "WHERRYC1".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    private static final int DIGEST_BYTES = 32;
    private static final int HEADER_BYTES = MAGIC.length + DIGEST_BYTES;

    private CacheEntryFormat() {}

    /** The entry as one array; equal input gives equal bytes. */
    static byte[] encode(String key, CompiledCode code) {
        ByteArrayOutputStream buffer = new ByteArrayOutputStream(1 << 16);
        try (DataOutputStream out = new DataOutputStream(buffer)) {
            out.write(MAGIC);
            out.write(new byte[DIGEST_BYTES]);
            out.writeUTF(key);
            out.writeUTF(code.instanceClass());
            out.writeInt(code.metadata().length);
            out.write(code.metadata());
            Map<String, CompiledCode.ClassBytes> sorted = new TreeMap<>(code.classes());
            out.writeInt(sorted.size());
            for (Map.Entry<String, CompiledCode.ClassBytes> entry : sorted.entrySet()) {
                out.writeUTF(entry.getKey());
                out.writeInt(entry.getValue().length());
            }
            for (CompiledCode.ClassBytes file : sorted.values()) {
                out.write(file.bytes(), file.offset(), file.length());
            }
        } catch (IOException e) {
            throw new IllegalStateException("an array refused to be written to", e);
        }
        byte[] entry = buffer.toByteArray();
        System.arraycopy(digest(entry), 0, entry, MAGIC.length, DIGEST_BYTES);
        return entry;
    }

    /** The code in an entry; empty if the bytes are anything but the complete, unchanged entry of this key. */
    static Optional<CompiledCode> decode(String key, byte[] entry) {
        if (entry.length < HEADER_BYTES
                || !Arrays.equals(entry, 0, MAGIC.length, MAGIC, 0, MAGIC.length)
                || !MessageDigest.isEqual(Arrays.copyOfRange(entry, MAGIC.length, HEADER_BYTES), digest(entry))) {
            return Optional.empty();
        }
        try (DataInputStream in =
                new DataInputStream(new ByteArrayInputStream(entry, HEADER_BYTES, entry.length - HEADER_BYTES))) {
            return in.readUTF().equals(key) ? Optional.of(read(in, entry)) : Optional.empty();
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
            // The digest was right, so this is the work of another version of this class: no hit either way.
            return Optional.empty();
        }
    }

    private static CompiledCode read(DataInputStream in, byte[] entry) throws IOException {
        String instanceClass = in.readUTF();
        byte[] metadata = in.readNBytes(in.readInt());
        int count = in.readInt();
        String[] names = new String[Math.min(count, entry.length)];
        int[] lengths = new int[names.length];
        for (int i = 0; i < names.length; i++) {
            names[i] = in.readUTF();
            lengths[i] = in.readInt();
        }
        Map<String, CompiledCode.ClassBytes> classes = HashMap.newHashMap(names.length);
        int offset = entry.length - in.available();
        for (int i = 0; i < names.length; i++) {
            classes.put(names[i], new CompiledCode.ClassBytes(entry, offset, lengths[i]));
            offset += lengths[i];
        }
        return new CompiledCode(instanceClass, classes, metadata);
    }

    private static byte[] digest(byte[] entry) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(entry, HEADER_BYTES, entry.length - HEADER_BYTES);
            return sha256.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
