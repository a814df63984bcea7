package dev.wherry.engine.runtime;

import dev.wherry.engine.GuestException;
import dev.wherry.engine.Tag;
import org.jspecify.annotations.Nullable;

/** A guest exception as generated code throws and catches it. */
public final class ThrownException extends GuestException {

    private static final long serialVersionUID = 1L;

    /** What the catch clauses compare. */
    public final transient TagInstance tag;

    /** The arguments as they stand; not to be changed. */
    public final transient RawValues payload;

    /** An exception whose payload fits the tag. */
    public ThrownException(TagInstance tag, RawValues payload) {
        this.tag = tag;
        this.payload = payload;
    }

    /** See {@link GuestException#of}. */
    public static ThrownException thrown(Tag tag, @Nullable Object[] arguments) {
        return switch (tag) {
            case TagInstance instance ->
                new ThrownException(instance, RawValues.of(instance.type().parameters(), arguments));
        };
    }

    @Override
    public Tag tag() {
        return tag;
    }

    @Override
    public @Nullable Object[] arguments() {
        return payload.boxed(tag.type().parameters());
    }
}
