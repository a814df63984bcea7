package dev.wherry.engine.runtime;

import dev.wherry.engine.LimitException;
import dev.wherry.engine.MemoryKind;
import dev.wherry.engine.ModuleLimits;
import dev.wherry.engine.compiler.ModuleCompiler;
import dev.wherry.wasm.Decoder;
import dev.wherry.wasm.DecoderLimits;
import dev.wherry.wasm.FunctionBody;
import dev.wherry.wasm.Module;
import dev.wherry.wasm.Validator;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** Takes a module from its bytes to loaded code: limits, decoding, validation, the cache, the compiler. */
final class ModulePreparation {

    private final EngineContext engine;
    private final CompilePool pool;
    private final Optional<CompileCache> cache;

    ModulePreparation(EngineContext engine, CompilePool pool) {
        this.engine = engine;
        this.pool = pool;
        this.cache = engine.configuration()
                .cacheDirectory()
                .map(directory ->
                        new CompileCache(directory, engine.configuration().cacheMaxBytes()));
    }

    LoadedModule prepare(byte[] wasm) {
        ModuleLimits limits = engine.configuration().moduleLimits();
        if (wasm.length > limits.maxModuleBytes()) {
            throw new LimitException("maxModuleBytes", "the module", wasm.length, limits.maxModuleBytes(), "bytes");
        }
        Module module = Decoder.decode(wasm, decoderLimits(limits));
        check(module, limits);
        Validator.validate(module);
        String digest = sha256(wasm);
        String key = cacheKey(digest, engine.memoryKind());
        Optional<CompiledCode> cached = cache.flatMap(store -> store.load(key));
        CompiledCode code = cached.orElseGet(() -> compile(module, key));
        return load(module, "sha256:" + digest, cached.isPresent(), code);
    }

    private CompiledCode compile(Module module, String key) {
        CompiledCode code = pool.run(
                () -> ModuleCompiler.compile(module, engine.memoryKind()),
                engine.configuration().moduleLimits().maxCompileTime());
        cache.ifPresent(store -> store.store(key, code));
        return code;
    }

    private LoadedModule load(Module module, String digest, boolean fromCache, CompiledCode code) {
        CodeLoader loader = new CodeLoader(code);
        MethodHandle constructor = constructor(loader, code.instanceClass());
        return new LoadedModule(engine, module, digest, fromCache, loader.getName(), setup -> {
            try {
                return (GuestInstance) constructor.invokeExact(setup);
            } catch (Throwable e) {
                throw HostFailure.sneak(e);
            }
        });
    }

    private static MethodHandle constructor(CodeLoader loader, String instanceClass) {
        try {
            Class<?> type = Class.forName(instanceClass, true, loader);
            return MethodHandles.publicLookup()
                    .findConstructor(type, MethodType.methodType(void.class, InstanceSetup.class))
                    .asType(MethodType.methodType(GuestInstance.class, InstanceSetup.class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the generated class " + instanceClass + " has no usable constructor", e);
        }
    }

    private static DecoderLimits decoderLimits(ModuleLimits limits) {
        DecoderLimits defaults = DecoderLimits.DEFAULT;
        return new DecoderLimits(
                limits.maxModuleBytes(),
                defaults.maxTypes(),
                Math.max(defaults.maxFunctions(), limits.maxFunctions()),
                defaults.maxImports(),
                defaults.maxExports(),
                Math.max(defaults.maxLocals(), limits.maxLocals()),
                Math.max(defaults.maxFunctionBytes(), limits.maxFunctionBytes()),
                defaults.maxSegments());
    }

    private static void check(Module module, ModuleLimits limits) {
        if (module.functionCount() > limits.maxFunctions()) {
            throw new LimitException(
                    "maxFunctions", "the module", module.functionCount(), limits.maxFunctions(), "functions");
        }
        int index = module.importedFunctionCount();
        for (FunctionBody body : module.bodies()) {
            int bytes = body.endOffset() - body.offset();
            if (bytes > limits.maxFunctionBytes()) {
                throw new LimitException(
                        "maxFunctionBytes", "function " + index, bytes, limits.maxFunctionBytes(), "bytes");
            }
            int locals = body.declaredLocalCount();
            if (locals > limits.maxLocals()) {
                throw new LimitException("maxLocals", "function " + index, locals, limits.maxLocals(), "locals");
            }
            index++;
        }
    }

    /** Everything that the generated code depends on. */
    static String cacheKey(String moduleDigest, MemoryKind memoryKind) {
        String text = moduleDigest
                + '\n'
                + ModuleCompiler.VERSION
                + '\n'
                + CompilerFingerprint.VALUE
                + '\n'
                + memoryKind
                + '\n'
                + Runtime.version().feature();
        return sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
