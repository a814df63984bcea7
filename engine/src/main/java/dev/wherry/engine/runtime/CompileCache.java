package dev.wherry.engine.runtime;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Compiled modules on disk, one file each, shared by any number of engines and processes.
 *
 * <p>An entry appears under its name by a rename, so that readers see all of it or nothing; two writers of one key write the same
 * bytes, and the last rename wins. What is read is checked against its digest, and a damaged entry is deleted and counts as
 * absent. Beyond its size limit the cache deletes what was not used for longest. A disk that is full or read-only costs a
 * warning, never a failure.
 *
 * <p>The directory holds code that this process will run, so one that other users could write to is not used.
 */
final class CompileCache {

    private static final Logger LOG = System.getLogger("dev.wherry.engine");
    private static final String SUFFIX = ".wherrycode";
    private static final String TEMPORARY_SUFFIX = ".tmp";
    private static final AtomicLong TEMPORARY_COUNT = new AtomicLong();

    /** A temporary file older than this was left by a process that died. */
    private static final Duration TEMPORARY_AGE = Duration.ofHours(1);

    /** Uses closer together than this are one use, to spare the disk. */
    private static final Duration TOUCH_INTERVAL = Duration.ofMinutes(1);

    private final Path directory;
    private final long maxBytes;
    private final AtomicBoolean warned = new AtomicBoolean();

    CompileCache(Path directory, long maxBytes) {
        this.directory = directory;
        this.maxBytes = maxBytes;
    }

    /** The code under a key, if a complete entry is there. */
    Optional<CompiledCode> load(String key) {
        Path file = file(key);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            requireTrusted();
            Optional<CompiledCode> code = CacheEntryFormat.decode(key, read(file));
            if (code.isEmpty()) {
                LOG.log(Level.WARNING, "dropping a damaged entry of the compile cache: {0}", file);
                Files.deleteIfExists(file);
            } else {
                touch(file);
            }
            return code;
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            warn("cannot read the compile cache", e);
            return Optional.empty();
        }
    }

    /** Keeps code under a key. */
    void store(String key, CompiledCode code) {
        byte[] entry = CacheEntryFormat.encode(key, code);
        if (entry.length > maxBytes) {
            return;
        }
        try {
            createDirectory();
            requireTrusted();
            publish(entry, file(key));
            evict();
        } catch (IOException e) {
            warn("cannot write the compile cache; modules will be compiled again", e);
        }
    }

    private Path file(String key) {
        return directory.resolve(key + SUFFIX);
    }

    /** Reads through a stream: a channel would be closed if the thread is interrupted, which guests' threads may be. */
    private static byte[] read(Path file) throws IOException {
        try (FileInputStream in = new FileInputStream(file.toFile())) {
            return in.readAllBytes();
        }
    }

    private void publish(byte[] entry, Path file) throws IOException {
        Path temporary = directory.resolve("." + ProcessHandle.current().pid() + "-" + TEMPORARY_COUNT.incrementAndGet()
                + "-" + Long.toUnsignedString(System.nanoTime(), 36) + TEMPORARY_SUFFIX);
        try {
            try (FileOutputStream out = new FileOutputStream(temporary.toFile())) {
                out.write(entry);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static void touch(Path file) throws IOException {
        Instant now = Instant.now();
        if (Files.getLastModifiedTime(file).toInstant().isBefore(now.minus(TOUCH_INTERVAL))) {
            try {
                Files.setLastModifiedTime(file, FileTime.from(now));
            } catch (IOException e) {
                // A read-only cache serves as well; it merely forgets what was used.
                LOG.log(Level.DEBUG, "cannot note the use of " + file, e);
            }
        }
    }

    private void createDirectory() throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        Path parent = directory.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        try {
            if (posix(directory.toAbsolutePath().getRoot())) {
                Files.createDirectory(
                        directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            } else {
                Files.createDirectory(directory);
            }
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(directory)) {
                throw e;
            }
        }
    }

    private static boolean posix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private void requireTrusted() throws IOException {
        if (!posix(directory)) {
            return;
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(directory);
        if (permissions.contains(PosixFilePermission.GROUP_WRITE)
                || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new IOException(directory + " can be written to by other users, who could plant code there;"
                    + " run: chmod go-w " + directory);
        }
    }

    private void evict() throws IOException {
        record Entry(Path path, long bytes, Instant used) {}
        List<Entry> entries = new ArrayList<>();
        long total = 0;
        try (Stream<Path> files = Files.list(directory)) {
            for (Path path : files.toList()) {
                String name = path.getFileName().toString();
                try {
                    Instant used = Files.getLastModifiedTime(path).toInstant();
                    if (name.endsWith(SUFFIX)) {
                        entries.add(new Entry(path, Files.size(path), used));
                        total += entries.getLast().bytes();
                    } else if (name.endsWith(TEMPORARY_SUFFIX)
                            && used.isBefore(Instant.now().minus(TEMPORARY_AGE))) {
                        Files.deleteIfExists(path);
                    }
                } catch (NoSuchFileException e) {
                    // Another process was faster.
                    LOG.log(Level.TRACE, "gone while listing: {0}", path);
                }
            }
        }
        if (total <= maxBytes) {
            return;
        }
        entries.sort(Comparator.comparing(Entry::used));
        for (Entry entry : entries) {
            if (total <= maxBytes) {
                return;
            }
            Files.deleteIfExists(entry.path());
            total -= entry.bytes();
        }
    }

    private void warn(String what, IOException cause) {
        Level level = warned.compareAndSet(false, true) ? Level.WARNING : Level.DEBUG;
        LOG.log(level, what + " in " + directory + ": " + cause);
    }
}
