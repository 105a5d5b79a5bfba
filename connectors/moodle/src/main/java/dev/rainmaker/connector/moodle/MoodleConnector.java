package dev.rainmaker.connector.moodle;

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
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One Moodle site, read only. It tells of no deletion: what a full read no longer brings is gone. It states no time of
 * change, pushes nothing and limits no calls.
 */
final class MoodleConnector implements Connector {

    private final String connection;
    private final MoodleSettings settings;
    private final MoodleFaults faults;
    private final MoodleClient client;
    private final MoodleReader reader;
    private final MoodleCheck check;

    MoodleConnector(String connection, MoodleSettings settings) {
        this.connection = connection;
        this.settings = settings;
        this.faults = new MoodleFaults(connection, settings);
        this.client = new MoodleClient(connection, settings, faults);
        MoodleSite site = new MoodleSite(client, faults);
        this.reader = new MoodleReader(settings, client, site, faults);
        this.check = new MoodleCheck(settings, client, site);
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(
                false,
                1,
                MoodleReader.FETCH_BATCH,
                settings.pageSize(),
                false,
                false,
                Set.of(),
                false,
                false,
                false,
                null);
    }

    @Override
    public CheckReport check(List<StreamNeed> needs) {
        return new CheckReport(connection, check.findings(needs));
    }

    @Override
    public List<StreamDescription> discover() {
        return Arrays.stream(MoodleStream.values()).map(MoodleStream::described).toList();
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
        throw faults.fatal("nothing is written to Moodle; take \"writes\" out of the mapping of " + stream);
    }

    @Override
    public Optional<URI> recordPage(String stream, String id) {
        return stream.equals(MoodleStream.USER.word()) && id.matches("[0-9]{1,18}")
                ? Optional.of(URI.create(settings.site() + "/user/profile.php?id=" + id))
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
        return "MoodleConnector[" + connection + ", " + settings + "]";
    }
}
