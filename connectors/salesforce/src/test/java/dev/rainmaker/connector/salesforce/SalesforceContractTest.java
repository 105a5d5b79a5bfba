package dev.rainmaker.connector.salesforce;

import dev.rainmaker.connector.contract.ConnectorContract;

class SalesforceContractTest extends ConnectorContract {

    SalesforceContractTest() {
        super(new SalesforceFixture());
    }
}
