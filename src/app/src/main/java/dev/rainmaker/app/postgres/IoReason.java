package dev.rainmaker.app.postgres;

import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** Turns a file system's failure into one sentence with its cure. */
final class IoReason {

    private IoReason() {}

    /** "what path: reason; cure." */
    static String sentence(String what, Path path, Exception thrown) {
        Throwable cause = thrown.getCause();
        Throwable failure = thrown instanceof UncheckedIOException && cause != null ? cause : thrown;
        String place =
                failure instanceof FileSystemException fs && fs.getFile() != null ? fs.getFile() : path.toString();
        return what + " " + path + ": " + reason(failure, place);
    }

    private static String reason(Throwable failure, String place) {
        String text = failure instanceof FileSystemException fs && fs.getReason() != null
                ? fs.getReason()
                : String.valueOf(failure.getMessage());
        if (failure instanceof AccessDeniedException || text.contains("Permission denied")) {
            return "permission denied for " + place
                    + "; give this user write access or choose another folder with --state.";
        }
        if (failure instanceof NoSuchFileException) {
            return place + " does not exist; create it or choose another folder with --state.";
        }
        if (failure instanceof FileAlreadyExistsException || failure instanceof NotDirectoryException) {
            return place + " is a file where a folder is needed; move it away or choose another folder with --state.";
        }
        return cured(text);
    }

    /** A system's message with the cure for those that have one. */
    static String cured(String text) {
        if (text.contains("No space left") || text.contains("wrote only") || text.contains("Disk quota")) {
            return text
                    + "; the disk is full, free some space (PostgreSQL needs about 60 MB at first) and start again.";
        }
        if (text.contains("Read-only file system")) {
            return text + "; mount it writable or choose another folder with --state.";
        }
        if (text.contains("Permission denied")) {
            return text + "; give this user write access or choose another folder with --state.";
        }
        return text.endsWith(".") ? text : text + ".";
    }
}
