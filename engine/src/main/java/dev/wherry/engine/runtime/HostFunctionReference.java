package dev.wherry.engine.runtime;

import dev.wherry.engine.HostCallback;
import dev.wherry.engine.Instance;
import dev.wherry.wasm.FunctionType;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A function of the host. */
public final class HostFunctionReference extends FunctionReference {

    private final Signature signature;
    private final @Nullable HostCallback callback;
    private final @Nullable MethodHandle target;

    private HostFunctionReference(FunctionType type, @Nullable HostCallback callback, @Nullable MethodHandle target) {
        super(TypeSpace.HOST.canonical(type));
        this.signature = Signature.of(type);
        this.callback = callback;
        this.target = target;
    }

    /** See {@link dev.wherry.engine.HostFunction#of}. */
    public static HostFunctionReference ofCallback(FunctionType type, HostCallback callback) {
        HostFunctionReference function = new HostFunctionReference(type, Objects.requireNonNull(callback), null);
        if (function.signature.references()) {
            throw new IllegalArgumentException(
                    "the type has references, which a callback cannot carry; use ofHandle: " + type);
        }
        return function;
    }

    /** See {@link dev.wherry.engine.HostFunction#ofHandle}. */
    public static HostFunctionReference ofHandle(FunctionType type, MethodHandle handle) {
        MethodType expected = Signature.methodType(type).insertParameterTypes(0, Instance.class);
        if (!handle.type().equals(expected)) {
            throw new IllegalArgumentException(
                    "the handle must be of type " + expected + " but is of type " + handle.type());
        }
        return new HostFunctionReference(type, null, handle);
    }

    @Override
    public FunctionType type() {
        return signature.type();
    }

    @Override
    TypeSpace types() {
        return TypeSpace.HOST;
    }

    @Override
    MethodHandle makeImportHandle() {
        MethodHandle handle = target;
        return handle == null ? super.makeImportHandle() : handle;
    }

    @Override
    public long[] call(long... arguments) {
        throw noCaller();
    }

    @Override
    public @Nullable Object[] callBoxed(@Nullable Object... arguments) {
        throw noCaller();
    }

    private static IllegalStateException noCaller() {
        return new IllegalStateException("a host function can only be called by a guest: it needs a calling instance");
    }

    @Override
    @Nullable
    Object[] callFrom(GuestInstance caller, @Nullable Object[] arguments) {
        MethodHandle handle = target;
        try {
            return handle == null ? callBack(caller, arguments) : callTarget(handle, caller, arguments);
        } catch (Throwable e) {
            throw HostFailure.sneak(e);
        }
    }

    private @Nullable Object[] callBack(GuestInstance caller, @Nullable Object[] arguments) {
        RawValues in = RawValues.of(signature.type().parameters(), arguments);
        RawValues out = RawValues.room(signature.resultSlots(), false);
        Objects.requireNonNull(callback).call(caller, in.bits(), out.bits());
        return out.boxed(signature.type().results());
    }

    private @Nullable Object[] callTarget(MethodHandle handle, GuestInstance caller, @Nullable Object[] arguments)
            throws Throwable {
        @Nullable Object[] all = new Object[arguments.length + 1];
        all[0] = caller;
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        Object result = handle.invokeWithArguments(all);
        return switch (signature.type().results().size()) {
            case 0 -> new Object[0];
            case 1 -> new Object[] {result};
            default ->
                Arrays.copyOf(
                        (Object[]) Objects.requireNonNull(result),
                        signature.type().results().size());
        };
    }
}
