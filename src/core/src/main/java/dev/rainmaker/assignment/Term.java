package dev.rainmaker.assignment;

/**
 * One number that spoke for or against a candidate.
 *
 * @param name such as {@code score} or {@code weight}
 * @param value plain decimal or word
 */
public record Term(String name, String value) {}
