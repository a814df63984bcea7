package dev.wherry.wasm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads the binary format into a {@link Module}: sections, types, names and segments. The instructions of function bodies are left to
 * {@link Validator}, which reads them once.
 *
 * <p>Time and memory are linear in the bytes given: nothing is allocated for what is only announced.
 *
 * @see <a href="https://webassembly.github.io/spec/core/binary/modules.html">Modules, binary format</a>
 */
public final class Decoder {

    private static final int MAGIC = 0x6D736100;
    private static final int VERSION = 1;

    private final ModuleBuilder module;
    private final DecoderLimits limits;
    private final ByteCursor in;

    private Decoder(byte[] bytes, DecoderLimits limits) {
        this.module = new ModuleBuilder(bytes);
        this.limits = limits;
        this.in = new ByteCursor(bytes, 0, bytes.length, "module");
    }

    /**
     * Decodes a module under the usual limits.
     *
     * @param bytes the module; the result keeps the array, which must not change any more
     * @throws MalformedException when the bytes are no module
     */
    public static Module decode(byte[] bytes) {
        return decode(bytes, DecoderLimits.DEFAULT);
    }

    /**
     * Decodes a module.
     *
     * @param bytes the module; the result keeps the array, which must not change any more
     * @throws MalformedException when the bytes are no module or a limit is exceeded
     */
    public static Module decode(byte[] bytes, DecoderLimits limits) {
        return new Decoder(bytes, limits).module();
    }

    private Module module() {
        if (in.remaining() > limits.maxModuleBytes()) {
            throw in.malformed(
                    "module of " + in.remaining() + " bytes is larger than the limit of " + limits.maxModuleBytes());
        }
        readPreamble();
        @Nullable SectionId last = null;
        while (!in.atEnd()) {
            int headerOffset = in.position();
            int id = in.u8();
            SectionId section = id == 0 ? null : SectionId.of(id);
            if (id != 0 && section == null) {
                throw in.malformed("malformed section id " + id, headerOffset);
            }
            if (section != null) {
                if (last != null && section.ordinal() <= last.ordinal()) {
                    String fault = "unexpected content after last section: " + section.title() + " stands behind "
                            + last.title();
                    throw in.malformed(fault, headerOffset);
                }
                last = section;
            }
            readSection(section, headerOffset, id);
        }
        checkCounts();
        return new Module(module);
    }

    private void readPreamble() {
        if (in.fixed32() != MAGIC) {
            throw in.malformed("magic header not detected: a module begins with \\0asm", 0);
        }
        int version = in.fixed32();
        if (version == 0x0001000D) {
            throw in.malformed("unknown binary version: this is a component, not a core module", 4);
        }
        if (version != VERSION) {
            throw in.malformed("unknown binary version " + Integer.toUnsignedString(version) + ", expected 1", 4);
        }
    }

    private void readSection(@Nullable SectionId section, int headerOffset, int id) {
        int size = in.u32();
        if (Integer.compareUnsigned(size, in.remaining()) > 0) {
            throw in.malformed(
                    "unexpected end: length out of bounds, a section of " + Integer.toUnsignedString(size)
                            + " bytes is announced, " + in.remaining() + " are left",
                    headerOffset);
        }
        int start = in.position();
        int end = start + size;
        module.sections.add(new SectionRange(id, headerOffset, start, end));
        in.enter(section == null ? "custom section" : section.title(), end);
        if (section == null) {
            module.customSections.add(new CustomSection(in.name(), in.position(), end));
            in.seek(end);
        } else {
            readContent(section);
        }
        if (in.position() != end) {
            throw in.malformed("section size mismatch: " + (end - in.position()) + " bytes are left over");
        }
        in.enter("module", module.bytes.length);
    }

    private void readContent(SectionId section) {
        switch (section) {
            case TYPE -> readTypes();
            case IMPORT -> readImports();
            case FUNCTION -> readFunctions();
            case TABLE -> each("tables", limits.maxSegments(), () -> module.tables.add(table()));
            case MEMORY -> each("memories", limits.maxSegments(), () -> module.memories.add(memoryType()));
            case TAG -> each("tags", limits.maxSegments(), () -> module.tags.add(tagType()));
            case GLOBAL ->
                each("globals", limits.maxSegments(), () -> module.globals.add(new Global(globalType(), expression())));
            case EXPORT -> each("exports", limits.maxExports(), () -> module.exports.add(export()));
            case START -> module.start = OptionalInt.of(in.u32());
            case ELEMENT ->
                each("element segments", limits.maxSegments(), () -> module.elementSegments.add(elementSegment()));
            case DATA_COUNT -> module.dataCount = OptionalInt.of(in.u32());
            case CODE -> each("function bodies", limits.maxFunctions(), () -> module.bodies.add(body()));
            case DATA -> each("data segments", limits.maxSegments(), () -> module.dataSegments.add(dataSegment()));
        }
    }

    private void each(String what, int limit, Runnable readOne) {
        int start = in.position();
        int count = in.count(what);
        if (count > limit) {
            throw in.malformed(count + " " + what + " exceed the limit of " + limit, start);
        }
        for (int i = 0; i < count; i++) {
            readOne.run();
        }
    }

    private void checkCounts() {
        if (module.functionTypeIndices.size() != module.bodies.size()) {
            throw in.malformed("function and code section have inconsistent lengths: "
                    + module.functionTypeIndices.size() + " functions, " + module.bodies.size() + " bodies");
        }
        if (module.dataCount.isPresent() && module.dataCount.getAsInt() != module.dataSegments.size()) {
            throw in.malformed("data count and data section have inconsistent lengths: "
                    + Integer.toUnsignedString(module.dataCount.getAsInt()) + " announced, "
                    + module.dataSegments.size() + " segments");
        }
    }

    private void readTypes() {
        each("type definitions", limits.maxTypes(), () -> {
            int first = module.types.size();
            if (in.peek() == 0x4E) {
                in.u8();
                each("types of a group", limits.maxTypes(), () -> module.types.add(subType()));
            } else {
                module.types.add(subType());
            }
            if (module.types.size() > limits.maxTypes()) {
                throw in.malformed("more types than the limit of " + limits.maxTypes());
            }
            module.recursiveGroups.add(new RecursiveGroup(first, module.types.size() - first));
        });
    }

    private SubType subType() {
        int form = in.peek();
        if (form != 0x50 && form != 0x4F) {
            return new SubType(true, List.of(), compositeType());
        }
        in.u8();
        List<Integer> supertypes = new ArrayList<>();
        each("supertypes", limits.maxTypes(), () -> supertypes.add(in.u32()));
        return new SubType(form == 0x4F, supertypes, compositeType());
    }

    private CompositeType compositeType() {
        int start = in.position();
        int form = in.u8();
        return switch (form) {
            case 0x60 -> new FunctionType(valueTypes("parameters"), valueTypes("results"));
            case 0x5F -> {
                List<FieldType> fields = new ArrayList<>();
                each("fields", limits.maxTypes(), () -> fields.add(fieldType()));
                yield new StructType(fields);
            }
            case 0x5E -> new ArrayType(fieldType());
            default ->
                throw in.malformed(
                        "malformed definition type: 0x" + Integer.toHexString(form)
                                + " (integer representation too long)",
                        start);
        };
    }

    private List<ValueType> valueTypes(String what) {
        List<ValueType> types = new ArrayList<>();
        each(what, limits.maxTypes(), () -> types.add(in.valueType()));
        return types;
    }

    private FieldType fieldType() {
        StorageType storage = switch (in.peek()) {
            case 0x78 -> PackedType.I8;
            case 0x77 -> PackedType.I16;
            default -> in.valueType();
        };
        if (storage instanceof PackedType) {
            in.u8();
        }
        return new FieldType(storage, mutability());
    }

    private boolean mutability() {
        int flag = in.u8();
        if (flag > 1) {
            throw in.malformed("malformed mutability: " + flag, in.position() - 1);
        }
        return flag == 1;
    }

    private void readImports() {
        each("imports", limits.maxImports(), () -> {
            String moduleName = in.name();
            module.imports.add(new Import(moduleName, in.name(), externalType()));
        });
    }

    private ExternalType externalType() {
        int start = in.position();
        int kind = in.u8();
        return switch (kind) {
            case 0 -> new ExternalType.Function(in.u32());
            case 1 -> tableType();
            case 2 -> memoryType();
            case 3 -> globalType();
            case 4 -> tagType();
            default -> throw in.malformed("malformed import kind " + kind, start);
        };
    }

    private void readFunctions() {
        each("functions", limits.maxFunctions(), () -> module.functionTypeIndices.add(in.u32()));
    }

    private Table table() {
        if (in.peek() != 0x40) {
            return new Table(tableType(), Optional.empty());
        }
        in.u8();
        if (in.u8() != 0) {
            throw in.malformed("malformed table: zero byte expected", in.position() - 1);
        }
        TableType type = tableType();
        return new Table(type, Optional.of(expression()));
    }

    private TableType tableType() {
        ReferenceType element = in.referenceType("malformed reference type");
        int flags = limitsFlags(0x05);
        return new TableType(addressType(flags), limitsOf(flags), element);
    }

    private MemoryType memoryType() {
        int flags = limitsFlags(0x07);
        return new MemoryType(addressType(flags), limitsOf(flags), (flags & 2) != 0);
    }

    private int limitsFlags(int allowed) {
        int start = in.position();
        int flags = in.u8();
        if ((flags & ~allowed) != 0) {
            String fault = flags >= 0x80 ? "integer representation too long" : "malformed limits flags";
            throw in.malformed(fault + ": 0x" + Integer.toHexString(flags), start);
        }
        return flags;
    }

    private static AddressType addressType(int flags) {
        return (flags & 4) != 0 ? AddressType.I64 : AddressType.I32;
    }

    private Limits limitsOf(int flags) {
        boolean wide = (flags & 4) != 0;
        long minimum = wide ? in.u64() : Integer.toUnsignedLong(in.u32());
        boolean bounded = (flags & 1) != 0;
        long maximum = !bounded ? 0 : wide ? in.u64() : Integer.toUnsignedLong(in.u32());
        return new Limits(minimum, bounded ? OptionalLong.of(maximum) : OptionalLong.empty());
    }

    private GlobalType globalType() {
        ValueType type = in.valueType();
        return new GlobalType(type, mutability());
    }

    private TagType tagType() {
        if (in.u8() != 0) {
            throw in.malformed("malformed tag attribute: zero byte expected", in.position() - 1);
        }
        return new TagType(in.u32());
    }

    private Export export() {
        String name = in.name();
        int start = in.position();
        int kind = in.u8();
        if (kind >= Export.Kind.values().length) {
            throw in.malformed("malformed export kind " + kind, start);
        }
        return new Export(name, Export.Kind.values()[kind], in.u32());
    }

    /** Finds the end of a constant expression; blocks in it are well-formed bytes, and refused by the validator. */
    private ConstantExpression expression() {
        int start = in.position();
        InstructionReader reader =
                new InstructionReader(module.bytes, start, start + in.remaining(), "constant expression");
        int depth = 0;
        while (reader.next()) {
            switch (reader.opcode()) {
                case BLOCK, LOOP, IF, TRY, TRY_TABLE -> depth++;
                case END -> {
                    if (depth-- == 0) {
                        in.seek(reader.nextOffset());
                        return new ConstantExpression(start, reader.nextOffset());
                    }
                }
                default -> {}
            }
        }
        throw in.malformed("unexpected end: END opcode expected", start);
    }

    private ElementSegment elementSegment() {
        int start = in.position();
        int flags = in.u32();
        if (Integer.compareUnsigned(flags, 7) > 0) {
            throw in.malformed("malformed elements segment kind " + Integer.toUnsignedString(flags), start);
        }
        boolean active = (flags & 1) == 0;
        boolean explicit = (flags & 2) != 0;
        boolean expressions = (flags & 4) != 0;
        SegmentMode mode;
        if (active) {
            int table = explicit ? in.u32() : 0;
            mode = new SegmentMode.Active(table, expression());
        } else {
            mode = explicit ? new SegmentMode.Declarative() : new SegmentMode.Passive();
        }
        ReferenceType type = new ReferenceType(expressions, AbstractHeapType.FUNC);
        if (!active || explicit) {
            type = expressions ? in.referenceType("malformed reference type") : elementKind();
        }
        List<Integer> functions = new ArrayList<>();
        List<ConstantExpression> initializers = new ArrayList<>();
        if (expressions) {
            each("elements", Integer.MAX_VALUE, () -> initializers.add(expression()));
        } else {
            each("elements", Integer.MAX_VALUE, () -> functions.add(in.u32()));
        }
        return new ElementSegment(type, mode, functions, initializers);
    }

    private ReferenceType elementKind() {
        int kind = in.u8();
        if (kind != 0) {
            throw in.malformed("malformed element kind " + kind, in.position() - 1);
        }
        return new ReferenceType(false, AbstractHeapType.FUNC);
    }

    private FunctionBody body() {
        int headerOffset = in.position();
        int size = in.u32();
        if (Integer.compareUnsigned(size, in.remaining()) > 0) {
            throw in.malformed(
                    "unexpected end: length out of bounds, a body of " + Integer.toUnsignedString(size)
                            + " bytes is announced, " + in.remaining() + " are left",
                    headerOffset);
        }
        if (size > limits.maxFunctionBytes()) {
            throw in.malformed(
                    "a body of " + size + " bytes is larger than the limit of " + limits.maxFunctionBytes(),
                    headerOffset);
        }
        int start = in.position();
        int end = start + size;
        List<LocalRun> locals = locals(end);
        FunctionBody body = new FunctionBody(start, locals, in.position(), end);
        in.seek(end);
        return body;
    }

    private List<LocalRun> locals(int end) {
        int sectionEnd = in.position() + in.remaining();
        in.enter(SectionId.CODE.title(), end);
        List<LocalRun> runs = new ArrayList<>();
        long total = 0;
        int groups = in.count("groups of locals");
        for (int i = 0; i < groups; i++) {
            int start = in.position();
            int count = in.u32();
            total += Integer.toUnsignedLong(count);
            if (total > limits.maxLocals()) {
                throw in.malformed("too many locals: " + total + " exceed the limit of " + limits.maxLocals(), start);
            }
            runs.add(new LocalRun(count, in.valueType()));
        }
        in.enter(SectionId.CODE.title(), sectionEnd);
        return runs;
    }

    private DataSegment dataSegment() {
        int start = in.position();
        int flags = in.u32();
        SegmentMode mode = switch (flags) {
            case 0 -> new SegmentMode.Active(0, expression());
            case 1 -> new SegmentMode.Passive();
            case 2 -> {
                int memory = in.u32();
                yield new SegmentMode.Active(memory, expression());
            }
            default -> throw in.malformed("malformed data segment kind " + Integer.toUnsignedString(flags), start);
        };
        int length = in.count("bytes of data");
        int offset = in.position();
        in.skip(length);
        return new DataSegment(mode, offset, length);
    }
}
