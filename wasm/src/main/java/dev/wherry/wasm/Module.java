package dev.wherry.wasm;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * A decoded module. Immutable and safe for any number of threads. Instructions stay in the module's bytes and are read through
 * {@link InstructionReader}.
 *
 * <p>In every index space imports come first. Indices are u32 that travel as int.
 *
 * @see <a href="https://webassembly.github.io/spec/core/syntax/modules.html">Modules</a>
 */
public final class Module {

    private final byte[] bytes;
    private final List<SubType> types;
    private final List<RecursiveGroup> recursiveGroups;
    private final List<Import> imports;
    private final List<Integer> functionTypeIndices;
    private final List<FunctionBody> bodies;
    private final List<TableType> tables;
    private final List<Table> definedTables;
    private final List<MemoryType> memories;
    private final int importedMemoryCount;
    private final List<GlobalType> globals;
    private final List<Global> definedGlobals;
    private final List<TagType> tags;
    private final int importedTagCount;
    private final List<Export> exports;
    private final OptionalInt start;
    private final List<ElementSegment> elementSegments;
    private final List<DataSegment> dataSegments;
    private final OptionalInt dataCount;
    private final List<CustomSection> customSections;
    private final List<SectionRange> sections;

    Module(ModuleBuilder builder) {
        this.bytes = builder.bytes;
        this.types = List.copyOf(builder.types);
        this.recursiveGroups = List.copyOf(builder.recursiveGroups);
        this.imports = List.copyOf(builder.imports);
        List<Integer> functions = new ArrayList<>();
        List<TableType> allTables = new ArrayList<>();
        List<MemoryType> allMemories = new ArrayList<>();
        List<GlobalType> allGlobals = new ArrayList<>();
        List<TagType> allTags = new ArrayList<>();
        for (Import imported : builder.imports) {
            switch (imported.type()) {
                case ExternalType.Function function -> functions.add(function.typeIndex());
                case TableType table -> allTables.add(table);
                case MemoryType memory -> allMemories.add(memory);
                case GlobalType global -> allGlobals.add(global);
                case TagType tag -> allTags.add(tag);
            }
        }
        this.importedMemoryCount = allMemories.size();
        this.importedTagCount = allTags.size();
        functions.addAll(builder.functionTypeIndices);
        builder.tables.forEach(table -> allTables.add(table.type()));
        allMemories.addAll(builder.memories);
        builder.globals.forEach(global -> allGlobals.add(global.type()));
        allTags.addAll(builder.tags);
        this.functionTypeIndices = List.copyOf(functions);
        this.bodies = List.copyOf(builder.bodies);
        this.tables = List.copyOf(allTables);
        this.definedTables = List.copyOf(builder.tables);
        this.memories = List.copyOf(allMemories);
        this.globals = List.copyOf(allGlobals);
        this.definedGlobals = List.copyOf(builder.globals);
        this.tags = List.copyOf(allTags);
        this.exports = List.copyOf(builder.exports);
        this.start = builder.start;
        this.elementSegments = List.copyOf(builder.elementSegments);
        this.dataSegments = List.copyOf(builder.dataSegments);
        this.dataCount = builder.dataCount;
        this.customSections = List.copyOf(builder.customSections);
        this.sections = List.copyOf(builder.sections);
    }

    /** The module's bytes, read-only. Offsets everywhere in this package count from its beginning. */
    public ByteBuffer bytes() {
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    byte[] rawBytes() {
        return bytes;
    }

    /** A copy of a range of the module's bytes. */
    public byte[] copyOfRange(int offset, int endOffset) {
        return java.util.Arrays.copyOfRange(bytes, offset, endOffset);
    }

    /** The module's size in bytes. */
    public int sizeBytes() {
        return bytes.length;
    }

    /** All type definitions by type index. */
    public List<SubType> types() {
        return types;
    }

    /** The groups in which types were defined, in order; together they hold every type once. */
    public List<RecursiveGroup> recursiveGroups() {
        return recursiveGroups;
    }

    public List<Import> imports() {
        return imports;
    }

    /** Functions, imported ones included. */
    public int functionCount() {
        return functionTypeIndices.size();
    }

    public int importedFunctionCount() {
        return functionTypeIndices.size() - bodies.size();
    }

    /** The index of a function's type. */
    public int functionTypeIndex(int functionIndex) {
        return functionTypeIndices.get(functionIndex);
    }

    /**
     * A function's type.
     *
     * @throws InvalidException when its type index is no function type
     */
    public FunctionType functionType(int functionIndex) {
        return functionTypeAt(functionTypeIndices.get(functionIndex), "function " + functionIndex, -1);
    }

    /**
     * The function type with that type index.
     *
     * @throws InvalidException when the module has no such type, or it is no function type
     */
    public FunctionType functionTypeAt(int typeIndex) {
        return functionTypeAt(typeIndex, "type section", -1);
    }

    FunctionType functionTypeAt(int typeIndex, String where, long offset) {
        if (Integer.compareUnsigned(typeIndex, types.size()) >= 0) {
            throw new InvalidException("unknown type " + Integer.toUnsignedString(typeIndex), where, offset);
        }
        if (types.get(typeIndex).composite() instanceof FunctionType type) {
            return type;
        }
        throw new InvalidException("type mismatch: type " + typeIndex + " is no function type", where, offset);
    }

    /**
     * The code of a function that the module defines.
     *
     * @throws IndexOutOfBoundsException when the function is imported or does not exist
     */
    public FunctionBody body(int functionIndex) {
        return bodies.get(functionIndex - importedFunctionCount());
    }

    /** Bodies of the functions that the module defines. */
    public List<FunctionBody> bodies() {
        return bodies;
    }

    /** Types of all tables. */
    public List<TableType> tables() {
        return tables;
    }

    public List<Table> definedTables() {
        return definedTables;
    }

    public int importedTableCount() {
        return tables.size() - definedTables.size();
    }

    /** Types of all memories. */
    public List<MemoryType> memories() {
        return memories;
    }

    public int importedMemoryCount() {
        return importedMemoryCount;
    }

    /** Types of all globals. */
    public List<GlobalType> globals() {
        return globals;
    }

    public List<Global> definedGlobals() {
        return definedGlobals;
    }

    public int importedGlobalCount() {
        return globals.size() - definedGlobals.size();
    }

    /** Types of all tags. */
    public List<TagType> tags() {
        return tags;
    }

    public int importedTagCount() {
        return importedTagCount;
    }

    public List<Export> exports() {
        return exports;
    }

    /** The function that runs at instantiation. */
    public OptionalInt start() {
        return start;
    }

    public List<ElementSegment> elementSegments() {
        return elementSegments;
    }

    public List<DataSegment> dataSegments() {
        return dataSegments;
    }

    /** What the data count section says, where there is one. */
    public OptionalInt dataCount() {
        return dataCount;
    }

    public List<CustomSection> customSections() {
        return customSections;
    }

    /** All sections in their order, custom ones included. */
    public List<SectionRange> sections() {
        return sections;
    }
}
