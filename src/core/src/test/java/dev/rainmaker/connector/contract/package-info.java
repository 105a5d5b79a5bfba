/** What every connector must do, as tests that each connector binds by naming its {@code VendorFixture}. */
package dev.rainmaker.connector.contract;
