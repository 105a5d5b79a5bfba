package dev.rainmaker.app.configuration;

import java.net.URI;
import java.util.Optional;

/**
 * Where the console and the REST interface listen.
 *
 * @param port 0 for any free one
 * @param publicUrl how browsers reach it, where a proxy stands before it
 */
public record ConsoleSettings(int port, Optional<URI> publicUrl) {

    public static final int DEFAULT_PORT = 8080;

    public static ConsoleSettings onPort(int port) {
        return new ConsoleSettings(port, Optional.empty());
    }
}
