package dev.rainmaker.app.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a server says about itself in {@code postmaster.pid} of its data folder.
 *
 * @param status {@code starting}, {@code ready}, {@code standby} or {@code stopping}; empty while it is still writing
 */
record Postmaster(long pid, int port, String status) {
    private static final int PORT_LINE = 3;
    private static final int STATUS_LINE = 7;

    static Path file(Path dataFolder) {
        return dataFolder.resolve("postmaster.pid");
    }

    /** Empty if there is no such file or no process id in it yet. */
    static Optional<Postmaster> read(Path dataFolder) {
        try {
            List<String> lines = Files.readAllLines(file(dataFolder));
            long pid = Long.parseLong(line(lines, 0));
            String port = line(lines, PORT_LINE);
            return Optional.of(
                    new Postmaster(pid, port.isEmpty() ? 0 : Integer.parseInt(port), line(lines, STATUS_LINE)));
        } catch (IOException | NumberFormatException noneOrHalf) {
            return Optional.empty();
        }
    }

    private static String line(List<String> lines, int index) {
        return index < lines.size() ? lines.get(index).strip() : "";
    }

    /** Whether the process lives and is a server of this data folder, not a stranger who got an old number. */
    boolean serves(Path dataFolder) {
        return worksIn(Long.toString(pid), dataFolder);
    }

    boolean ready() {
        return status.equals("ready") || status.equals("standby");
    }

    boolean stopping() {
        return status.equals("stopping");
    }

    /** Every process of a server of this data folder: each has it as working folder. */
    static List<Long> processesIn(Path dataFolder) {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes
                    .map(process -> process.getFileName().toString())
                    .filter(name -> name.chars().allMatch(Character::isDigit))
                    .filter(pid -> worksIn(pid, dataFolder))
                    .map(Long::valueOf)
                    .toList();
        } catch (IOException noProc) {
            return List.of();
        }
    }

    private static boolean worksIn(String pid, Path dataFolder) {
        Path process = Path.of("/proc", pid);
        try {
            Path program = Files.readSymbolicLink(process.resolve("exe"));
            return program.getFileName().toString().startsWith("postgres")
                    && Files.readSymbolicLink(process.resolve("cwd")).equals(dataFolder.toRealPath());
        } catch (IOException goneOrForeign) {
            return false;
        }
    }
}
