package dev.rainmaker.connector.salesforce;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.patchRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static dev.rainmaker.connector.salesforce.StubOrg.error;
import static dev.rainmaker.connector.salesforce.StubOrg.json;
import static dev.rainmaker.connector.salesforce.StubOrg.lead;
import static dev.rainmaker.connector.salesforce.StubOrg.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rainmaker.connector.CallPurpose;
import dev.rainmaker.connector.Change;
import dev.rainmaker.connector.Connector;
import dev.rainmaker.connector.ConnectorFault;
import dev.rainmaker.connector.WriteOutcome;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SalesforceWriteTest {

    private final StubOrg org = new StubOrg();

    @AfterEach
    void stop() {
        org.close();
    }

    private static Change change(int n) {
        return new Change(lead(n), Map.of("Rainmaker_Reason__c", "because"));
    }

    private static String failed(String code, String... fields) {
        String names = fields.length == 0 ? "" : "\"" + String.join("\",\"", fields) + "\"";
        return "{\"success\":false,\"errors\":[{\"statusCode\":\"%s\",\"message\":\"no\",\"fields\":[%s]}]}"
                .formatted(code, names);
    }

    private static String stored(int n) {
        return "{\"id\":\"" + lead(n) + "\",\"success\":true,\"errors\":[]}";
    }

    @Test
    void writesEveryKindOfValueAndForbidsTheOrgsAssignmentRules() {
        org.server.stubFor(write().willReturn(json(200, "[" + stored(1) + "]")));
        Map<String, Object> fields = new HashMap<>();
        fields.put("Text__c", "O'Neil \"\\\" =HYPERLINK(");
        fields.put("Number__c", new BigDecimal("1E+3"));
        fields.put("Flag__c", true);
        fields.put("At__c", Instant.parse("2026-01-02T03:04:05.678901Z"));
        fields.put("On__c", LocalDate.of(2026, 1, 2));
        fields.put("Empty__c", null);
        Connector connector = org.open();

        List<WriteOutcome> outcomes = connector.write("Lead", List.of(new Change(lead(1).substring(0, 15), fields)));

        assertThat(outcomes).containsExactly(new WriteOutcome.Written(lead(1).substring(0, 15)));
        org.server.verify(
                1,
                patchRequestedFor(urlPathEqualTo("/services/data/v65.0/composite/sobjects"))
                        .withHeader("Sforce-Auto-Assign", equalTo("FALSE"))
                        .withHeader("Authorization", equalTo("Bearer " + StubOrg.TOKEN))
                        .withRequestBody(equalToJson("""
                                {"allOrNone":false,"records":[{"attributes":{"type":"Lead"},"id":"%s",
                                 "At__c":"2026-01-02T03:04:05.678+0000","Empty__c":null,"Flag__c":true,
                                 "Number__c":1000,"On__c":"2026-01-02","Text__c":"O'Neil \\"\\\\\\" =HYPERLINK("}]}""".formatted(lead(1)))));
        assertThat(connector.usage().of(CallPurpose.WRITE)).isEqualTo(1);
    }

    @Test
    void keepsTheOrderOfChangesWhenSomeFail() {
        org.server.stubFor(write().willReturn(json(
                200,
                "[" + stored(1) + "," + failed("UNABLE_TO_LOCK_ROW") + "," + failed("STRING_TOO_LONG", "X") + "]")));

        List<WriteOutcome> outcomes = org.open()
                .write("Lead", List.of(change(1), new Change("no id", Map.of("X", "y")), change(2), change(3)));

        assertThat(outcomes).extracting(WriteOutcome::id).containsExactly(lead(1), "no id", lead(2), lead(3));
        assertThat(outcomes.get(0)).isInstanceOf(WriteOutcome.Written.class);
        assertThat(((WriteOutcome.Rejected) outcomes.get(1)).code()).isEqualTo("MALFORMED_ID");
        assertThat(outcomes.get(2)).isInstanceOf(WriteOutcome.Postponed.class);
        assertThat(((WriteOutcome.Rejected) outcomes.get(3)).message()).isEqualTo("no [X]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UNABLE_TO_LOCK_ROW", "SERVER_UNAVAILABLE", "REQUEST_RUNNING_TOO_LONG", "QUERY_TIMEOUT"})
    void postponesWhatMayWorkLater(String code) {
        org.server.stubFor(write().willReturn(json(200, "[" + failed(code) + "]")));

        assertThat(org.open().write("Lead", List.of(change(1))).get(0)).isInstanceOf(WriteOutcome.Postponed.class);
    }

    @ParameterizedTest
    @CsvSource({
        "ENTITY_IS_DELETED,,true",
        "CANNOT_UPDATE_CONVERTED_LEAD,,true",
        "NOT_FOUND,,true",
        "INVALID_CROSS_REFERENCE_KEY,,true",
        "INVALID_CROSS_REFERENCE_KEY,Id,true",
        "INVALID_CROSS_REFERENCE_KEY,Rainmaker_Partner__c,false",
        "FIELD_CUSTOM_VALIDATION_EXCEPTION,,false",
        "INSUFFICIENT_ACCESS_OR_READONLY,,false",
        "ENTITY_IS_LOCKED,,false",
        "INACTIVE_OWNER_OR_USER,OwnerId,false",
        "SOME_CODE_OF_NEXT_YEAR,,false"
    })
    void rejectsWhatWillFailAgainAndKnowsARecordThatIsGone(String code, String field, boolean gone) {
        String[] fields = field == null ? new String[0] : new String[] {field};
        org.server.stubFor(write().willReturn(json(200, "[" + failed(code, fields) + "]")));

        WriteOutcome outcome = org.open().write("Lead", List.of(change(1))).get(0);

        assertThat(outcome)
                .isEqualTo(new WriteOutcome.Rejected(lead(1), code, field == null ? "no" : "no [" + field + "]", gone));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[", "[]", "{}", "null", "<html>", "[{\"success\":true}"})
    void anAnswerThatProvesNothingIsTriedAgain(String body) {
        org.server.stubFor(write().willReturn(json(200, body)));
        Connector connector = org.open();

        assertThatThrownBy(() -> connector.write("Lead", List.of(change(1))))
                .isInstanceOf(ConnectorFault.Retryable.class)
                .hasMessageContaining("writing the same again is safe");
    }

    @Test
    void aFieldThatTheObjectLacksStopsTheWriteWithItsName() {
        org.server.stubFor(write().willReturn(
                        error(400, "INVALID_FIELD", "No such column 'Rainmaker_Reason__c' on sobject of type Lead")));
        Connector connector = org.open();

        assertThatThrownBy(() -> connector.write("Lead", List.of(change(1))))
                .isInstanceOf(ConnectorFault.Fatal.class)
                .hasMessageContaining("Lead has no field Rainmaker_Reason__c");
    }

    @Test
    void takes200ChangesAtOnceButNot201AndNoneWithoutACall() {
        String all = String.join(
                ",", IntStream.range(0, 200).mapToObj(n -> stored(n)).toList());
        org.server.stubFor(write().willReturn(json(200, "[" + all + "]")));
        Connector connector = org.open();
        List<Change> most = IntStream.range(0, 200).mapToObj(n -> change(n)).toList();

        assertThat(connector.write("Lead", List.of())).isEmpty();
        assertThat(connector.write("Lead", most)).hasSize(200);
        assertThatThrownBy(() -> connector.write("Lead", Collections.nCopies(201, change(1))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(connector.usage().of(CallPurpose.WRITE)).isEqualTo(1);
    }

    @Test
    void namesThatAreNoNamesNeverLeaveTheProcess() {
        Connector connector = org.open();

        assertThatThrownBy(() -> connector.write("Lead?x", List.of(change(1))))
                .isInstanceOf(ConnectorFault.Fatal.class);
        assertThatThrownBy(() -> connector.write("Lead", List.of(new Change(lead(1), Map.of("Id", "x")))))
                .isInstanceOf(ConnectorFault.Fatal.class);
        assertThat(org.requests(".*")).isEmpty();
    }
}
