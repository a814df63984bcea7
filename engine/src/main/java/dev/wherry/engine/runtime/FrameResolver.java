package dev.wherry.engine.runtime;

import dev.wherry.engine.TrapFrame;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Leads from the JVM's stack frames back to guest functions: the class loader's name tells the module, the method's name the
 * function, the line number the offset.
 */
public final class FrameResolver {

    private static final Map<String, WeakReference<LoadedModule>> MODULES = new ConcurrentHashMap<>();

    private FrameResolver() {}

    /** Makes a module's frames resolvable while the module is reachable. */
    static void register(String loaderName, LoadedModule module) {
        MODULES.put(loaderName, new WeakReference<>(module));
    }

    static void unregister(String loaderName) {
        MODULES.remove(loaderName);
    }

    /** Whether a frame belongs to generated code. */
    static boolean isGuest(StackTraceElement frame) {
        String loader = frame.getClassLoaderName();
        return loader != null && loader.startsWith(CodeLoader.NAME_PREFIX);
    }

    /** The guest functions of a stack trace, innermost first; a function that was compiled into several methods appears once. */
    public static List<TrapFrame> resolve(StackTraceElement[] stack) {
        List<TrapFrame> frames = new ArrayList<>();
        boolean insideRegion = false;
        for (StackTraceElement element : stack) {
            if (!isGuest(element)) {
                insideRegion = false;
                continue;
            }
            String method = element.getMethodName();
            int index = functionIndex(method);
            if (index < 0) {
                continue;
            }
            boolean continues =
                    insideRegion && !frames.isEmpty() && frames.getLast().functionIndex() == index;
            if (!continues) {
                frames.add(frame(element, index));
            }
            // Outlined regions are called f12_3 and end in a call from their function's own method f12.
            insideRegion = method.indexOf('_') >= 0;
        }
        return List.copyOf(frames);
    }

    private static TrapFrame frame(StackTraceElement element, int index) {
        WeakReference<LoadedModule> reference = MODULES.get(element.getClassLoaderName());
        LoadedModule module = reference == null ? null : reference.get();
        return module == null
                ? new TrapFrame("unloaded module", index, Optional.empty(), OptionalInt.empty(), Optional.empty())
                : module.frame(index, element.getLineNumber());
    }

    private static int functionIndex(@Nullable String method) {
        if (method == null || method.length() < 2 || method.charAt(0) != 'f') {
            return -1;
        }
        int end = method.indexOf('_');
        try {
            return Integer.parseInt(method, 1, end < 0 ? method.length() : end, 10);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
