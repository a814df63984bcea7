package dev.wherry.engine.runtime;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The class loader of one compiled module. Classes are defined when code first needs them, and unload with the module.
 *
 * <p>Its name is unique in the process, so that a stack trace leads back to the module ({@link FrameResolver}).
 */
final class CodeLoader extends ClassLoader {

    static final String NAME_PREFIX = "wherry-module-";

    private static final AtomicLong COUNT = new AtomicLong();

    static {
        registerAsParallelCapable();
    }

    private final Map<String, CompiledCode.ClassBytes> pending;

    CodeLoader(CompiledCode code) {
        super(NAME_PREFIX + COUNT.incrementAndGet(), CodeLoader.class.getClassLoader());
        pending = new ConcurrentHashMap<>(code.classes());
        Module engine = CodeLoader.class.getModule();
        if (engine.isNamed()) {
            engine.addExports("dev.wherry.engine", getUnnamedModule());
            engine.addExports("dev.wherry.engine.runtime", getUnnamedModule());
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        // Own classes first: asking the parents for each of thousands of generated names would search the whole class
        // path.
        if (pending.containsKey(name)) {
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? findClass(name) : loaded;
            }
        }
        return super.loadClass(name, resolve);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        CompiledCode.ClassBytes file = pending.get(name);
        if (file == null) {
            throw new ClassNotFoundException(name);
        }
        Class<?> defined = defineClass(name, file.bytes(), file.offset(), file.length());
        // Removed only now: a stack overflow in defineClass must leave the class loadable.
        pending.remove(name);
        return defined;
    }
}
