package dev.wherry.wasm;

import java.util.List;
import java.util.stream.Collectors;

/** Parameters and results of a function, or of a block; prints as in the text format. */
public record FunctionType(List<ValueType> parameters, List<ValueType> results) implements CompositeType {

    public FunctionType {
        parameters = List.copyOf(parameters);
        results = List.copyOf(results);
    }

    @Override
    public String toString() {
        return "(func" + list(" (param", parameters) + list(" (result", results) + ")";
    }

    private static String list(String head, List<ValueType> types) {
        return types.isEmpty() ? "" : types.stream().map(type -> " " + type).collect(Collectors.joining("", head, ")"));
    }
}
