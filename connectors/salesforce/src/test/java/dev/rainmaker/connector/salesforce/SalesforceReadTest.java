package dev.rainmaker.connector.salesforce;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static dev.rainmaker.connector.salesforce.StubOrg.json;
import static dev.rainmaker.connector.salesforce.StubOrg.lead;
import static dev.rainmaker.connector.salesforce.StubOrg.page;
import static dev.rainmaker.connector.salesforce.StubOrg.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rainmaker.connector.CallPurpose;
import dev.rainmaker.connector.Connector;
import dev.rainmaker.connector.Page;
import dev.rainmaker.connector.SourceRecord;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SalesforceReadTest {

    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

    private final StubOrg org = new StubOrg();

    @AfterEach
    void stop() {
        org.close();
    }

    @Test
    void readsEveryKindOfValueAndKeepsTheRecordsOwnBytes() {
        String row = row(
                "00Q000000000001",
                NOON,
                "\"Company\":\"Äcme \\\"& Co\"",
                "\"AnnualRevenue\":1234567.8900",
                "\"NumberOfEmployees\":12",
                "\"Phone\":null",
                "\"HasOptedOutOfEmail\":true",
                "\"Owner\":{\"attributes\":{\"type\":\"User\"},\"IsActive\":false}",
                "\"ConvertedAccount\":null");
        org.queryAnswers(json(200, page(row)));
        Connector connector = org.open();

        Page page = connector.read("Lead", Set.of("Company", "Owner.IsActive", "Rating"), null);

        SourceRecord lead = page.records().get(0);
        assertThat(lead.id()).isEqualTo("00Q000000000001EAA");
        assertThat(lead.modifiedAt()).isEqualTo(NOON);
        assertThat(lead.deleted()).isFalse();
        assertThat(lead.at("Company")).isEqualTo("Äcme \"& Co");
        assertThat(lead.at("AnnualRevenue")).isEqualTo(new BigDecimal("1234567.8900"));
        assertThat(lead.at("NumberOfEmployees")).isEqualTo(new BigDecimal("12"));
        assertThat(lead.has("Phone")).isTrue();
        assertThat(lead.at("Phone")).isNull();
        assertThat(lead.at("HasOptedOutOfEmail")).isEqualTo(true);
        assertThat(lead.at("Owner.IsActive")).isEqualTo(false);
        assertThat(lead.has("ConvertedAccount.Name")).isTrue();
        assertThat(lead.has("Rating"))
                .as("asked for, not sent: absent, never empty")
                .isFalse();
        assertThat(lead.has("attributes")).isFalse();
        assertThat(new String(lead.raw(), StandardCharsets.UTF_8)).isEqualTo(row);
        assertThat(page.last()).isTrue();
        assertThat(page.expected()).isEqualTo(1);
        assertThat(org.queries())
                .containsExactly("SELECT Id, SystemModstamp, IsDeleted, Company, Owner.IsActive, Rating FROM Lead"
                        + " ORDER BY SystemModstamp, Id");
        assertThat(connector.usage().of(CallPurpose.READ)).isEqualTo(1);
        assertThat(connector.usage().used()).isEqualTo(18);
        assertThat(connector.usage().limit()).isEqualTo(5000);
    }

    @Test
    void followsTheServersPagesWithinOneQuery() {
        String more = "/services/data/v65.0/queryAll/01g000000000001-2";
        org.queryAnswers(json(200, page(3, List.of(row(lead(1), NOON), row(lead(2), NOON)), more)));
        org.server.stubFor(get(more).willReturn(json(200, page(3, List.of(row(lead(3), NOON.plusSeconds(1))), null))));
        Connector connector = org.open();

        Page first = connector.read("Lead", Set.of(), null);
        Page second = connector.read("Lead", Set.of(), first.next());

        assertThat(first.last()).isFalse();
        assertThat(first.expected()).isEqualTo(3);
        assertThat(second.records()).extracting(SourceRecord::id).containsExactly(lead(3));
        assertThat(second.last()).isTrue();
        assertThat(second.expected()).isEqualTo(1);
        assertThat(connector.usage().of(CallPurpose.READ)).isEqualTo(2);
        assertThat(org.queries()).hasSize(1);
    }
}
