package dev.wherry.engine;

/**
 * The operating system refused memory or address space that the engine's configuration allows.
 *
 * <p>The message names the system call, its {@code errno} and the setting that usually lies behind it (for example
 * {@code vm.max_map_count}). The engine stays usable; closing instances frees what they hold.
 */
public final class ResourceException extends EngineException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message what failed, with {@code errno} and the way out
     */
    public ResourceException(String message) {
        super("engine.resource", message);
    }

    /**
     * @param message what failed and the way out
     * @param cause the failure below
     */
    public ResourceException(String message, Throwable cause) {
        super("engine.resource", message, cause);
    }
}
