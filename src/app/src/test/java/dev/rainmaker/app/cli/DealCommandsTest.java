package dev.rainmaker.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rainmaker.app.dealregistration.DealWorld;
import dev.rainmaker.dealregistration.Registration;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deal registration from the command line, on a ledger of its own. */
class DealCommandsTest {

    private final DealWorld world = new DealWorld();

    @TempDir
    Path folder;

    private LedgerHome home;

    @BeforeEach
    void configure() throws IOException {
        home = LedgerHome.of(folder, world.database);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aClosedCustomerIsRefusedInOneSentenceAndNothingIsKept() throws IOException {
        world.state(DealWorld.account("shut", "Shut Down GmbH", "shutdown-company.de", "Closed"));

        Verb refused =
                home.run("deal", "register", "--partner", "crm/north", "--customer", "Shut Down", "--country", "DE");

        assertThat(refused.code()).isEqualTo(ExitCode.FAILED);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err())
                .contains("Not registered: the customer is closed: no deal can be registered with it.");
        assertThat(home.run("deal", "list", "-o", "json").json()).isEmpty();
    }

    @Test
    void listsComeAsJsonAndAsCsvThatASpreadsheetCannotRun() throws IOException {
        Registration held = world.registered(
                DealWorld.NORTH, DealWorld.claim("=HYPERLINK(\"http://x\",\"y\") GmbH", "hyper-link.de", "Firewall"));
        world.registered(DealWorld.SOUTH, DealWorld.claim("@Sum AG", null, "Backup", "Sensor"));

        String[] deals = home.run("deal", "list", "-o", "csv").out().split("\r\n");
        String[] locks = home.run("lock", "list", "-o", "csv").out().split("\r\n");

        assertThat(deals).hasSize(3);
        assertThat(deals[0])
                .isEqualTo("number,state,partner,partnerName,customer,customerKey,scope,submittedAt,reviewBy,lockUntil,"
                        + "reason,source");
        assertThat(deals[1]).contains(",crm/south,South IT,'@Sum AG,").contains(",Backup; Sensor,");
        assertThat(deals[2])
                .startsWith(held.number() + ",approved,crm/north,North IT,")
                .contains(",\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\") GmbH\",");
        assertThat(locks[0]).isEqualTo("number,customer,customerKey,holder,holderName,scope,from,until,fence");
        assertThat(locks)
                .hasSize(3)
                .anySatisfy(line -> assertThat(line)
                        .startsWith(held.number() + ",\"'=HYPERLINK(")
                        .contains(",crm/north,North IT,Firewall,"));
        assertThat(home.run("lock", "list", "-o", "json").json()).hasSize(2);
        assertThat(home.run("deal", "list").out()).contains("NUMBER").contains(held.number());
    }
}
