package dev.rainmaker.app.lifetimevalue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rainmaker.app.configuration.LedgerSettings;
import dev.rainmaker.app.configuration.RainmakerConfiguration;
import dev.rainmaker.app.ledger.IncomingRecord;
import dev.rainmaker.app.ledger.ScoreLedger.StoredScore;
import dev.rainmaker.app.postgres.TestPostgres;
import dev.rainmaker.app.progress.Progress;
import dev.rainmaker.app.runtime.Rainmaker;
import dev.rainmaker.app.runtime.StandingJobs;
import dev.rainmaker.app.schedule.Schedules;
import dev.rainmaker.connector.SourceRecord;
import dev.rainmaker.fact.Fact;
import dev.rainmaker.lifetimevalue.PlvTerm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What expires lowers a score on its day, by the clock alone: no connected system is read, none is even configured. */
class NewDayTest {

    private static final LocalDate LAST_VALID = LocalDate.parse("2026-06-09");

    private static final class SetClock extends Clock {
        private volatile Instant now = Instant.parse("2026-06-08T23:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }

    @TempDir
    Path home;

    @Test
    void anExpiredCertificateLowersThePartnerOnTheDayByTheTimerWithoutASync() throws Exception {
        policies();
        SetClock clock = new SetClock();
        TestPostgres.TestDatabase database = TestPostgres.migrated();
        RainmakerConfiguration configuration = RainmakerConfiguration.of(home)
                .withLedger(new LedgerSettings(database.jdbcUrl(), database.user(), database.password()));
        try (Rainmaker rainmaker = Rainmaker.open(configuration, home, clock, Progress.SILENT);
                Schedules schedules = new Schedules(
                        rainmaker.ledger().dataSource(),
                        clock,
                        StandingJobs.of(rainmaker, clock).stream()
                                .filter(job -> job.name().equals("score"))
                                .toList())) {
            assertThat(StandingJobs.of(rainmaker, clock))
                    .extracting(job -> job.name())
                    .contains("score", "refit", "retention");
            state(rainmaker, Programme.partner("p1", "Gold"));
            state(rainmaker, Programme.partner("p2", "Gold"));
            state(rainmaker, Programme.person("h1", "p1"));
            state(
                    rainmaker,
                    Programme.certificate(
                            "t1", "h1", "Firewall Expert", LAST_VALID.minusYears(1), LAST_VALID.plusDays(1)));
            rainmaker.scorePartners().score(clock.instant(), Progress.SILENT);
            StoredScore before = score(rainmaker);
            assertThat(certification(before)).isEqualTo(1);
            schedules.start();

            clock.now = Instant.parse("2026-06-09T00:00:31Z"); // the certificate's last day
            await(() -> dayOf(rainmaker) == LAST_VALID.toEpochDay());
            assertThat(certification(score(rainmaker))).isEqualTo(1);

            await(() -> schedules.status("score").next().equals(Optional.of(Instant.parse("2026-06-10T00:00:30Z"))));
            clock.now = Instant.parse("2026-06-10T00:00:31Z");
            await(() -> dayOf(rainmaker) == LAST_VALID.plusDays(1).toEpochDay());
            assertThat(certification(score(rainmaker))).isZero();
            assertThat(score(rainmaker).score()).isLessThan(before.score());
            assertThat(rainmaker.runs().latest(10)).isEmpty();
        }
    }

    private static long dayOf(Rainmaker rainmaker) {
        return rainmaker.plvVersions().followed().getOrDefault("plv-day", 0L);
    }

    private static StoredScore score(Rainmaker rainmaker) {
        return rainmaker.scores().find(Programme.id("p1")).orElseThrow();
    }

    private static double certification(StoredScore score) {
        return ScorePartners.result(score).term(PlvTerm.CERTIFICATION).metric();
    }

    private void policies() throws Exception {
        Path shipped = Path.of(System.getProperty("rainmaker.home", "../..")).resolve("policies");
        Path own = Files.createDirectories(home.resolve("policies"));
        Files.copy(shipped.resolve("assignment.yaml"), own.resolve("assignment.yaml"));
        Files.writeString(
                own.resolve("plv.yaml"), Resellers.policyThatRequires("tier: Gold, titles: [Firewall Expert]"));
    }

    private static void state(Rainmaker rainmaker, Fact fact) {
        String stream = fact.kind().word();
        SourceRecord source = new SourceRecord(
                stream, fact.id().id(), Instant.parse("2026-06-01T00:00:00Z"), false, Map.of(), new byte[] {'{', '}'});
        rainmaker
                .facts()
                .commit("crm", stream, "1", List.of(new IncomingRecord(source, List.of(fact), List.of(), null)));
    }

    private static void await(java.util.function.BooleanSupplier holds) {
        long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!holds.getAsBoolean()) {
            assertThat(System.nanoTime()).as("the timer should have run by now").isLessThan(until);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }
}
