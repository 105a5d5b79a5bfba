package dev.rainmaker.app.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rainmaker.app.connection.LiveConnection;
import dev.rainmaker.app.ledger.FactJson;
import dev.rainmaker.app.runtime.Rainmaker;
import dev.rainmaker.connector.ApiUsage;
import dev.rainmaker.connector.CallPurpose;
import dev.rainmaker.fact.FactKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a pass came to, as one JSON object for programs and a few lines for people.
 *
 * @param unassigned leads nobody got, by reason: those of this pass and those that are still unassigned from earlier ones
 * @param unmatchedPeople people whose partner nobody knows for certain
 * @param calls by connection type
 */
public record DemoReport(
        long partners,
        long accounts,
        long leads,
        long opportunities,
        long scored,
        long assigned,
        long offered,
        Map<String, Long> unassigned,
        long writtenBack,
        long confirmedInCrm,
        long deadLetters,
        long registrations,
        long locksActive,
        long conflicts,
        long trainingRecords,
        long engagements,
        long certificationsValid,
        long unmatchedPeople,
        Map<String, ApiUsage> calls,
        double seconds) {

    /** Reads the report off a Rainmaker after its pass; {@code now} says which certifications are valid. */
    static DemoReport of(Rainmaker rainmaker, Duration took, Instant now) {
        var totals = rainmaker.totals();
        Map<String, Long> unassigned = new TreeMap<>();
        long open = 0;
        for (Map.Entry<String, Long> count :
                rainmaker.decisions().countsOfOpenLeads().entrySet()) {
            unassigned.put(count.getKey(), count.getValue());
            open += count.getValue();
        }
        Map<String, ApiUsage> calls = new TreeMap<>();
        for (LiveConnection connection : rainmaker.connections().all()) {
            calls.put(connection.type(), connection.connector().usage());
        }
        long assigned = totals.assigned().assigned();
        long offered = totals.assigned().offered();
        return new DemoReport(
                rainmaker.facts().count(FactKind.PARTNER),
                rainmaker.facts().count(FactKind.PARTNER) + rainmaker.facts().count(FactKind.ACCOUNT),
                assigned + offered + open,
                rainmaker.facts().count(FactKind.OPPORTUNITY),
                totals.scored(),
                assigned,
                offered,
                unassigned,
                rainmaker.outbox().assignmentsWritten(rainmaker.openedAt()),
                rainmaker.outbox().assignmentsSettled("confirmed", rainmaker.openedAt()),
                rainmaker.deadLetters().count(),
                rainmaker.deals().registrations().counts().values().stream()
                        .mapToLong(Long::longValue)
                        .sum(),
                rainmaker.deals().locks().countLive(),
                rainmaker.deals().conflicts().count(),
                rainmaker.facts().count(FactKind.TRAINING),
                rainmaker.facts().count(FactKind.ENGAGEMENT),
                rainmaker.facts().countValidCertifications(now),
                rainmaker.people().countOpen(),
                calls,
                took.toMillis() / 1000.0);
    }

    /** Whether everything that was assigned was found in the CRM afterwards. */
    public boolean allConfirmed() {
        return confirmedInCrm >= assigned && deadLetters == 0;
    }

    /** One line of JSON; member names as scripts rely on them. */
    public String json() {
        ObjectNode root = FactJson.MAPPER.createObjectNode();
        root.put("partners", partners);
        root.put("accounts", accounts);
        root.put("leads", leads);
        root.put("opportunities", opportunities);
        root.put("scored", scored);
        root.put("assigned", assigned);
        root.put("offered", offered);
        ObjectNode reasons = root.putObject("unassigned");
        unassigned.forEach(reasons::put);
        root.put("writtenBack", writtenBack);
        root.put("confirmedInCrm", confirmedInCrm);
        root.put("deadLetters", deadLetters);
        root.put("registrations", registrations);
        root.put("locksActive", locksActive);
        root.put("conflicts", conflicts);
        root.put("trainingRecords", trainingRecords);
        root.put("engagements", engagements);
        root.put("certificationsValid", certificationsValid);
        root.put("unmatchedPeople", unmatchedPeople);
        ObjectNode api = root.putObject("apiCalls");
        calls.forEach((vendor, usage) -> {
            ObjectNode counts = api.putObject(vendor);
            counts.put("read", usage.of(CallPurpose.READ));
            counts.put("preRead", usage.of(CallPurpose.PRE_READ));
            counts.put("write", usage.of(CallPurpose.WRITE));
            counts.put("confirm", usage.of(CallPurpose.CONFIRM));
        });
        root.put("seconds", seconds);
        return root.toString();
    }

    /** A few lines for people. */
    public String text() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%n%,d partners, %,d accounts, %,d opportunities read; %,d partners scored.%n",
                partners,
                accounts,
                opportunities,
                scored));
        text.append(String.format(
                Locale.ROOT,
                "%,d leads were open: %,d assigned, %,d offered, %,d without a partner.%n",
                leads,
                assigned,
                offered,
                unassigned.values().stream().mapToLong(Long::longValue).sum()));
        unassigned.forEach((reason, count) -> text.append(String.format(Locale.ROOT, "    %,d  %s%n", count, reason)));
        text.append(String.format(
                Locale.ROOT,
                "%,d written to the CRM, %,d read back and confirmed, %,d dead letters; %.1f s.%n",
                writtenBack,
                confirmedInCrm,
                deadLetters,
                seconds));
        if (registrations > 0) {
            text.append(String.format(
                    Locale.ROOT,
                    "%,d deals registered, %,d locked now, %,d conflicts found.%n",
                    registrations,
                    locksActive,
                    conflicts));
        }
        text.append(String.format(
                Locale.ROOT,
                "%,d engagements, %,d training records, %,d certifications valid; %,d people belong to no partner yet.%n",
                engagements,
                trainingRecords,
                certificationsValid,
                unmatchedPeople));
        calls.forEach((vendor, usage) -> text.append(String.format(
                Locale.ROOT,
                "Calls to %s: %d read, %d before a write, %d write, %d confirm.%n",
                vendor,
                usage.of(CallPurpose.READ),
                usage.of(CallPurpose.PRE_READ),
                usage.of(CallPurpose.WRITE),
                usage.of(CallPurpose.CONFIRM))));
        return text.toString();
    }
}
