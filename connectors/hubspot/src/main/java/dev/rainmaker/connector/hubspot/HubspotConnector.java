package dev.rainmaker.connector.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rainmaker.connector.ApiUsage;
import dev.rainmaker.connector.CallPurpose;
import dev.rainmaker.connector.Capabilities;
import dev.rainmaker.connector.Change;
import dev.rainmaker.connector.CheckReport;
import dev.rainmaker.connector.Connector;
import dev.rainmaker.connector.Cursor;
import dev.rainmaker.connector.Page;
import dev.rainmaker.connector.PushedEvent;
import dev.rainmaker.connector.RawRequest;
import dev.rainmaker.connector.SetupPlan;
import dev.rainmaker.connector.SourceRecord;
import dev.rainmaker.connector.StreamDescription;
import dev.rainmaker.connector.StreamNeed;
import dev.rainmaker.connector.WriteOutcome;
import dev.rainmaker.connector.hubspot.ReadCursor.Phase;
import java.net.URI;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.component.hubspot.HubspotConstants;
import org.jspecify.annotations.Nullable;

/**
 * One HubSpot portal. Streams are its contacts, companies, deals, leads and owners, and what people did: form submissions,
 * attendance of marketing events, clicks in marketing e-mail.
 *
 * <p>HubSpot has neither a conditional write nor an idempotency key: the application reads just before it writes and reads
 * back after. Deleted records show in full reads and by webhook, not in incremental reads.
 */
final class HubspotConnector implements Connector {

    private final String connection;
    private final HubspotSettings settings;
    private final HubspotPortal portal;
    private final HubspotSchema schema;
    private final ObjectReader objects;
    private final EngagementReader engagement;
    private final HubspotWriter writer;
    private final HubspotWebhooks webhooks;

    HubspotConnector(String connection, HubspotSettings settings, Clock clock) {
        this.connection = connection;
        this.settings = settings;
        this.portal = new HubspotPortal(connection, settings);
        this.schema = new HubspotSchema(portal);
        this.objects = new ObjectReader(portal, settings, new RelatedRecords(portal, clock), clock);
        this.engagement = new EngagementReader(portal, settings, clock);
        this.writer = new HubspotWriter(portal);
        this.webhooks = new HubspotWebhooks(settings, portal.faults());
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(
                true,
                settings.batchSize(),
                settings.batchSize(),
                settings.pageSize() * 2,
                false,
                false,
                Set.of(EngagementStream.EMAIL_ENGAGEMENT.stream()),
                !settings.webhookSecrets().isEmpty(),
                false,
                true,
                Duration.ofDays(1));
    }

    @Override
    public CheckReport check(List<StreamNeed> needs) {
        return new CheckReport(connection, new HubspotCheck(connection, settings, portal, schema).findings(needs));
    }

    @Override
    public List<StreamDescription> discover() {
        return schema.discover();
    }

    @Override
    public Optional<StreamDescription> describe(String stream) {
        return schema.describe(stream);
    }

    @Override
    public Page read(String stream, Set<String> fields, @Nullable Cursor cursor) {
        ReadCursor at = cursor(stream, cursor);
        Optional<EngagementStream> engaged = EngagementStream.of(stream);
        if (engaged.isPresent()) {
            return engagement.read(engaged.get(), at);
        }
        return stream.equals(HubspotSchema.OWNERS) ? owners(at) : objects.read(type(stream), fields, at);
    }

    private ReadCursor cursor(String stream, @Nullable Cursor cursor) {
        if (cursor == null) {
            return ReadCursor.first(settings.portalId(), stream);
        }
        try {
            return ReadCursor.read(cursor, settings.portalId(), stream);
        } catch (IllegalArgumentException wrong) {
            throw portal.faults()
                    .fatal("the stored cursor of " + stream + " cannot be used: " + wrong.getMessage()
                            + ". `sync --full` reads from the start");
        }
    }

    private ObjectType type(String stream) {
        return ObjectType.ofStream(stream)
                .orElseThrow(() -> portal.faults()
                        .fatal("there is no stream \"" + Words.clean(stream) + "\"; `discover` lists what there is"));
    }

    /** Owners are few and have no search: every run reads them all, those who left too. */
    private Page owners(ReadCursor at) {
        boolean archived = at.phase() == Phase.ARCHIVED;
        Map<String, Object> headers = new HashMap<>();
        headers.put(HubspotConstants.LIMIT, settings.pageSize());
        headers.put(HubspotConstants.ARCHIVED, archived);
        if (!at.after().isEmpty()) {
            headers.put(HubspotConstants.AFTER, at.after());
        }
        HubspotPortal.Answer answer =
                portal.call(HubspotPortal.Call.of("owners/list", headers, null), CallPurpose.READ);
        List<SourceRecord> records = new ArrayList<>();
        for (JsonNode owner : answer.json().path("results")) {
            records.add(owner(owner, archived));
        }
        String next = RelatedRecords.next(answer.json());
        if (next != null) {
            return new Page(records, at.at(at.phase(), "", next).written(), false, -1);
        }
        return archived
                ? new Page(
                        records,
                        ReadCursor.first(settings.portalId(), HubspotSchema.OWNERS)
                                .written(),
                        true,
                        -1)
                : new Page(records, at.at(Phase.ARCHIVED, "", "").written(), false, -1);
    }

    private SourceRecord owner(JsonNode owner, boolean archived) {
        Map<String, @Nullable Object> fields = Json.map(owner);
        fields.put("active", !archived);
        try {
            return new SourceRecord(
                    HubspotSchema.OWNERS,
                    owner.path("id").asText(),
                    Instant.parse(owner.path("updatedAt").asText()),
                    false,
                    fields,
                    Json.bytes(owner));
        } catch (DateTimeException noTime) {
            throw portal.faults().fatal("an owner came without the time of its last change");
        }
    }

    @Override
    public List<SourceRecord> fetch(String stream, List<String> ids, Set<String> fields, CallPurpose purpose) {
        if (ids.isEmpty()) {
            return List.of();
        }
        if (ids.size() > settings.batchSize()) {
            throw new IllegalArgumentException(
                    "at most " + settings.batchSize() + " records at once, not " + ids.size());
        }
        if (EngagementStream.of(stream).isPresent() || stream.equals(HubspotSchema.OWNERS)) {
            throw portal.faults().fatal("HubSpot gives no single records of " + stream + "; `sync` reads them");
        }
        return objects.fetch(type(stream), ids, fields, purpose);
    }

    @Override
    public List<WriteOutcome> write(String stream, List<Change> changes) {
        if (changes.size() > settings.batchSize()) {
            throw new IllegalArgumentException(
                    "at most " + settings.batchSize() + " changes at once, not " + changes.size());
        }
        return changes.isEmpty() ? List.of() : writer.write(type(stream), changes);
    }

    @Override
    public List<PushedEvent> verify(RawRequest request) {
        return webhooks.verify(request);
    }

    @Override
    public SetupPlan planSetup(List<StreamNeed> needs) {
        return new HubspotSetup(portal, schema).plan(needs);
    }

    @Override
    public List<SetupPlan.Done> setUp(List<StreamNeed> needs) {
        return new HubspotSetup(portal, schema).apply(needs);
    }

    @Override
    public Optional<URI> recordPage(String stream, String id) {
        return settings.portalId().isEmpty() || !id.matches("\\d{1,19}")
                ? Optional.empty()
                : ObjectType.ofStream(stream)
                        .map(type -> URI.create(settings.appUrl() + "/contacts/" + settings.portalId() + "/record/"
                                + type.typeId() + "/" + id));
    }

    @Override
    public ApiUsage usage() {
        return portal.usage();
    }

    @Override
    public void close() {
        portal.close();
    }

    @Override
    public String toString() {
        return "HubspotConnector[" + connection + ", " + settings + "]";
    }
}
