package dev.wherry.engine.runtime;

import dev.wherry.engine.Function;
import dev.wherry.wasm.FunctionType;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/** A function as a value: what a {@code funcref}, a table element or an import refers to. */
public abstract sealed class FunctionReference implements Function permits WasmFunction, HostFunctionReference {

    private static final MethodHandle CALL_BOXED = find("callBoxed", Object[].class, Object[].class);
    private static final MethodHandle CALL_FROM = find("callFrom", Object[].class, GuestInstance.class, Object[].class);
    private static final MethodHandle ONLY = only();

    /** The function's type, the same object for equal types of all modules; compared by identity in indirect calls. */
    public final CanonicalType canonicalType;

    private volatile @Nullable MethodHandle handle;
    private volatile @Nullable MethodHandle importHandle;

    FunctionReference(CanonicalType canonicalType) {
        this.canonicalType = canonicalType;
    }

    private static MethodHandle find(String name, Class<?> result, Class<?>... parameters) {
        try {
            return MethodHandles.lookup()
                    .findVirtual(FunctionReference.class, name, MethodType.methodType(result, parameters));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static MethodHandle only() {
        return MethodHandles.insertArguments(MethodHandles.arrayElementGetter(Object[].class), 1, 0);
    }

    /** The module whose type indices {@link #type} speaks. */
    abstract TypeSpace types();

    /**
     * Calls from a guest's code, boxed.
     *
     * @param caller the instance whose code calls
     */
    abstract @Nullable Object[] callFrom(GuestInstance caller, @Nullable Object[] arguments);

    /** Makes the handle for {@link #importHandle}. */
    MethodHandle makeImportHandle() {
        MethodType exact = Signature.methodType(type());
        MethodHandle spread = spread(CALL_FROM.bindTo(this).asCollector(1, Object[].class, exact.parameterCount()));
        MethodType withCaller = exact.insertParameterTypes(0, dev.wherry.engine.Instance.class);
        return spread.asType(withCaller);
    }

    /** Turns an {@code Object[]} result into what the exact type returns. */
    private MethodHandle spread(MethodHandle boxed) {
        return switch (type().results().size()) {
            case 0 -> boxed.asType(boxed.type().changeReturnType(void.class));
            case 1 -> MethodHandles.filterReturnValue(boxed, ONLY);
            default -> boxed;
        };
    }

    /**
     * A handle for guests' code, of exactly the type {@code (Instance caller, parameters...) result}. What it throws goes through
     * {@link HostFailure#guard} in the guest's code.
     */
    public final MethodHandle importHandle() {
        MethodHandle made = importHandle;
        if (made == null) {
            made = makeImportHandle();
            importHandle = made;
        }
        return made;
    }

    @Override
    public final MethodHandle handle() {
        MethodHandle made = handle;
        if (made == null) {
            MethodType exact = Signature.methodType(type());
            made = spread(CALL_BOXED.bindTo(this).asCollector(0, Object[].class, exact.parameterCount()))
                    .asType(exact);
            handle = made;
        }
        return made;
    }

    @Override
    public final String toString() {
        FunctionType type = type();
        return "function " + type.parameters() + " -> " + type.results();
    }
}
