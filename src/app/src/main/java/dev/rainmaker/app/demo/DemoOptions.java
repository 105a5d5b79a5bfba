package dev.rainmaker.app.demo;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What the demo shows.
 *
 * @param data an export folder; empty generates a world
 * @param trickleSeconds a new lead every so many seconds while it goes on; 0 for none
 */
public record DemoOptions(Optional<Path> data, long seed, int partners, int leads, int trickleSeconds) {}
