package dev.wherry.engine;

/**
 * The body of a host function in its general form.
 *
 * <p>It runs on the guest's thread. An exception it throws ends the guest's call and reaches the guest's caller unchanged; a
 * {@link GuestException} can be caught by the guest; a {@link Trap} stops it. While it blocks, {@link Instance#interrupt} and
 * deadlines interrupt the thread ({@link Thread#interrupt}): it should then return or throw promptly, and whatever it
 * throws, the caller sees the trap with that exception as its cause.
 */
@FunctionalInterface
public interface HostCallback {

    /**
     * Serves one call.
     *
     * @param caller the instance whose code makes the call
     * @param arguments raw, as {@link Function#call} takes them; valid during the call only
     * @param results to be filled in, raw
     */
    void call(Instance caller, long[] arguments, long[] results);
}
