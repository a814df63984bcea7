package dev.wherry.engine.runtime;

import dev.wherry.wasm.FunctionType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A function of an instance. */
public final class WasmFunction extends FunctionReference {

    /** The instance it belongs to; compared by generated code, which calls functions of its own instance directly. */
    public final GuestInstance instance;

    /** Its index in the instance's module. */
    public final int functionIndex;

    WasmFunction(GuestInstance instance, int functionIndex, CanonicalType canonicalType) {
        super(canonicalType);
        this.instance = instance;
        this.functionIndex = functionIndex;
    }

    private Signature signature() {
        return instance.loadedModule().signature(functionIndex);
    }

    @Override
    public FunctionType type() {
        return signature().type();
    }

    @Override
    TypeSpace types() {
        return instance.loadedModule().types();
    }

    @Override
    public long[] call(long... arguments) {
        Signature signature = signature();
        if (signature.references()) {
            throw new IllegalArgumentException(
                    "the type has references, which call cannot carry; use callBoxed: " + this);
        }
        if (arguments.length != signature.parameterSlots()) {
            throw new IllegalArgumentException(
                    "expected " + signature.parameterSlots() + " arguments, got " + arguments.length + ": " + this);
        }
        RawValues values = new RawValues(Arrays.copyOf(arguments, signature.slots()), RawValues.NO_REFERENCES);
        instance.run(functionIndex, values);
        long[] bits = values.bits();
        return bits.length == signature.resultSlots() ? bits : Arrays.copyOf(bits, signature.resultSlots());
    }

    @Override
    public @Nullable Object[] callBoxed(@Nullable Object... arguments) {
        RawValues values = unbox(arguments);
        instance.run(functionIndex, values);
        return values.boxed(signature().type().results());
    }

    @Override
    @Nullable
    Object[] callFrom(GuestInstance caller, @Nullable Object[] arguments) {
        RawValues values = unbox(arguments);
        instance.runFrom(caller, functionIndex, values);
        return values.boxed(signature().type().results());
    }

    private RawValues unbox(@Nullable Object[] arguments) {
        Signature signature = signature();
        TypeSpace types = types();
        RawValues values = RawValues.room(signature.slots(), signature.references());
        values.unbox(signature.type().parameters(), arguments, types);
        return values;
    }
}
