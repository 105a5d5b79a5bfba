package dev.rainmaker.app.policy;

/**
 * A policy as read from its file.
 *
 * @param name of the file without ending, such as {@code assignment}
 * @param version SHA-256 of the text (line ends as {@code \n}), in hex: what decisions and scores record
 * @param text the file as its author wrote it, kept in the ledger with its version
 */
public record PolicyFile<T>(String name, String version, String text, T policy) {}
