package dev.rainmaker.connector;

import java.util.List;

/** Makes connections of one vendor. Found by {@link java.util.ServiceLoader}; one line registers a vendor. */
public interface ConnectorFactory {

    /** The word used as {@code type:} in the configuration, such as {@code salesforce}. */
    String type();

    /** Every key a connection of this type may have. Validation, documentation and help come from this one list. */
    List<SettingKey> settings();

    /**
     * Opens a connection without calling the vendor.
     *
     * @param connection its name in the configuration
     * @throws IllegalArgumentException if keys contradict each other, naming them
     */
    Connector open(String connection, Settings settings);
}
