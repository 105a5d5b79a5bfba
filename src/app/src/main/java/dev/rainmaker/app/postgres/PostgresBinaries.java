package dev.rainmaker.app.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs, unpacked once from the class path into a folder named after the archive's content. The folder appears
 * whole, by a rename, so that a crash or a second process can never leave or see half of it; each use compares every file's size
 * with the list written when it was unpacked, and a damaged folder is replaced.
 */
record PostgresBinaries(Path folder) {
    /** The major version, which a data folder must match. */
    static final int MAJOR = 17;

    private static final String ARCHIVE = "/postgres-linux-x86_64.txz";
    private static final String LIST = "files.list";

    Path program(String name) {
        return folder.resolve("bin").resolve(name);
    }

    /**
     * The programs under {@code home}, unpacked if they are not there.
     *
     * @throws PostgresFault if there is no room, no right, or no archive for this machine
     */
    static PostgresBinaries under(Path home) {
        URL archive = PostgresBinaries.class.getResource(ARCHIVE);
        if (archive == null) {
            throw new PostgresFault("This build holds no PostgreSQL for this machine (" + ARCHIVE
                    + " is not on the class path); give a PostgreSQL by ledger.url in rainmaker.yaml.");
        }
        return under(home, archive);
    }

    static PostgresBinaries under(Path home, URL archive) {
        try {
            Path folder = home.resolve("postgres-" + MAJOR + "-" + fingerprint(archive));
            if (!isWhole(folder)) {
                Files.createDirectories(home);
                removeAbandoned(home);
                unpack(archive, home, folder);
            }
            return new PostgresBinaries(folder);
        } catch (IOException failed) {
            throw new PostgresFault(IoReason.sentence("PostgreSQL cannot be unpacked into", home, failed), failed);
        }
    }

    /** The archive's CRC-32, from the jar's directory where there is one: no need to read 15 MB at each start. */
    private static String fingerprint(URL archive) throws IOException {
        URLConnection connection = archive.openConnection();
        long crc =
                connection instanceof JarURLConnection jar ? jar.getJarEntry().getCrc() : -1;
        if (crc == -1) {
            try (CheckedInputStream bytes = new CheckedInputStream(archive.openStream(), new CRC32())) {
                bytes.transferTo(OutputStream.nullOutputStream());
                crc = bytes.getChecksum().getValue();
            }
        }
        return HexFormat.of().toHexDigits((int) crc);
    }

    private static boolean isWhole(Path folder) throws IOException {
        Path list = folder.resolve(LIST);
        if (!Files.isRegularFile(list)) {
            return false;
        }
        List<String> lines = Files.readAllLines(list);
        for (String line : lines) {
            int space = line.indexOf(' ');
            if (space < 0) {
                return "end".equals(line);
            }
            Path file = folder.resolve(line.substring(space + 1));
            if (!Files.isRegularFile(file) || Files.size(file) != Long.parseLong(line.substring(0, space))) {
                return false;
            }
        }
        return false;
    }

    private static void unpack(URL archive, Path home, Path folder) throws IOException {
        Path fresh = Files.createTempDirectory(
                home, "unpacking-", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        try {
            List<String> list = new ArrayList<>();
            try (TarArchiveInputStream tar = new TarArchiveInputStream(
                    new XZInputStream(new BufferedInputStream(archive.openStream(), 1 << 16)))) {
                for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    unpack(entry, tar, fresh, list);
                }
            }
            list.add("end");
            Files.write(fresh.resolve(LIST), list, StandardCharsets.UTF_8);
            putInPlace(fresh, folder);
        } finally {
            Folders.discard(fresh);
        }
    }

    private static void unpack(TarArchiveEntry entry, InputStream content, Path fresh, List<String> list)
            throws IOException {
        String name = entry.getName();
        if (name.endsWith(".a") || name.contains("/pgxs/")) {
            return;
        }
        Path target = fresh.resolve(name).normalize();
        if (!target.startsWith(fresh)) {
            throw new IOException("the archive's entry " + name + " leads outside its folder");
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(Folders.parent(target));
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(content, target);
        Files.setPosixFilePermissions(target, permissions((entry.getMode() & 0100) != 0 || name.startsWith("bin/")));
        list.add(Files.size(target) + " " + name);
    }

    private static Set<PosixFilePermission> permissions(boolean executable) {
        return PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--");
    }

    /** Renames into place. Somebody else's whole folder wins; a damaged one is moved aside, for programs may still run from it. */
    private static void putInPlace(Path fresh, Path folder) throws IOException {
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            if (isWhole(folder)) {
                return;
            }
            Path damaged = Files.createTempDirectory(Folders.parent(fresh), "damaged-");
            Files.move(folder, damaged, StandardCopyOption.ATOMIC_MOVE);
            Folders.discard(damaged);
        }
        try {
            Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException takenMeanwhile) {
            if (!isWhole(folder)) {
                throw takenMeanwhile;
            }
        }
    }

    /** What a killed process left half unpacked. An hour is longer than any unpacking. */
    private static void removeAbandoned(Path home) throws IOException {
        Instant old = Instant.now().minus(1, ChronoUnit.HOURS);
        try (Stream<Path> entries = Files.list(home)) {
            for (Path entry : (Iterable<Path>) entries::iterator) {
                String name = entry.getFileName().toString();
                if ((name.startsWith("unpacking-") || name.startsWith("damaged-"))
                        && Files.getLastModifiedTime(entry).toInstant().isBefore(old)) {
                    Folders.discard(entry);
                }
            }
        }
    }
}
