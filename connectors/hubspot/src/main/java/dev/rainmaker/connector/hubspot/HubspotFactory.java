package dev.rainmaker.connector.hubspot;

import dev.rainmaker.connector.Connector;
import dev.rainmaker.connector.ConnectorFactory;
import dev.rainmaker.connector.SettingKey;
import dev.rainmaker.connector.Settings;
import java.time.Clock;
import java.util.List;

/** Makes connections to HubSpot portals. Opening one starts nothing: Camel starts with the first call. */
public final class HubspotFactory implements ConnectorFactory {

    @Override
    public String type() {
        return "hubspot";
    }

    @Override
    public List<SettingKey> settings() {
        return HubspotKeys.ALL;
    }

    @Override
    public Connector open(String connection, Settings settings) {
        return new HubspotConnector(connection, HubspotSettings.from(settings), Clock.systemUTC());
    }
}
