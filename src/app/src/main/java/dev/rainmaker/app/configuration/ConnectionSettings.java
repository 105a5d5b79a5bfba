package dev.rainmaker.app.configuration;

import dev.rainmaker.app.yaml.ConfigurationException;
import dev.rainmaker.app.yaml.Place;
import dev.rainmaker.connector.Connector;
import dev.rainmaker.connector.ConnectorFactory;
import dev.rainmaker.connector.Settings;

/**
 * A connection to a vendor's system, its settings checked.
 *
 * @param name as in the configuration; part of every record's id, so it stays
 * @param place where it is configured
 */
public record ConnectionSettings(String name, ConnectorFactory factory, Settings settings, Place place) {

    /** The connector's name, which is also the folder of its mappings. */
    public String type() {
        return factory.type();
    }

    /**
     * Opens it, without calling the vendor.
     *
     * @throws ConfigurationException if its keys contradict each other
     */
    public Connector open() {
        try {
            return factory.open(name, settings);
        } catch (IllegalArgumentException contradiction) {
            throw new ConfigurationException(
                    place.problem("connection \"" + name + "\": " + contradiction.getMessage()));
        }
    }

    @Override
    public String toString() {
        return "ConnectionSettings[" + name + ", " + type() + ", " + settings + "]";
    }
}
