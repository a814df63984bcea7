package dev.wherry.engine.runtime;

import org.jspecify.annotations.Nullable;

/**
 * What the linker prepared for one new instance; the arrays become the instance's own.
 *
 * @param functions room for the references to the module's own functions, see {@link ReferenceSlots}
 * @param dataSegments the bytes of each data segment
 * @param elementSegments room for the elements of each element segment
 */
@SuppressWarnings(
        "ArrayRecordComponent") // Handed from the linker to the constructor once; never compared, never published.
public record InstanceSetup(
        LoadedModule module,
        FunctionReference[] importedFunctions,
        FunctionReference[] functions,
        LinearMemory[] memories,
        TableInstance[] tables,
        GlobalCell[] globals,
        TagInstance[] tags,
        DataPiece[] dataSegments,
        @Nullable Object[][] elementSegments,
        InstanceCounter.Ticket ticket) {}
