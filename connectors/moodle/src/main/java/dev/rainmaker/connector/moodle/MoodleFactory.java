package dev.rainmaker.connector.moodle;

import dev.rainmaker.connector.Connector;
import dev.rainmaker.connector.ConnectorFactory;
import dev.rainmaker.connector.SettingKey;
import dev.rainmaker.connector.Settings;
import java.util.List;

/** Makes connections to Moodle sites. Opening one calls nobody. */
public final class MoodleFactory implements ConnectorFactory {

    @Override
    public String type() {
        return "moodle";
    }

    @Override
    public List<SettingKey> settings() {
        return MoodleKeys.ALL;
    }

    @Override
    public Connector open(String connection, Settings settings) {
        return new MoodleConnector(connection, MoodleSettings.from(settings));
    }
}
