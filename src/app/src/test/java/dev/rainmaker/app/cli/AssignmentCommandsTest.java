package dev.rainmaker.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rainmaker.app.configuration.LedgerSettings;
import dev.rainmaker.app.configuration.RainmakerConfiguration;
import dev.rainmaker.app.ledger.IncomingRecord;
import dev.rainmaker.app.lifetimevalue.Programme;
import dev.rainmaker.app.postgres.TestPostgres;
import dev.rainmaker.app.progress.Progress;
import dev.rainmaker.app.runtime.Rainmaker;
import dev.rainmaker.connector.SourceRecord;
import dev.rainmaker.fact.Fact;
import dev.rainmaker.fact.FactKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Out of office and the judgement of a draft from the command line, on a ledger of two partners and three leads. */
class AssignmentCommandsTest {

    private static final String DRAFT = "rules:\n  - { rule: best, strategy: top-plv }\n";

    @TempDir
    Path folder;

    private LedgerHome home;

    @BeforeEach
    void twoPartnersAndThreeLeads() throws IOException {
        TestPostgres.TestDatabase database = TestPostgres.migrated();
        home = LedgerHome.of(folder, database);
        try (Rainmaker rainmaker = Rainmaker.open(
                RainmakerConfiguration.of(Path.of(System.getProperty("rainmaker.home", "../..")))
                        .withLedger(new LedgerSettings(database.jdbcUrl(), database.user(), database.password())),
                folder.resolve("first"),
                Clock.systemUTC(),
                Progress.SILENT)) {
            rainmaker.startFlows(false);
            state(rainmaker, Programme.partner("north", "Gold"), Programme.partner("south", "Silver"));
            for (int i = 0; i < 3; i++) {
                state(rainmaker, Programme.lead("lead" + i, null, LocalDate.parse("2026-06-01"), null, null, false));
            }
            rainmaker.decideWaiting();
        }
    }

    private static void state(Rainmaker rainmaker, Fact... facts) {
        for (Fact fact : facts) {
            String stream = fact.kind() == FactKind.LEAD ? "Lead" : "Account";
            rainmaker
                    .facts()
                    .commit(
                            "crm",
                            stream,
                            "1",
                            List.of(new IncomingRecord(
                                    new SourceRecord(
                                            stream, fact.id().id(), fact.modifiedAt(), false, Map.of(), new byte[] {
                                                '{', '}'
                                            }),
                                    List.of(fact),
                                    List.of(),
                                    null)));
        }
    }

    @Test
    void aPartnerIsAwayUntilItIsBackOrItIsTakenBack() throws IOException {
        assertThat(home.run("assign", "absent").out()).contains("Nobody is out of office.");

        Verb away = home.run("assign", "absent", "north", "--until", "2999-01-01", "--note", "works closed");
        assertThat(away.code()).isEqualTo(ExitCode.DONE);
        assertThat(away.out()).contains("Partner north, from ", ", back 2999-01-01T00:00:00Z: works closed");
        assertThat(home.run("assign", "absent", "-o", "json").json())
                .singleElement()
                .satisfies(
                        absence -> assertThat(absence.path("partner").asText()).isEqualTo("crm/north"));

        assertThat(home.run("assign", "absent", "north", "--end").out()).contains("Nobody is out of office.");
        Verb twice = home.run("assign", "absent", "north", "--end");
        assertThat(twice.code()).isEqualTo(ExitCode.FAILED);
        assertThat(twice.err()).contains("No absence of crm/north was stated here.");
    }

    @Test
    void whatCannotBeMeantIsToldInASentence() {
        assertThat(home.run("assign", "absent", "north").err())
                .contains("--until says from when on the partner is back");
        assertThat(home.run("assign", "absent", "--until", "2999-01-01").err()).contains("which partner?");
        assertThat(home.run("assign", "absent", "nobody", "--until", "2999-01-01")
                        .code())
                .isNotEqualTo(ExitCode.DONE);
    }

    @Test
    void aDraftIsJudgedOnTheLedgersDecisionsAndOpenLeadsAreNoEvidence() throws IOException {
        Path draft = folder.resolve("draft.yaml");
        Files.writeString(draft, DRAFT);

        Verb judged = home.run("policy", "evaluate", "--policy", draft.toString(), "--since", "1d", "-o", "json");

        assertThat(judged.code()).isEqualTo(ExitCode.DONE);
        assertThat(judged.json().path("verdict").asText()).isEqualTo("refused");
        assertThat(judged.err()).contains("3").contains("the lead is still open (censored)");

        Files.writeString(draft, "rules:\n  - { rule: best, strategy: guess }\n");
        Verb broken = home.run("policy", "evaluate", "--policy", draft.toString());
        assertThat(broken.code()).isEqualTo(ExitCode.CHECK_FAILED);
        assertThat(broken.err()).contains("draft.yaml:2:").contains("guess");
    }
}
