package dev.wherry.wasm;

/** A heap type that the module defines. */
public record ConcreteHeapType(int typeIndex) implements HeapType {

    @Override
    public String toString() {
        return Integer.toUnsignedString(typeIndex);
    }
}
