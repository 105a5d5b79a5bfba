package dev.rainmaker.connector.salesforce;

import dev.rainmaker.connector.Connector;
import dev.rainmaker.connector.ConnectorFactory;
import dev.rainmaker.connector.SettingKey;
import dev.rainmaker.connector.Settings;
import java.time.Clock;
import java.util.List;

/** Makes connections to Salesforce orgs. Opening one starts nothing: Camel starts and logs in with the first call. */
public final class SalesforceFactory implements ConnectorFactory {

    @Override
    public String type() {
        return "salesforce";
    }

    @Override
    public List<SettingKey> settings() {
        return SalesforceKeys.ALL;
    }

    @Override
    public Connector open(String connection, Settings settings) {
        return new SalesforceConnector(connection, SalesforceSettings.from(settings), Clock.systemUTC());
    }
}
