package dev.rainmaker.app.postgres;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The right to use a state folder: a lock on its file {@code lock}, held by one process at a time. The operating system gives it
 * back when the process ends, however it ends.
 */
final class StateLock implements AutoCloseable {

    /**
     * Folders locked by this process. Asked before the file is opened: closing any descriptor of the file would give up the
     * process's lock (POSIX).
     */
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final FileChannel channel;

    private StateLock(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /**
     * Takes the lock of an existing folder and writes this process's id into the file.
     *
     * @throws PostgresFault if another process has it, naming its id
     */
    static StateLock take(Path stateFolder) {
        Path file = stateFolder.resolve("lock");
        Path folder;
        try {
            folder = stateFolder.toRealPath();
        } catch (IOException unreachable) {
            throw new PostgresFault(
                    IoReason.sentence("The state folder cannot be read", stateFolder, unreachable), unreachable);
        }
        if (!HELD_HERE.add(folder)) {
            throw inUse(stateFolder, Long.toString(ProcessHandle.current().pid()));
        }
        FileChannel channel = null;
        try {
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw inUse(stateFolder, ownerIn(channel));
            }
            channel.truncate(0);
            channel.write(
                    StandardCharsets.US_ASCII.encode(ProcessHandle.current().pid() + "\n"), 0);
            return new StateLock(folder, channel);
        } catch (IOException | OverlappingFileLockException failed) {
            release(folder, channel);
            throw new PostgresFault(IoReason.sentence("The state folder cannot be locked with", file, failed), failed);
        } catch (PostgresFault refused) {
            release(folder, channel);
            throw refused;
        }
    }

    /** Whether a process, this one or another, has the lock now. */
    static boolean taken(Path stateFolder) {
        Path file = stateFolder.resolve("lock");
        try {
            if (HELD_HERE.contains(stateFolder.toRealPath())) {
                return true;
            }
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
                    FileLock lock = channel.tryLock()) {
                return lock == null;
            }
        } catch (IOException | OverlappingFileLockException neverUsed) {
            return false;
        }
    }

    private static PostgresFault inUse(Path folder, String pid) {
        return new PostgresFault("The state folder " + folder + " is in use by process " + pid
                + "; stop that process or choose another folder with --state.");
    }

    private static String ownerIn(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(32);
        channel.read(text, 0);
        text.flip();
        String pid = StandardCharsets.US_ASCII.decode(text).toString().strip();
        return pid.isEmpty() ? "unknown (just starting)" : pid;
    }

    private static void release(Path folder, @Nullable FileChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException alreadyUseless) {
                // The descriptor is gone either way, and with it the lock.
            }
        }
        HELD_HERE.remove(folder);
    }

    @Override
    public void close() {
        if (channel.isOpen()) {
            release(folder, channel);
        }
    }
}
