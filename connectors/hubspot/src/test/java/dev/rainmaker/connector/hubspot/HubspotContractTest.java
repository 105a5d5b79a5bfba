package dev.rainmaker.connector.hubspot;

import dev.rainmaker.connector.contract.ConnectorContract;

class HubspotContractTest extends ConnectorContract {

    HubspotContractTest() {
        super(new HubspotFixture());
    }
}
