package dev.rainmaker.connector.salesforce;

import dev.rainmaker.connector.ApiUsage;
import dev.rainmaker.connector.CallPurpose;
import dev.rainmaker.connector.Capabilities;
import dev.rainmaker.connector.Change;
import dev.rainmaker.connector.CheckReport;
import dev.rainmaker.connector.Connector;
import dev.rainmaker.connector.Cursor;
import dev.rainmaker.connector.Page;
import dev.rainmaker.connector.SourceRecord;
import dev.rainmaker.connector.StreamDescription;
import dev.rainmaker.connector.StreamNeed;
import dev.rainmaker.connector.WriteOutcome;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One Salesforce org, over its REST API. A stream is an object, by its API name.
 *
 * <p>Salesforce cannot make a batch write conditional on a lead's version, and its answer does not prove what is stored
 * (a trigger or flow may have changed it in the same transaction): the application reads before and after.
 */
final class SalesforceConnector implements Connector {

    private static final Set<String> SHARED_LOGINS = Set.of("login.salesforce.com", "test.salesforce.com");

    private final String connection;
    private final SalesforceSettings settings;
    private final SalesforceClient client;
    private final SalesforceReader reader;
    private final SalesforceWriter writer;
    private final SalesforceSchema schema;

    /** @throws IllegalArgumentException if the keystore of a signed login cannot be used */
    SalesforceConnector(String connection, SalesforceSettings settings, Clock clock) {
        this.connection = connection;
        this.settings = settings;
        SalesforceFaults faults = new SalesforceFaults(connection, settings);
        this.client = new SalesforceClient(connection, settings, faults, clock);
        this.reader = new SalesforceReader(settings, client, faults, clock);
        this.writer = new SalesforceWriter(settings, client, faults);
        this.schema = new SalesforceSchema(settings, client, faults);
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(
                true,
                SalesforceWriter.BATCH,
                SalesforceReader.FETCH_BATCH,
                settings.pageSize(),
                false,
                true,
                Set.of(),
                false,
                false,
                false,
                Duration.ofDays(1));
    }

    @Override
    public CheckReport check(List<StreamNeed> needs) {
        return new CheckReport(connection, new SalesforceCheck(settings, client, schema).findings(needs));
    }

    @Override
    public List<StreamDescription> discover() {
        schema.forget();
        return schema.discover();
    }

    @Override
    public Page read(String stream, Set<String> fields, @Nullable Cursor cursor) {
        return reader.read(stream, fields, cursor);
    }

    @Override
    public List<SourceRecord> fetch(String stream, List<String> ids, Set<String> fields, CallPurpose purpose) {
        return reader.fetch(stream, ids, fields, purpose);
    }

    @Override
    public List<WriteOutcome> write(String stream, List<Change> changes) {
        return writer.write(stream, changes);
    }

    /** {@inheritDoc} Before the first login it is looked for at the login address, unless that serves all orgs. */
    @Override
    public Optional<URI> recordPage(String stream, String id) {
        String org = client.instance();
        if (org == null && !SHARED_LOGINS.contains(settings.loginUrl().getHost())) {
            org = settings.loginUrl().toString();
        }
        return org != null && stream.matches("\\w+") && id.matches("[A-Za-z0-9]{15}|[A-Za-z0-9]{18}")
                ? Optional.of(URI.create(org + "/lightning/r/" + stream + "/" + id + "/view"))
                : Optional.empty();
    }

    @Override
    public ApiUsage usage() {
        return client.usage();
    }

    @Override
    public void close() {
        client.close();
    }

    @Override
    public String toString() {
        return "SalesforceConnector[" + connection + ", " + settings + "]";
    }
}
