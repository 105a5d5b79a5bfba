package dev.rainmaker.app.cli;

import dev.rainmaker.app.configuration.ConnectionSettings;
import dev.rainmaker.app.configuration.RainmakerConfiguration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The connections a verb is about. */
final class Chosen {

    private Chosen() {}

    /** The named one, or all; throws {@link IllegalArgumentException} naming those there are. */
    static List<ConnectionSettings> of(RainmakerConfiguration configuration, @Nullable String name) {
        if (name == null) {
            if (configuration.connections().isEmpty()) {
                throw new IllegalArgumentException(
                        "the configuration has no connections; add one under connections: (docs/configuration.md)");
            }
            return configuration.connections();
        }
        return List.of(configuration
                .connection(name)
                .orElseThrow(() -> new IllegalArgumentException("there is no connection \"" + name + "\"; there are "
                        + configuration.connections().stream()
                                .map(ConnectionSettings::name)
                                .toList())));
    }
}
