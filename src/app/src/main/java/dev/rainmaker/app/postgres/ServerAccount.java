package dev.rainmaker.app.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * As whom PostgreSQL's programs run. They refuse to run as root, so root runs them in a user namespace (they stay root's
 * processes and files, without root's powers), or, where namespaces are forbidden as in most containers, as an unprivileged user.
 */
sealed interface ServerAccount {
    /** The conventional user without rights, "nobody". */
    int NOBODY = 65534;

    Duration PROBE_LIMIT = Duration.ofSeconds(10);

    /** The words before a program's own. */
    List<String> prefix();

    /** Gives a file or folder with its contents to this account. */
    default void own(Path path) {}

    /** Whether files made by this process are this account's as well. */
    default boolean sharesFiles() {
        return true;
    }

    default List<String> command(Path program, String... arguments) {
        List<String> words = new ArrayList<>(prefix());
        words.add(program.toString());
        words.addAll(List.of(arguments));
        return words;
    }

    /** The process's own user. */
    record SameUser() implements ServerAccount {
        @Override
        public List<String> prefix() {
            return List.of();
        }
    }

    /** Root in a user namespace of its own, in which it is nobody. */
    record UserNamespace() implements ServerAccount {
        @Override
        public List<String> prefix() {
            return List.of("unshare", "-U");
        }

        static boolean works(Path anyFolder) {
            try {
                return Command.run(List.of("unshare", "-U", "true"), anyFolder, PROBE_LIMIT)
                        .well();
            } catch (PostgresFault noSuchProgram) {
                return false;
            }
        }
    }

    /** Another user, to whom the data folder belongs. */
    record OtherUser(int uid) implements ServerAccount {
        @Override
        public List<String> prefix() {
            return List.of("setpriv", "--reuid=" + uid, "--regid=" + uid, "--clear-groups");
        }

        @Override
        public boolean sharesFiles() {
            return false;
        }

        @Override
        public void own(Path path) {
            try (Stream<Path> all = Files.walk(path)) {
                for (Path each : (Iterable<Path>) all::iterator) {
                    Files.setAttribute(each, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
                    Files.setAttribute(each, "unix:gid", uid, LinkOption.NOFOLLOW_LINKS);
                }
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }

        /** @throws PostgresFault if this user may not pass through the folders above */
        void checkReach(Path folder) {
            Command.Ended ended =
                    Command.run(command(Path.of("test"), "-x", folder.toString()), Path.of("/"), PROBE_LIMIT);
            if (!ended.well()) {
                throw new PostgresFault("PostgreSQL does not run as root, and user " + uid + " may not enter " + folder
                        + "; run as an ordinary user or choose a folder with --state that all users may pass through.");
            }
        }
    }

    /**
     * The account for a data folder that exists or will be made.
     *
     * @throws PostgresFault if the folder belongs to somebody else
     */
    static ServerAccount forData(Path stateFolder, Path dataFolder) {
        int self = ownUid();
        int owner = Files.exists(dataFolder) ? uidOf(dataFolder) : self;
        if (self != 0) {
            if (owner != self) {
                throw new PostgresFault("The data folder " + dataFolder + " belongs to user " + owner
                        + " and this process runs as user " + self + "; start as user " + owner
                        + " or choose another folder with --state.");
            }
            return new SameUser();
        }
        if (owner == 0 && UserNamespace.works(stateFolder)) {
            return new UserNamespace();
        }
        OtherUser other = new OtherUser(owner == 0 ? NOBODY : owner);
        other.checkReach(stateFolder);
        return other;
    }

    private static int ownUid() {
        Path status = Path.of("/proc/self/status");
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("Uid:"))
                    .map(line -> Integer.parseInt(line.split("\\s+")[2]))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException | RuntimeException notLinux) {
            throw new PostgresFault(
                    "The embedded PostgreSQL runs on Linux only (" + status
                            + " cannot be read); give a PostgreSQL by ledger.url in rainmaker.yaml.",
                    notLinux);
        }
    }

    private static int uidOf(Path path) {
        try {
            return (Integer) Files.getAttribute(path, "unix:uid");
        } catch (IOException unreadable) {
            throw new PostgresFault(IoReason.sentence("The owner cannot be found of", path, unreadable), unreadable);
        }
    }
}
