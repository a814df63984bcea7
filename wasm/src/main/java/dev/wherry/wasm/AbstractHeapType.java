package dev.wherry.wasm;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The heap types that exist without a definition.
 *
 * @see <a href="https://webassembly.github.io/spec/core/binary/types.html#heap-types">Heap types, binary format</a>
 */
public enum AbstractHeapType implements HeapType {
    ANY(0x6E, "anyref"),
    EQ(0x6D, "eqref"),
    I31(0x6C, "i31ref"),
    STRUCT(0x6B, "structref"),
    ARRAY(0x6A, "arrayref"),
    NONE(0x71, "nullref"),
    FUNC(0x70, "funcref"),
    NOFUNC(0x73, "nullfuncref"),
    EXTERN(0x6F, "externref"),
    NOEXTERN(0x72, "nullexternref"),
    EXN(0x69, "exnref"),
    NOEXN(0x74, "nullexnref");

    private final int code;
    private final String shorthand;

    AbstractHeapType(int code, String shorthand) {
        this.code = code;
        this.shorthand = shorthand;
    }

    /** The byte that stands for it in the binary format. */
    public int code() {
        return code;
    }

    /** How the text format writes a nullable reference to it. */
    public String shorthand() {
        return shorthand;
    }

    /** The type with that byte, or null. */
    static @Nullable AbstractHeapType ofCode(int code) {
        for (AbstractHeapType type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        return null;
    }

    /** The top of the hierarchy that the type belongs to. */
    public AbstractHeapType top() {
        return switch (this) {
            case ANY, EQ, I31, STRUCT, ARRAY, NONE -> ANY;
            case FUNC, NOFUNC -> FUNC;
            case EXTERN, NOEXTERN -> EXTERN;
            case EXN, NOEXN -> EXN;
        };
    }

    /** The bottom of the hierarchy that the type belongs to. */
    public AbstractHeapType bottom() {
        return switch (top()) {
            case ANY -> NONE;
            case FUNC -> NOFUNC;
            case EXTERN -> NOEXTERN;
            default -> NOEXN;
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
