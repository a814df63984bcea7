package dev.wherry.wasm;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads the primitive values of the binary format out of a range of bytes.
 *
 * @see <a href="https://webassembly.github.io/spec/core/binary/values.html">Values, binary format</a>
 */
final class ByteCursor {

    private final byte[] bytes;
    private int position;
    private int limit;
    private String section;

    ByteCursor(byte[] bytes, int position, int limit, String section) {
        this.bytes = bytes;
        this.position = position;
        this.limit = limit;
        this.section = section;
    }

    int position() {
        return position;
    }

    int remaining() {
        return limit - position;
    }

    boolean atEnd() {
        return position >= limit;
    }

    void enter(String newSection, int newLimit) {
        section = newSection;
        limit = newLimit;
    }

    void seek(int newPosition) {
        position = newPosition;
    }

    MalformedException malformed(String fault) {
        return new MalformedException(fault, section, position);
    }

    MalformedException malformed(String fault, int offset) {
        return new MalformedException(fault, section, offset);
    }

    /** One byte, 0 to 255. */
    int u8() {
        if (position >= limit) {
            throw malformed("unexpected end");
        }
        return bytes[position++] & 0xFF;
    }

    /** The next byte without taking it. */
    int peek() {
        if (position >= limit) {
            throw malformed("unexpected end");
        }
        return bytes[position] & 0xFF;
    }

    /** An unsigned LEB128 number of at most 32 bits; travels as an int. */
    int u32() {
        int first = u8();
        if (first < 0x80) {
            return first;
        }
        int start = position - 1;
        int result = first & 0x7F;
        for (int shift = 7; shift < 35; shift += 7) {
            int b = u8();
            if (shift == 28 && (b & 0xF0) != 0) {
                throw malformed(b >= 0x80 ? "integer representation too long" : "integer too large", start);
            }
            result |= (b & 0x7F) << shift;
            if (b < 0x80) {
                return result;
            }
        }
        throw malformed("integer representation too long", start);
    }

    /** An unsigned LEB128 number of at most 64 bits; travels as a long. */
    long u64() {
        int start = position;
        long result = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            int b = u8();
            if (shift == 63 && (b & 0xFE) != 0) {
                throw malformed(b >= 0x80 ? "integer representation too long" : "integer too large", start);
            }
            result |= (long) (b & 0x7F) << shift;
            if (b < 0x80) {
                return result;
            }
        }
        throw malformed("integer representation too long", start);
    }

    int s32() {
        return (int) signed(32);
    }

    long s33() {
        return signed(33);
    }

    long s64() {
        return signed(64);
    }

    private long signed(int bits) {
        int start = position;
        long result = 0;
        int shift = 0;
        while (true) {
            int b = u8();
            int left = bits - shift;
            if (left < 7) {
                // The last byte: the bits beyond the number must repeat its sign.
                int unused = (byte) (b << 1) >> left;
                if (b >= 0x80) {
                    throw malformed("integer representation too long", start);
                }
                if (unused != 0 && unused != -1) {
                    throw malformed("integer too large", start);
                }
            }
            result |= (long) (b & 0x7F) << shift;
            shift += 7;
            if (b < 0x80) {
                return shift < 64 ? result << (64 - shift) >> (64 - shift) : result;
            }
            if (shift >= bits) {
                throw malformed("integer representation too long", start);
            }
        }
    }

    int fixed32() {
        skip(4);
        return (bytes[position - 4] & 0xFF)
                | (bytes[position - 3] & 0xFF) << 8
                | (bytes[position - 2] & 0xFF) << 16
                | bytes[position - 1] << 24;
    }

    long fixed64() {
        long low = fixed32() & 0xFFFF_FFFFL;
        return low | (long) fixed32() << 32;
    }

    void skip(int count) {
        if (Integer.compareUnsigned(count, remaining()) > 0) {
            throw malformed("unexpected end: " + Integer.toUnsignedString(count) + " bytes are announced, "
                    + remaining() + " are left");
        }
        position += count;
    }

    /**
     * The announced number of entries of a list. Each entry takes at least one byte, so a number that the rest cannot hold is refused
     * before anything is allocated for it.
     */
    int count(String what) {
        int start = position;
        int count = u32();
        if (Integer.compareUnsigned(count, remaining()) > 0) {
            throw malformed(
                    "unexpected end: length out of bounds, " + Integer.toUnsignedString(count) + " " + what
                            + " are announced, " + remaining() + " bytes are left",
                    start);
        }
        return count;
    }

    /** A name: length and UTF-8. */
    String name() {
        int length = count("bytes of a name");
        int start = position;
        skip(length);
        for (int i = start; i < position; i++) {
            if (bytes[i] < 0) {
                return decodeUtf8(start, length);
            }
        }
        return new String(bytes, start, length, StandardCharsets.ISO_8859_1);
    }

    private String decodeUtf8(int start, int length) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, start, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed("malformed UTF-8 encoding of a name", start);
        }
    }

    /** A value type. */
    ValueType valueType() {
        int start = position;
        int code = u8();
        return switch (code) {
            case 0x7F -> NumberType.I32;
            case 0x7E -> NumberType.I64;
            case 0x7D -> NumberType.F32;
            case 0x7C -> NumberType.F64;
            case 0x7B -> VectorType.V128;
            default -> {
                position = start;
                yield referenceType("malformed value type");
            }
        };
    }

    /** A reference type, in its short or its long form. */
    ReferenceType referenceType(String fault) {
        int start = position;
        int code = u8();
        if (code == 0x63 || code == 0x64) {
            return new ReferenceType(code == 0x63, heapType());
        }
        AbstractHeapType type = AbstractHeapType.ofCode(code);
        if (type == null) {
            throw malformed(fault + ": 0x" + Integer.toHexString(code), start);
        }
        return new ReferenceType(true, type);
    }

    /** A heap type. */
    HeapType heapType() {
        int start = position;
        long value = s33();
        if (value >= 0) {
            return new ConcreteHeapType((int) value);
        }
        AbstractHeapType type = value < -64 ? null : AbstractHeapType.ofCode((int) value & 0x7F);
        if (type == null) {
            throw malformed("malformed heap type", start);
        }
        return type;
    }
}
