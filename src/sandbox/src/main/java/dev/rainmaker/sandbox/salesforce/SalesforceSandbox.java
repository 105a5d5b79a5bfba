package dev.rainmaker.sandbox.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.rainmaker.sandbox.salesforce.api.Credentials;
import dev.rainmaker.sandbox.salesforce.api.SalesforceServer;
import dev.rainmaker.sandbox.salesforce.export.ExportFault;
import dev.rainmaker.sandbox.salesforce.export.ExportFolder;
import dev.rainmaker.sandbox.salesforce.page.Pages;
import dev.rainmaker.sandbox.salesforce.record.Actor;
import dev.rainmaker.sandbox.salesforce.record.FieldValue;
import dev.rainmaker.sandbox.salesforce.record.Org;
import dev.rainmaker.sandbox.salesforce.record.Refused;
import dev.rainmaker.sandbox.salesforce.record.SalesforceOrgId;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A Salesforce org, running. */
public final class SalesforceSandbox implements AutoCloseable {

    private final Org org;
    private final SalesforceServer server;
    private final Credentials credentials;
    private final Map<String, Integer> loaded;

    private SalesforceSandbox(Org org, SalesforceServer server, Credentials credentials, Map<String, Integer> loaded) {
        this.org = org;
        this.server = server;
        this.credentials = credentials;
        this.loaded = loaded;
    }

    /**
     * Opens the org and serves it. Data is loaded only into an empty state; a state with records keeps what it has.
     *
     * @throws ExportFault if the data folder is faulty; nothing was loaded then
     * @throws IOException if state, data or port cannot be used; the message says what to do
     */
    public static SalesforceSandbox start(SalesforceSettings settings) throws IOException, ExportFault {
        Org org = open(settings);
        if (org.property("loading") != null && org.property("loaded") == null) {
            // The start before this one ended in the middle of loading.
            org.discard();
            org = open(settings);
        }
        return start(org, settings);
    }

    private static Org open(SalesforceSettings settings) throws IOException {
        return Org.open(settings.state(), settings.clock(), settings.profile().duration("stamp-precision"));
    }

    private static SalesforceSandbox start(Org org, SalesforceSettings settings) throws IOException, ExportFault {
        try {
            Map<String, Integer> loaded = Map.of();
            if (org.empty()) {
                StandardRecords.write(org);
            }
            Path data = settings.data();
            if (data != null && org.property("loaded") == null) {
                org.property("loading", "yes");
                loaded = ExportFolder.load(org, data);
                org.property("loaded", "yes");
            }
            Credentials credentials = new Credentials(
                    kept(org, "client-id", "3MVG9.", settings.clientId()),
                    kept(org, "client-secret", "", settings.clientSecret()),
                    settings.password(),
                    settings.jwtKey());
            SalesforceServer server = new SalesforceServer(
                    org,
                    credentials,
                    settings.profile(),
                    settings.host(),
                    settings.port(),
                    new Pages(org)::answer,
                    settings.hooks());
            return new SalesforceSandbox(org, server, credentials, loaded);
        } catch (IOException | ExportFault | RuntimeException e) {
            org.close();
            throw e;
        }
    }

    private static String kept(Org org, String property, String prefix, @Nullable String given) {
        String stored = org.property(property);
        if (given != null) {
            return given;
        }
        if (stored == null) {
            byte[] random = new byte[24];
            new SecureRandom().nextBytes(random);
            stored = prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
            org.property(property, stored);
        }
        return stored;
    }

    /** {@code http://127.0.0.1:40001}, without a slash at the end. */
    public String url() {
        return server.url();
    }

    /** For the client credentials grant. */
    public String clientId() {
        return credentials.clientId();
    }

    /** For the client credentials grant. */
    public String clientSecret() {
        return credentials.clientSecret();
    }

    /** What was loaded at this start, by object; empty if the state had records or no data was given. */
    public Map<String, Integer> loaded() {
        return loaded;
    }

    /** How many leads there are, deleted ones too. */
    public int leads() {
        return org.read(() -> org.rows(org.schema().required("Lead")).size());
    }

    /**
     * A lead comes in by a web form.
     *
     * @param columns of Lead by API name
     * @throws IllegalArgumentException if the org refuses the lead
     */
    public String webLead(Map<String, String> columns) {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        columns.forEach((name, value) -> values.put(name, TextNode.valueOf(value)));
        Actor form = new Actor(SalesforceOrgId.WEB_USER, Actor.Channel.PAGE, false);
        try {
            return org.<String, Exception>write(
                    form,
                    transaction -> transaction
                            .create(org.schema().required("Lead"), values)
                            .id());
        } catch (Refused | FieldValue.WrongType e) {
            throw new IllegalArgumentException("the lead is refused: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("nothing else is thrown", e);
        }
    }

    @Override
    public void close() {
        server.close();
        org.close();
    }
}
