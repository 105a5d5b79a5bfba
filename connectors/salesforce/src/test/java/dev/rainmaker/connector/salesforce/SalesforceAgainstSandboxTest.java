package dev.rainmaker.connector.salesforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rainmaker.connector.CallPurpose;
import dev.rainmaker.connector.Change;
import dev.rainmaker.connector.CheckReport;
import dev.rainmaker.connector.Connector;
import dev.rainmaker.connector.ConnectorFault;
import dev.rainmaker.connector.Cursor;
import dev.rainmaker.connector.Page;
import dev.rainmaker.connector.SourceRecord;
import dev.rainmaker.connector.StreamNeed;
import dev.rainmaker.connector.WriteOutcome;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The connector against an org that somebody else wrote, in a process of its own. */
class SalesforceAgainstSandboxTest {

    private static SandboxProcess sandbox;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        Optional<Path> jar = SandboxProcess.jar();
        Assumptions.assumeTrue(
                jar.isPresent(), "the sandbox is not built: mvn package -pl src/sandbox, or mvn verify for all");
        sandbox = SandboxProcess.start(
                jar.get(),
                folder.resolve("state"),
                "--systems",
                "salesforce",
                "--partners",
                "12",
                "--leads",
                "2300",
                "--seed",
                "7");
    }

    @AfterAll
    static void stop() throws Exception {
        if (sandbox != null) {
            sandbox.close();
        }
    }

    @AfterEach
    void endFaults() throws Exception {
        sandbox.hook("reset", "");
    }

    private record Run(List<SourceRecord> records, Cursor next) {
        List<String> ids() {
            return records.stream().map(SourceRecord::id).toList();
        }
    }

    private static Run run(Supplier<Connector> connectors, String stream, Cursor from, String... fields) {
        List<SourceRecord> records = new ArrayList<>();
        Cursor cursor = from;
        while (true) {
            Page page = connectors.get().read(stream, Set.of(fields), cursor);
            records.addAll(page.records());
            cursor = page.next();
            if (page.last()) {
                return new Run(records, cursor);
            }
        }
    }

    private static List<String> newLeads(Connector connector, int count) {
        return run(() -> connector, "Lead", null, "IsConverted").records().stream()
                .filter(lead -> Boolean.FALSE.equals(lead.at("IsConverted")) && !lead.deleted())
                .map(SourceRecord::id)
                .limit(count)
                .toList();
    }

    private static Change reason(String id, String text) {
        return new Change(id, Map.of("Rainmaker_Reason__c", text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Account", "Contact", "Lead", "Opportunity", "Campaign", "CampaignMember", "User"})
    void readsAWholeStreamWithinItsBudgetOfCalls(String stream) {
        Connector connector = sandbox.open();

        Run run = run(() -> connector, stream, null);

        assertThat(run.ids()).isNotEmpty().doesNotHaveDuplicates();
        assertThat(connector.usage().of(CallPurpose.READ))
                .isLessThanOrEqualTo((run.ids().size() + 1999) / 2000 + 1);
    }

    @Test
    void readsTheSameWithAnyPageSizeAndWithAFreshProcessForEachPage() {
        Connector whole = sandbox.open();
        Connector small = sandbox.open("page-size", "150");

        List<String> all = run(() -> whole, "Lead", null).ids();

        assertThat(run(() -> small, "Lead", null).ids()).isEqualTo(all);
        assertThat(run(() -> sandbox.open("page-size", "400"), "Lead", null).ids())
                .isEqualTo(all);
    }

    @Test
    void whatIsWrittenIsStoredAndNoAssignmentRuleRuns() {
        Connector connector = sandbox.open();
        List<String> ids = newLeads(connector, 200);
        String partner = run(() -> connector, "Account", null).ids().get(0);
        Map<String, SourceRecord> before = byId(connector.fetch("Lead", ids, Set.of("OwnerId"), CallPurpose.PRE_READ));
        Instant at = Instant.parse("2026-01-02T03:04:05.678Z");

        List<WriteOutcome> outcomes = connector.write(
                "Lead",
                ids.stream()
                        .map(id -> new Change(
                                id,
                                Map.of(
                                        "Rainmaker_Partner__c",
                                        partner,
                                        "Rainmaker_Reason__c",
                                        "O'Neil's \"best\" \\ fit",
                                        "Rainmaker_PLV_Score__c",
                                        new BigDecimal("71.5"),
                                        "Rainmaker_Assigned_At__c",
                                        at)))
                        .toList());

        assertThat(outcomes)
                .hasSize(200)
                .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(WriteOutcome.Written.class));
        List<SourceRecord> stored = connector.fetch(
                "Lead",
                ids,
                Set.of(
                        "OwnerId",
                        "Rainmaker_Partner__c",
                        "Rainmaker_Reason__c",
                        "Rainmaker_PLV_Score__c",
                        "Rainmaker_Assigned_At__c"),
                CallPurpose.CONFIRM);
        assertThat(stored).hasSize(200).allSatisfy(lead -> {
            assertThat(lead.at("Rainmaker_Partner__c")).isEqualTo(partner);
            assertThat(lead.at("Rainmaker_Reason__c")).isEqualTo("O'Neil's \"best\" \\ fit");
            assertThat((BigDecimal) lead.at("Rainmaker_PLV_Score__c")).isEqualByComparingTo("71.5");
            assertThat(SalesforceStamp.parse((String) lead.at("Rainmaker_Assigned_At__c")))
                    .isEqualTo(at);
            assertThat(lead.at("OwnerId")).isEqualTo(before.get(lead.id()).at("OwnerId"));
        });
        assertThat(connector.usage().of(CallPurpose.PRE_READ)).isEqualTo(1);
        assertThat(connector.usage().of(CallPurpose.WRITE)).isEqualTo(1);
        assertThat(connector.usage().of(CallPurpose.CONFIRM)).isEqualTo(1);
    }

    private static Map<String, SourceRecord> byId(List<SourceRecord> records) {
        return records.stream().collect(Collectors.toMap(SourceRecord::id, record -> record));
    }

    @Test
    void ourCountAgreesWithTheVendors() {
        Connector connector = sandbox.open();
        newLeads(connector, 1);
        long before = connector.usage().used();

        newLeads(connector, 1);

        assertThat(connector.usage().used() - before)
                .isEqualTo(connector.usage().of(CallPurpose.READ) / 2);
        assertThat(connector.usage().limit()).isPositive();
    }

    @Test
    void aSessionThatEndsInTheMiddleOfAStreamIsRenewedOnce() throws Exception {
        Connector connector = sandbox.open("page-size", "300");
        List<String> all = run(() -> connector, "Lead", null).ids();
        sandbox.hook("faults", "{\"kind\":\"queryMore\",\"nth\":3,\"expireTokens\":true}");

        assertThat(run(() -> connector, "Lead", null).ids()).isEqualTo(all);
    }

    @Test
    void expiredLocatorsLoseAndRepeatNothing() throws Exception {
        Connector connector = sandbox.open("page-size", "300");
        List<String> all = run(() -> connector, "Lead", null).ids();

        List<String> seen = run(
                        () -> {
                            expireLocators();
                            return connector;
                        },
                        "Lead",
                        null)
                .ids();

        assertThat(seen).isEqualTo(all);
    }

    private static void expireLocators() {
        try {
            sandbox.hook("expire-locators", "");
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"kind\":\"queryAll\",\"truncateAt\":5000}",
                "{\"kind\":\"queryAll\",\"truncateAt\":0}",
                "{\"kind\":\"queryAll\",\"drop\":true}",
                "{\"kind\":\"queryAll\",\"status\":503,\"body\":\"\",\"headers\":{\"Retry-After\":\"7\"}}"
            })
    void aBrokenAnswerTakesNothingAndTheNextTryReadsAll(String fault) throws Exception {
        Connector connector = sandbox.open();
        List<String> all = run(() -> connector, "Contact", null).ids();
        sandbox.hook("faults", fault);

        assertThatThrownBy(() -> connector.read("Contact", Set.of(), null))
                .isInstanceOf(ConnectorFault.Retryable.class);
        assertThat(run(() -> connector, "Contact", null).ids()).isEqualTo(all);
    }

    @Test
    void aWriteWhoseAnswerIsLostIsSeenByReadingBack() throws Exception {
        Connector connector = sandbox.open();
        String id = newLeads(connector, 1).get(0);
        sandbox.hook("faults", "{\"kind\":\"collectionsUpdate\",\"drop\":true,\"afterCommit\":true}");

        assertThatThrownBy(() -> connector.write("Lead", List.of(reason(id, "lost answer"))))
                .isInstanceOf(ConnectorFault.Retryable.class);

        assertThat(connector.fetch("Lead", List.of(id), Set.of("Rainmaker_Reason__c"), CallPurpose.CONFIRM))
                .singleElement()
                .satisfies(lead -> assertThat(lead.at("Rainmaker_Reason__c")).isEqualTo("lost answer"));
    }

    @ParameterizedTest
    @CsvSource({"UNABLE_TO_LOCK_ROW,true", "FIELD_CUSTOM_VALIDATION_EXCEPTION,false"})
    void oneFailingRowDoesNotStopTheOthers(String code, boolean later) throws Exception {
        Connector connector = sandbox.open();
        List<String> ids = newLeads(connector, 200);
        sandbox.hook("row-faults", "{\"id\":\"" + ids.get(77) + "\",\"code\":\"" + code + "\"}");

        List<WriteOutcome> outcomes = connector.write(
                "Lead", ids.stream().map(id -> reason(id, "row " + code)).toList());

        assertThat(IntStream.range(0, 200).filter(n -> !(outcomes.get(n) instanceof WriteOutcome.Written)))
                .containsExactly(77);
        assertThat(outcomes.get(77)).isInstanceOf(later ? WriteOutcome.Postponed.class : WriteOutcome.Rejected.class);
    }

    @Test
    void aConvertedAndADeletedLeadAreGone() throws Exception {
        Connector connector = sandbox.open();
        List<String> ids = newLeads(connector, 3);
        sandbox.hook("convert", "{\"id\":\"" + ids.get(0) + "\"}");
        sandbox.hook("delete", "{\"object\":\"Lead\",\"id\":\"" + ids.get(1) + "\"}");

        List<WriteOutcome> outcomes = connector.write(
                "Lead", ids.stream().map(id -> reason(id, "too late")).toList());

        assertThat(outcomes.get(0))
                .isInstanceOfSatisfying(
                        WriteOutcome.Rejected.class, no -> assertThat(no.gone()).isTrue());
        assertThat(outcomes.get(1))
                .isInstanceOfSatisfying(
                        WriteOutcome.Rejected.class, no -> assertThat(no.gone()).isTrue());
        assertThat(outcomes.get(2)).isInstanceOf(WriteOutcome.Written.class);
        assertThat(connector.fetch("Lead", List.of(ids.get(1)), Set.of(), CallPurpose.READ))
                .singleElement()
                .satisfies(lead -> assertThat(lead.deleted()).isTrue());
    }

    @Test
    void theNextRunBringsWhatChangedAndWhatWasDeleted() throws Exception {
        Connector connector = sandbox.open("overlap", "PT0S");
        Run full = run(() -> connector, "Contact", null);
        String edited = full.ids().get(3);
        String deleted = full.ids().get(5);
        sandbox.hook("edit", "{\"object\":\"Contact\",\"id\":\"" + edited + "\",\"fields\":{\"Title\":\"CEO\"}}");
        sandbox.hook("delete", "{\"object\":\"Contact\",\"id\":\"" + deleted + "\"}");

        Run next = run(() -> connector, "Contact", full.next(), "Title");

        Map<String, SourceRecord> changed = byId(next.records());
        assertThat(changed.get(edited).at("Title")).isEqualTo("CEO");
        assertThat(changed.get(deleted).deleted()).isTrue();
    }

    @Test
    void aRowThatCommitsLateIsNotLost() throws Exception {
        Connector connector = sandbox.open("overlap", "PT20S");
        Run full = run(() -> connector, "Campaign", null);
        sandbox.hook("visibility", "{\"delay\":\"PT3S\",\"object\":\"Campaign\"}");
        Future<String> late = Executors.newSingleThreadExecutor().submit(() -> campaign("Late"));
        Thread.sleep(500);
        sandbox.hook("visibility", "{\"delay\":\"PT0S\"}");
        String prompt = campaign("Prompt");

        Run between = run(() -> connector, "Campaign", full.next());
        String id = late.get();
        Run after = run(() -> connector, "Campaign", between.next());

        assertThat(between.ids()).contains(prompt).doesNotContain(id);
        assertThat(after.ids()).contains(id);
    }

    private static String campaign(String name) throws Exception {
        return sandbox.hook("edit", "{\"object\":\"Campaign\",\"fields\":{\"Name\":\"" + name + "\"}}")
                .path("id")
                .asText();
    }

    @Test
    void aFieldThatAnAdministratorHidesIsNamedAndNeverEmptied() throws Exception {
        Connector connector = sandbox.open();
        connector.read("Lead", Set.of("ProductInterest__c"), null);
        sandbox.hook("fields", "{\"object\":\"Lead\",\"hide\":\"ProductInterest__c\"}");
        try {
            assertThatThrownBy(() -> connector.read("Lead", Set.of("ProductInterest__c"), null))
                    .isInstanceOf(ConnectorFault.Fatal.class)
                    .hasMessageContaining("Lead has no field ProductInterest__c");
            assertThat(connector
                            .check(List.of(new StreamNeed("Lead", Set.of("ProductInterest__c"), Map.of())))
                            .findings())
                    .anySatisfy(finding -> assertThat(finding.what()).contains("Lead: ProductInterest__c"));
        } finally {
            sandbox.hook("fields", "{\"object\":\"Lead\",\"show\":\"ProductInterest__c\"}");
        }
    }

    @Test
    void theFieldsOfThePackageAreThere() {
        CheckReport report = sandbox.open()
                .check(List.of(
                        new StreamNeed(
                                "Lead",
                                Set.of("Company", "Owner.IsActive"),
                                Map.of(
                                        "Rainmaker_Partner__c", "Lookup(Account)",
                                        "Rainmaker_Reason__c", "Text(255)",
                                        "Rainmaker_PLV_Score__c", "Number",
                                        "Rainmaker_Assigned_At__c", "Date/Time",
                                        "Rainmaker_Decision_Id__c", "Text")),
                        new StreamNeed("Account", Set.of("Name"), Map.of("Rainmaker_PLV_Score__c", "Number"))));

        assertThat(report.passed()).as(report.toString()).isTrue();
    }

    @Test
    void wrongCredentialsEndInOneSentence() {
        Connector connector = sandbox.open("client-secret", "wrong");

        assertThat(connector.check(List.of()).findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.what())
                        .contains("Salesforce refused the login", "client-secret does not fit client-id"));
    }
}
