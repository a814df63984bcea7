package dev.wherry.engine;

import dev.wherry.engine.runtime.TagInstance;
import dev.wherry.wasm.FunctionType;

/**
 * A tag that tells exceptions apart, by identity.
 *
 * @see <a href="https://webassembly.github.io/spec/core/exec/runtime.html#tag-instances">Tag instances</a>
 */
public sealed interface Tag extends Extern permits TagInstance {

    /** A tag of the host; two calls make two different tags. */
    static Tag of(FunctionType type) {
        return TagInstance.of(type);
    }

    /** The types of the exception's arguments as parameters; no results. */
    FunctionType type();
}
