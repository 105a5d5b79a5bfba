package dev.rainmaker.app.web;

import dev.rainmaker.app.connection.LiveConnection;
import dev.rainmaker.app.ledger.RunLedger.Run;
import dev.rainmaker.app.ledger.ScoreLedger.StoredScore;
import dev.rainmaker.app.ledger.StreamState;
import dev.rainmaker.app.runtime.Rainmaker;
import dev.rainmaker.connector.ApiUsage;
import dev.rainmaker.fact.RecordId;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;

/** What the first page and the lists say of the whole. */
@Component
class Overview {

    private final Rainmaker rainmaker;
    private final Shown shown;
    private final Clock clock;

    Overview(Rainmaker rainmaker, Shown shown, Clock clock) {
        this.rainmaker = rainmaker;
        this.shown = shown;
        this.clock = clock;
    }

    /**
     * Something that waits for a person.
     *
     * @param link to the records counted
     * @param advice what to do
     */
    record Attention(long count, String what, String link, String advice) {}

    List<Attention> attention() {
        List<Attention> waiting = new ArrayList<>();
        for (Run run : rainmaker.runs().lastEnded()) {
            if (run.state().equals("failed")) {
                waiting.add(new Attention(
                        1,
                        "failed sync of " + run.connection(),
                        "/runs?state=failed",
                        run.message() == null ? "Run `rainmaker check`." : run.message()));
            }
        }
        add(
                waiting,
                rainmaker.deadLetters().count(),
                "dead letters",
                "/deadletters",
                "Repair what they say, then try them again.");
        add(
                waiting,
                rainmaker.outbox().countStuck(),
                "writes that do not get through",
                "/writes",
                "The last answer of the system says why.");
        rainmaker
                .decisions()
                .countsOfOpenLeads()
                .forEach((reason, count) -> add(
                        waiting, count, "open leads nobody got: " + reason, leadsFor(reason), shown.advice(reason)));
        return waiting;
    }

    private static void add(List<Attention> waiting, long count, String what, String link, String advice) {
        if (count > 0) {
            waiting.add(new Attention(count, what, link, advice));
        }
    }

    private static String leadsFor(String reason) {
        return UriComponentsBuilder.fromPath("/leads")
                .queryParam("outcome", "unassigned")
                .queryParam("reason", "{reason}")
                .queryParam("open", "true")
                .encode()
                .buildAndExpand(reason)
                .toUriString();
    }

    /**
     * A connection and how it is.
     *
     * @param state of its last run that ended: {@code done}, {@code rejects}, {@code failed}; {@code new} before the first
     * @param callsToday made by Rainmaker, UTC day
     * @param used of the vendor's budget by everybody, -1 where the vendor does not say
     */
    record ConnectionHealth(
            String name,
            String type,
            String state,
            @Nullable Run last,
            List<StreamState> streams,
            long callsToday,
            long used,
            long limit) {}

    List<ConnectionHealth> connections() {
        Map<String, Run> last = rainmaker.runs().lastEnded().stream()
                .collect(Collectors.toMap(run -> String.valueOf(run.connection()), run -> run));
        Map<String, Long> calls = rainmaker.runs().callsOn(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
        List<StreamState> streams = rainmaker.streamLedger().streams();
        List<ConnectionHealth> health = new ArrayList<>();
        for (LiveConnection connection : rainmaker.connections().all()) {
            Run run = last.get(connection.name());
            ApiUsage usage = connection.connector().usage();
            health.add(new ConnectionHealth(
                    connection.name(),
                    connection.type(),
                    run == null ? "new" : run.state(),
                    run,
                    streams.stream()
                            .filter(stream -> stream.connection().equals(connection.name()))
                            .toList(),
                    calls.getOrDefault(connection.name(), 0L),
                    usage.used(),
                    usage.limit()));
        }
        return health;
    }

    /** @param leads held by current assignments */
    record PartnerRow(int rank, RecordId id, String name, String score, String value, long leads) {}

    List<PartnerRow> partners(int offset, int most) {
        List<StoredScore> scores = rainmaker.scores().pageAsOf(Long.MAX_VALUE - 1, offset, most);
        Map<RecordId, String> names = rainmaker.facts().partnerNames();
        Map<RecordId, Long> held = rainmaker.decisions().heldByPartner();
        List<PartnerRow> rows = new ArrayList<>();
        for (StoredScore score : scores) {
            RecordId id = score.partner();
            rows.add(new PartnerRow(
                    offset + rows.size() + 1,
                    id,
                    names.getOrDefault(id, id.id()),
                    shown.score(score.score()),
                    shown.money(score.value().amount(), score.value().currency()),
                    held.getOrDefault(id, 0L)));
        }
        return rows;
    }
}
