package dev.wherry.wasm;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the instructions of a body or a constant expression, allocating nothing for the common ones. A cursor: each {@link #next}
 * changes what the other methods answer. Used by one thread.
 *
 * <p>Labels and indices are u32 that travel as int; callers compare them unsigned.
 *
 * @see <a href="https://webassembly.github.io/spec/core/binary/instructions.html">Instructions, binary format</a>
 */
public final class InstructionReader {

    private static final FunctionType EMPTY = new FunctionType(List.of(), List.of());
    private static final int MULTI_MEMORY_FLAG = 0x40;

    private final ByteCursor in;
    private final int endOffset;

    private int offset;
    private Opcode opcode = Opcode.NOP;
    private int index;
    private int index2;
    private long value;
    private long valueHigh;
    private int align;
    private int lane;
    private int blockTypeIndex;
    private @Nullable ValueType blockValueType;
    private int[] labels = new int[16];
    private int labelCount;
    private List<ValueType> selectTypes = List.of();
    private List<CatchClause> catchClauses = List.of();
    private @Nullable ReferenceType castType;
    private @Nullable ReferenceType castSource;

    /**
     * @param module whose bytes are read; offsets count from its beginning
     * @param startOffset of the first instruction
     * @param endOffset one past the last byte that may be read
     */
    public InstructionReader(Module module, int startOffset, int endOffset) {
        this(module.rawBytes(), startOffset, endOffset, "code");
    }

    InstructionReader(byte[] bytes, int startOffset, int endOffset, String section) {
        this.in = new ByteCursor(bytes, startOffset, endOffset, section);
        this.endOffset = endOffset;
    }

    /** A reader at the first instruction of a function's body. */
    public static InstructionReader of(Module module, FunctionBody body) {
        return new InstructionReader(module, body.instructionsOffset(), body.endOffset());
    }

    /**
     * Moves to the next instruction.
     *
     * @return false when the range has ended
     * @throws MalformedException at bytes that are no instruction
     */
    public boolean next() {
        if (in.atEnd()) {
            return false;
        }
        offset = in.position();
        int first = in.u8();
        Opcode read = Opcode.isPrefix(first) ? Opcode.of(first, in.u32()) : Opcode.of(0, first);
        if (read == null) {
            throw in.malformed("illegal opcode: 0x" + Integer.toHexString(first), offset);
        }
        opcode = read;
        readImmediates();
        return true;
    }

    private void readImmediates() {
        switch (opcode.immediates()) {
            case NONE -> {}
            case BLOCK -> readBlockType();
            case TRY_TABLE -> {
                readBlockType();
                readCatchClauses();
            }
            case LABEL, FUNCTION, TYPE, LOCAL, GLOBAL, TABLE, TAG, DATA, ELEMENT, MEMORY_INDEX -> index = in.u32();
            case LABELS -> readLabels();
            case CALL_INDIRECT,
                    MEMORY_MEMORY,
                    DATA_MEMORY,
                    ELEMENT_TABLE,
                    TABLE_TABLE,
                    FIELD,
                    TYPE_COUNT,
                    TYPE_DATA,
                    TYPE_ELEMENT,
                    TYPE_TYPE -> {
                index = in.u32();
                index2 = in.u32();
            }
            case SELECT_TYPES -> readSelectTypes();
            case MEMORY -> readMemoryArgument();
            case MEMORY_LANE -> {
                readMemoryArgument();
                lane = in.u8();
            }
            case I32 -> value = in.s32();
            case I64 -> value = in.s64();
            case F32 -> value = in.fixed32();
            case F64 -> value = in.fixed64();
            case V128, SHUFFLE -> {
                value = in.fixed64();
                valueHigh = in.fixed64();
            }
            case LANE -> lane = in.u8();
            case HEAP_TYPE -> readHeapType();
            case CAST_BRANCH -> readCastBranch();
            case FENCE -> {
                if (in.u8() != 0) {
                    throw in.malformed("zero byte expected behind atomic.fence", in.position() - 1);
                }
            }
        }
    }

    private void readBlockType() {
        int first = in.peek();
        blockTypeIndex = -1;
        blockValueType = null;
        if (first == 0x40) {
            in.u8();
        } else if ((first & 0xC0) == 0x40) {
            // A negative number of one byte is a value type.
            blockValueType = in.valueType();
        } else {
            int start = in.position();
            long typeIndex = in.s33();
            if (typeIndex < 0) {
                throw in.malformed("unexpected end: malformed block type", start);
            }
            blockTypeIndex = (int) typeIndex;
        }
    }

    private void readCatchClauses() {
        int count = in.count("catch clauses");
        List<CatchClause> clauses = new ArrayList<>(Math.min(count, 64));
        for (int i = 0; i < count; i++) {
            int kind = in.u8();
            if (kind > 3) {
                throw in.malformed("malformed catch clause: kind " + kind, in.position() - 1);
            }
            int tag = kind < 2 ? in.u32() : -1;
            clauses.add(new CatchClause(tag, (kind & 1) == 1, in.u32()));
        }
        catchClauses = clauses;
    }

    private void readLabels() {
        int count = in.count("labels");
        labelCount = count + 1;
        if (labels.length < labelCount) {
            labels = new int[Math.max(labelCount, 2 * labels.length)];
        }
        for (int i = 0; i < labelCount; i++) {
            labels[i] = in.u32();
        }
    }

    private void readSelectTypes() {
        int count = in.count("types");
        List<ValueType> types = new ArrayList<>(Math.min(count, 64));
        for (int i = 0; i < count; i++) {
            types.add(in.valueType());
        }
        selectTypes = types;
    }

    private void readMemoryArgument() {
        int start = in.position();
        int flags = in.u32();
        if (Integer.compareUnsigned(flags, 2 * MULTI_MEMORY_FLAG) >= 0) {
            throw in.malformed("malformed memop flags", start);
        }
        align = flags & (MULTI_MEMORY_FLAG - 1);
        index = (flags & MULTI_MEMORY_FLAG) != 0 ? in.u32() : 0;
        value = in.u64();
    }

    private void readHeapType() {
        boolean nullable =
                opcode == Opcode.REF_NULL || opcode == Opcode.REF_TEST_NULL || opcode == Opcode.REF_CAST_NULL;
        castType = new ReferenceType(nullable, in.heapType());
    }

    private void readCastBranch() {
        int flags = in.u8();
        if (flags > 3) {
            throw in.malformed("malformed br_on_cast flags", in.position() - 1);
        }
        index = in.u32();
        castSource = new ReferenceType((flags & 1) != 0, in.heapType());
        castType = new ReferenceType((flags & 2) != 0, in.heapType());
    }

    /** The current instruction. */
    public Opcode opcode() {
        return opcode;
    }

    /** Where the current instruction begins. */
    public int offset() {
        return offset;
    }

    /** Where the next instruction begins. */
    public int nextOffset() {
        return in.position();
    }

    /** One past the range that is read. */
    public int endOffset() {
        return endOffset;
    }

    /** Goes on reading at another offset of the same range. */
    public void seek(int newOffset) {
        in.seek(newOffset);
    }

    /** The first index: label, function, type, local, global, table, tag, segment, or destination. */
    public int index() {
        return index;
    }

    /** The second index: the table of call_indirect and table.init, the memory of memory.init, the source of a copy, a field, a count. */
    public int index2() {
        return index2;
    }

    /** The memory of a load, store, memory.size, memory.grow or memory.fill. */
    public int memoryIndex() {
        return index;
    }

    /** The alignment of a load or store, as the exponent of 2. */
    public int align() {
        return align;
    }

    /** The offset of a load or store, unsigned. */
    public long memoryOffset() {
        return value;
    }

    /** The value of i32.const. */
    public int i32() {
        return (int) value;
    }

    /** The value of i64.const. */
    public long i64() {
        return value;
    }

    /** The bits of f32.const. */
    public int f32Bits() {
        return (int) value;
    }

    /** The bits of f64.const. */
    public long f64Bits() {
        return value;
    }

    /** The first eight bytes of a vector constant or of the lanes of a shuffle, little-endian. */
    public long v128Low() {
        return value;
    }

    /** The last eight bytes of a vector constant or of the lanes of a shuffle, little-endian. */
    public long v128High() {
        return valueHigh;
    }

    /** The lane of a vector instruction, 0 to 255. */
    public int lane() {
        return lane;
    }

    /** Labels of br_table, the default one included. */
    public int labelCount() {
        return labelCount;
    }

    /** A label of br_table; the last is the default. */
    public int label(int position) {
        if (position >= labelCount) {
            throw new IndexOutOfBoundsException(position);
        }
        return labels[position];
    }

    /** The type index of a block type, or -1 where it is empty or a single value type. */
    public int blockTypeIndex() {
        return blockTypeIndex;
    }

    /**
     * The parameters and results of a block.
     *
     * @throws InvalidException when its type index is no function type of the module
     */
    public FunctionType blockType(Module module) {
        if (blockTypeIndex >= 0) {
            return module.functionTypeAt(blockTypeIndex, "type " + blockTypeIndex + " of a block", offset);
        }
        return blockValueType == null ? EMPTY : new FunctionType(List.of(), List.of(blockValueType));
    }

    /** The type of a block's single result; null where it is empty or has a type index. */
    @Nullable
    ValueType blockValueType() {
        return blockValueType;
    }

    /** The types of a typed select. */
    public List<ValueType> selectTypes() {
        return selectTypes;
    }

    /** The clauses of try_table. */
    public List<CatchClause> catchClauses() {
        return catchClauses;
    }

    /** The type that ref.null gives, that ref.test asks for, or to which a cast goes. */
    public ReferenceType castType() {
        if (castType == null) {
            throw new IllegalStateException("no cast was read");
        }
        return castType;
    }

    /** The type from which br_on_cast goes. */
    public ReferenceType castSource() {
        if (castSource == null) {
            throw new IllegalStateException("no cast was read");
        }
        return castSource;
    }
}
