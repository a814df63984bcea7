package dev.wherry.engine.runtime;

import dev.wherry.wasm.Export;
import dev.wherry.wasm.Module;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What functions are called in traces: by their exports where the module carries no names. */
final class FunctionNames {

    private final String moduleName;
    private final Map<Integer, String> functions;

    private FunctionNames(String moduleName, Map<Integer, String> functions) {
        this.moduleName = moduleName;
        this.functions = functions;
    }

    static FunctionNames of(Module module, String digest) {
        Map<Integer, String> functions = new HashMap<>();
        for (Export export : module.exports()) {
            if (export.kind() == Export.Kind.FUNCTION) {
                functions.putIfAbsent(export.index(), export.name());
            }
        }
        return new FunctionNames(digest.substring(0, Math.min(digest.length(), "sha256:".length() + 12)), functions);
    }

    String moduleName() {
        return moduleName;
    }

    Optional<String> function(int index) {
        return Optional.ofNullable(functions.get(index));
    }
}
