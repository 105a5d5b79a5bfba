package dev.rainmaker.connector.moodle;

import dev.rainmaker.connector.contract.ConnectorContract;

class MoodleContractTest extends ConnectorContract {

    MoodleContractTest() {
        super(new MoodleFixture());
    }
}
