package dev.wherry.engine.runtime;

import dev.wherry.engine.LimitException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The threads that compile: platform threads, as many as configured, with stacks that deeply nested functions fit on. They end when idle.
 */
final class CompilePool implements AutoCloseable {

    /** Deep enough for the nesting that the validator lets through. */
    private static final long STACK_BYTES = 64L << 20;

    private static final long IDLE_SECONDS = 5;

    private final ThreadPoolExecutor executor;

    CompilePool(int threads) {
        executor = new ThreadPoolExecutor(
                threads,
                threads,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                task -> Thread.ofPlatform()
                        .daemon()
                        .name("wherry-compiler")
                        .stackSize(STACK_BYTES)
                        .unstarted(task));
        executor.allowCoreThreadTimeOut(true);
    }

    /**
     * Runs a compilation and waits for it.
     *
     * @throws LimitException if it takes too long; its thread is interrupted then
     * @throws IllegalStateException if the waiting thread is interrupted, or the pool is closed
     */
    <T> T run(Callable<T> compilation, Duration maxTime) {
        Future<T> future = executor.submit(compilation);
        try {
            return future.get(maxTime.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            boolean _ = future.cancel(true);
            throw new LimitException(
                    "maxCompileTime", "compiling the module", maxTime.toMillis() + 1, maxTime.toMillis(), "ms");
        } catch (InterruptedException e) {
            boolean _ = future.cancel(true);
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while compiling", e);
        } catch (ExecutionException e) {
            throw switch (e.getCause()) {
                case RuntimeException failure -> failure;
                case Error error -> throw error;
                case null, default -> new IllegalStateException(e);
            };
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
