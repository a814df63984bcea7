package dev.wherry.wasm;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** The parts of a module while it is being decoded. */
final class ModuleBuilder {

    final byte[] bytes;
    final List<SubType> types = new ArrayList<>();
    final List<RecursiveGroup> recursiveGroups = new ArrayList<>();
    final List<Import> imports = new ArrayList<>();
    final List<Integer> functionTypeIndices = new ArrayList<>();
    final List<FunctionBody> bodies = new ArrayList<>();
    final List<Table> tables = new ArrayList<>();
    final List<MemoryType> memories = new ArrayList<>();
    final List<Global> globals = new ArrayList<>();
    final List<TagType> tags = new ArrayList<>();
    final List<Export> exports = new ArrayList<>();
    OptionalInt start = OptionalInt.empty();
    final List<ElementSegment> elementSegments = new ArrayList<>();
    final List<DataSegment> dataSegments = new ArrayList<>();
    OptionalInt dataCount = OptionalInt.empty();
    final List<CustomSection> customSections = new ArrayList<>();
    final List<SectionRange> sections = new ArrayList<>();

    ModuleBuilder(byte[] bytes) {
        this.bytes = bytes;
    }
}
