package org.apache.camel.component.hubspot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.ResolveEndpointFailedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HubspotProducerTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Hub hub = new Hub();

    @AfterEach
    void end() throws Exception {
        hub.close();
    }

    private JsonNode sent() throws Exception {
        return JSON.readTree(hub.call().getBody());
    }

    @Test
    void listAsksForAPageWithItsProperties() {
        hub.answer(200, "{\"results\":[{\"id\":\"1\"}],\"paging\":{\"next\":{\"after\":\"1\"}}}");
        Exchange answer = hub.send(
                "hubspot:objects/list?objectType=contacts&properties=email,firstname&limit=50",
                null,
                Map.of(HubspotConstants.AFTER, "77"));
        assertThat(hub.call().getUrl())
                .isEqualTo("/crm/objects/2026-09/contacts?limit=50&after=77&properties=email%2Cfirstname");
        assertThat(hub.call().getHeader("Authorization")).isEqualTo("Bearer pat-secret");
        assertThat(answer.getMessage().getHeader(HubspotConstants.NEXT_AFTER)).isEqualTo("1");
        assertThat(answer.getMessage().getHeader(HubspotConstants.STATUS)).isEqualTo(200);
        assertThat(answer.getMessage().getBody(JsonNode.class).path("results")).hasSize(1);
    }

    @Test
    void lastPageHasNoNext() {
        hub.answer(200, "{\"results\":[]}");
        Exchange answer =
                hub.send("hubspot:objects/list?objectType=deals", null, Map.of(HubspotConstants.NEXT_AFTER, "old"));
        assertThat(answer.getMessage().getHeader(HubspotConstants.NEXT_AFTER)).isNull();
    }

    @Test
    void archivedRecordsAreAskedForOnlyWhenWanted() {
        hub.answer(200, "{\"results\":[]}");
        hub.send("hubspot:objects/list?objectType=deals&archived=true", null);
        assertThat(hub.call().getUrl()).isEqualTo("/crm/objects/2026-09/deals?limit=100&archived=true");
    }

    @Test
    void getFindsOneById() {
        hub.answer(200, "{\"id\":\"5\",\"properties\":{}}");
        hub.send(
                "hubspot:objects/get?objectType=companies&properties=name&associations=contacts",
                null,
                Map.of(HubspotConstants.OBJECT_ID, "5"));
        assertThat(hub.call().getUrl())
                .isEqualTo("/crm/objects/2026-09/companies/5?properties=name&associations=contacts");
    }

    @Test
    void getByAUniqueProperty() {
        hub.answer(200, "{\"id\":\"5\"}");
        hub.send("hubspot:objects/get?objectType=contacts&idProperty=email&objectId=zoe@example.org", null);
        assertThat(hub.call().getUrl()).isEqualTo("/crm/objects/2026-09/contacts/zoe%40example.org?idProperty=email");
    }

    @Test
    void anIdThatWouldLeadElsewhereStaysInItsSegment() {
        hub.answer(200, "{\"id\":\"5\"}");
        hub.send(
                "hubspot:objects/get?objectType=contacts", null, Map.of(HubspotConstants.OBJECT_ID, "../../oauth?x=1"));
        assertThat(hub.call().getUrl()).isEqualTo("/crm/objects/2026-09/contacts/..%2F..%2Foauth%3Fx%3D1");
        Exchange dots =
                hub.send("hubspot:objects/get?objectType=contacts", null, Map.of(HubspotConstants.OBJECT_ID, ".."));
        assertThat(dots.getException()).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void searchSendsEveryMemberThatHubspotRequires() throws Exception {
        hub.answer(200, "{\"total\":12345,\"results\":[]}");
        Exchange answer = hub.send("hubspot:objects/search?objectType=contacts&properties=email&limit=200", null);
        assertThat(hub.call().getUrl()).isEqualTo("/crm/objects/2026-09/contacts/search");
        assertThat(sent())
                .isEqualTo(JSON.readTree(
                        "{\"filterGroups\":[],\"sorts\":[],\"properties\":[\"email\"],\"limit\":200,\"after\":\"0\"}"));
        assertThat(answer.getMessage().getHeader(HubspotConstants.TOTAL)).isEqualTo(12345L);
    }

    @Test
    void searchOfTheCallerStaysAsItIs() throws Exception {
        hub.answer(200, "{\"total\":0,\"results\":[]}");
        hub.send(
                "hubspot:objects/search?objectType=contacts",
                Map.of(
                        "filterGroups",
                        List.of(Map.of(
                                "filters",
                                List.of(Map.of("propertyName", "email", "operator", "EQ", "value", "a@b.c")))),
                        "limit",
                        5));
        assertThat(sent().path("limit").asInt()).isEqualTo(5);
        assertThat(sent().at("/filterGroups/0/filters/0/value").asText()).isEqualTo("a@b.c");
    }

    @Test
    void batchReadTakesAListOfIds() throws Exception {
        hub.answer(200, "{\"status\":\"COMPLETE\",\"results\":[]}");
        hub.send(
                "hubspot:objects/batchRead?objectType=contacts&properties=email,phone&idProperty=email",
                List.of("a@b.c", "d@e.f"));
        assertThat(hub.call().getUrl()).isEqualTo("/crm/objects/2026-09/contacts/batch/read");
        assertThat(sent())
                .isEqualTo(JSON.readTree(
                        "{\"inputs\":[{\"id\":\"a@b.c\"},{\"id\":\"d@e.f\"}],\"properties\":[\"email\",\"phone\"],"
                                + "\"propertiesWithHistory\":[],\"idProperty\":\"email\"}"));
    }

    @Test
    void batchCreateGivesEachInputAssociations() throws Exception {
        hub.answer(201, "{\"status\":\"COMPLETE\",\"results\":[]}");
        hub.send(
                "hubspot:objects/batchCreate?objectType=contacts",
                List.of(Map.of("properties", Map.of("email", "a@b.c"))));
        assertThat(sent())
                .isEqualTo(JSON.readTree("{\"inputs\":[{\"properties\":{\"email\":\"a@b.c\"},\"associations\":[]}]}"));
    }

    @Test
    void batchUpdateKeepsItsInputs() throws Exception {
        hub.answer(200, "{\"status\":\"COMPLETE\",\"results\":[]}");
        hub.send(
                "hubspot:objects/batchUpdate?objectType=deals",
                "{\"inputs\":[{\"id\":\"1\",\"properties\":{\"amount\":\"5\"}}]}");
        assertThat(sent()).isEqualTo(JSON.readTree("{\"inputs\":[{\"id\":\"1\",\"properties\":{\"amount\":\"5\"}}]}"));
    }

    @Test
    void batchUpsertNamesTheUniqueProperty() throws Exception {
        hub.answer(200, "{\"results\":[]}");
        hub.send(
                "hubspot:objects/batchUpsert?objectType=contacts&idProperty=email",
                List.of(Map.of("id", "a@b.c", "properties", Map.of("phone", "1"))));
        assertThat(sent().at("/inputs/0/idProperty").asText()).isEqualTo("email");
    }

    @Test
    void batchArchiveTakesIdsAndHasNoAnswer() throws Exception {
        hub.answer(204, "");
        Exchange answer = hub.send("hubspot:objects/batchArchive?objectType=contacts", List.of("1", "2"));
        assertThat(sent()).isEqualTo(JSON.readTree("{\"inputs\":[{\"id\":\"1\"},{\"id\":\"2\"}]}"));
        assertThat(answer.getMessage().getBody()).isNull();
        assertThat(answer.getException()).isNull();
    }

    @Test
    void someInputsFailedIsAnAnswerNotAFailure() {
        hub.answer(
                207, "{\"results\":[{\"id\":\"1\"}],\"numErrors\":1,\"errors\":[{\"category\":\"VALIDATION_ERROR\"}]}");
        Exchange answer = hub.send("hubspot:objects/batchUpdate?objectType=contacts", List.of(Map.of("id", "1")));
        assertThat(answer.getException()).isNull();
        assertThat(answer.getMessage().getHeader(HubspotConstants.STATUS)).isEqualTo(207);
        assertThat(answer.getMessage().getBody(Map.class)).containsEntry("numErrors", 1);
    }

    @ParameterizedTest
    @CsvSource({
        "objects/create,POST,/crm/objects/2026-09/contacts",
        "objects/update,PATCH,/crm/objects/2026-09/contacts/9",
        "objects/archive,DELETE,/crm/objects/2026-09/contacts/9",
        "associations/list,GET,/crm/objects/2026-09/contacts/9/associations/companies?limit=100",
        "associations/labels,GET,/crm/associations/2026-09/contacts/companies/labels",
        "associations/batchRead,POST,/crm/associations/2026-09/contacts/companies/batch/read",
        "associations/batchCreate,POST,/crm/associations/2026-09/contacts/companies/batch/create",
        "associations/batchArchive,POST,/crm/associations/2026-09/contacts/companies/batch/archive",
        "properties/list,GET,/crm/properties/2026-09/contacts",
        "properties/get,GET,/crm/properties/2026-09/contacts/9",
        "properties/create,POST,/crm/properties/2026-09/contacts",
        "properties/update,PATCH,/crm/properties/2026-09/contacts/9",
        "properties/archive,DELETE,/crm/properties/2026-09/contacts/9",
        "properties/batchCreate,POST,/crm/properties/2026-09/contacts/batch/create",
        "properties/groups,GET,/crm/properties/2026-09/contacts/groups",
        "properties/createGroup,POST,/crm/properties/2026-09/contacts/groups",
        "owners/list,GET,/crm/owners/2026-09?limit=100",
        "owners/get,GET,/crm/owners/2026-09/9",
        "marketingEvents/list,GET,/marketing/marketing-events/2026-09?limit=100",
        "marketingEvents/get,GET,/marketing/marketing-events/2026-09/9",
        "marketingEvents/participations,GET,/marketing/marketing-events/2026-09/participations/9/breakdown?limit=100",
        "marketingEvents/upsert,POST,/marketing/marketing-events/2026-09/events/upsert",
        "forms/list,GET,/marketing/forms/2026-09-beta?limit=100",
        "forms/get,GET,/marketing/forms/2026-09-beta/9",
        "forms/submissions,GET,/form-integrations/v1/submissions/forms/9?limit=100"
    })
    void everyOperationCallsItsPath(String operation, String method, String url) {
        hub.answer(200, "{\"results\":[]}");
        Object body = operation.contains("batch") || operation.endsWith("upsert") ? List.of() : Map.of();
        Exchange answer =
                hub.send("hubspot:" + operation + "?objectType=contacts&objectId=9&toObjectType=companies", body);
        assertThat(answer.getException()).isNull();
        assertThat(hub.call().getMethod().getName()).isEqualTo(method);
        assertThat(hub.call().getUrl()).isEqualTo(url);
    }

    @Test
    void theOlderGenerationHasItsOwnPaths() {
        hub.answer(200, "{\"results\":[]}");
        hub.send("hubspot:objects/list?objectType=contacts&apiVersion=v3", null);
        assertThat(hub.call().getUrl()).isEqualTo("/crm/v3/objects/contacts?limit=100");
    }

    @Test
    void participationsOfOneState() {
        hub.answer(200, "{\"results\":[]}");
        hub.send("hubspot:marketingEvents/participations?objectId=9&state=ATTENDED", null);
        assertThat(hub.call().getUrl()).endsWith("/participations/9/breakdown?limit=100&state=ATTENDED");
    }

    @Test
    void rawPayloadIsTheBytesAsReceived() {
        hub.answer(200, "{ \"results\" : [ ] }");
        Exchange answer = hub.send("hubspot:objects/list?objectType=contacts&rawPayload=true", null);
        assertThat((byte[]) answer.getMessage().getBody()).asString().isEqualTo("{ \"results\" : [ ] }");
    }

    @Test
    void answersCanBeReadAsText() {
        hub.answer(200, "{\"results\":[]}");
        assertThat(hub.send("hubspot:objects/list?objectType=contacts", null)
                        .getMessage()
                        .getBody(String.class))
                .isEqualTo("{\"results\":[]}");
    }

    @Test
    void aMissingObjectTypeIsNamed() {
        Exchange answer = hub.send("hubspot:objects/list", null);
        assertThat(answer.getException()).hasMessageContaining("hubspot:objects/list needs objectType");
        assertThat(hub.calls()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hubspot:objects/explode?objectType=contacts|objects/search",
                "hubspot:objects|hubspot:resource/operation",
                "hubspot:objects/list?limit=0|limit must be at least 1",
                "hubspot:objects/list?reservedPercent=100|reservedPercent must be 0 to 99"
            })
    void whatMakesNoSenseIsRefusedWithWhatWould(String uri, String said) {
        assertThatThrownBy(() -> hub.context.getEndpoint(uri))
                .isInstanceOf(ResolveEndpointFailedException.class)
                .hasStackTraceContaining(said);
    }
}
