package dev.wherry.wasm;

import java.util.List;

/** A structure with numbered fields. */
public record StructType(List<FieldType> fields) implements CompositeType {

    public StructType {
        fields = List.copyOf(fields);
    }
}
