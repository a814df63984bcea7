package dev.wherry.wasm;

/**
 * What a module may have at most. Exceeding one is a {@link MalformedException} at the place that announces it.
 *
 * @param maxModuleBytes size of the whole module
 * @param maxTypes type definitions
 * @param maxFunctions functions, imported ones included
 * @param maxImports imports
 * @param maxExports exports
 * @param maxLocals locals of one function, parameters not counted
 * @param maxFunctionBytes size of one function's body
 * @param maxSegments element segments, and data segments
 */
public record DecoderLimits(
        int maxModuleBytes,
        int maxTypes,
        int maxFunctions,
        int maxImports,
        int maxExports,
        int maxLocals,
        int maxFunctionBytes,
        int maxSegments) {

    /** Those of the JavaScript embedding where it names one, so that what runs in browsers runs here. */
    public static final DecoderLimits DEFAULT =
            new DecoderLimits(1 << 30, 1_000_000, 1_000_000, 1_000_000, 1_000_000, 50_000, 100 << 20, 1_000_000);

    /** The same with another bound on the module's size. */
    public DecoderLimits withMaxModuleBytes(int bytes) {
        return new DecoderLimits(
                bytes, maxTypes, maxFunctions, maxImports, maxExports, maxLocals, maxFunctionBytes, maxSegments);
    }
}
