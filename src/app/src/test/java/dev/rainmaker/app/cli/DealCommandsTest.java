package dev.rainmaker.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rainmaker.app.dealregistration.DealWorld;
import dev.rainmaker.dealregistration.Registration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deal registration from the command line, on a ledger of its own. */
class DealCommandsTest {

    private static final Path HOME =
            Path.of(System.getProperty("rainmaker.home", "../..")).toAbsolutePath();

    private final DealWorld world = new DealWorld();

    @TempDir
    Path folder;

    @BeforeEach
    void configure() throws IOException {
        Files.writeString(folder.resolve("password"), world.database.password());
        Files.writeString(
                folder.resolve("rainmaker.yaml"),
                "connections: {}\nmappings: " + HOME.resolve("mappings") + "\npolicies: " + HOME.resolve("policies")
                        + "\nroutes: " + HOME.resolve("routes") + "\nledger:\n  url: " + world.database.jdbcUrl()
                        + "\n  user: "
                        + world.database.user() + "\n  password: ${file:" + folder.resolve("password") + "}\n");
    }

    @AfterEach
    void close() {
        world.close();
    }

    private Verb run(String... verb) {
        String[] arguments = new String[verb.length + 4];
        System.arraycopy(verb, 0, arguments, 0, verb.length);
        arguments[verb.length] = "--config";
        arguments[verb.length + 1] = folder.resolve("rainmaker.yaml").toString();
        arguments[verb.length + 2] = "--state";
        arguments[verb.length + 3] = folder.resolve("state").toString();
        return Verb.run(arguments);
    }

    @Test
    void aClosedCustomerIsRefusedInOneSentenceAndNothingIsKept() throws IOException {
        world.state(DealWorld.account("shut", "Shut Down GmbH", "shutdown-company.de", "Closed"));

        Verb refused = run("deal", "register", "--partner", "crm/north", "--customer", "Shut Down", "--country", "DE");

        assertThat(refused.code()).isEqualTo(ExitCode.FAILED);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err())
                .contains("Not registered: the customer is closed: no deal can be registered with it.");
        assertThat(run("deal", "list", "-o", "json").json()).isEmpty();
    }

    @Test
    void listsComeAsJsonAndAsCsvThatASpreadsheetCannotRun() throws IOException {
        Registration held = world.registered(
                DealWorld.NORTH, DealWorld.claim("=HYPERLINK(\"http://x\",\"y\") GmbH", "hyper-link.de", "Firewall"));
        world.registered(DealWorld.SOUTH, DealWorld.claim("@Sum AG", null, "Backup", "Sensor"));

        String[] deals = run("deal", "list", "-o", "csv").out().split("\r\n");
        String[] locks = run("lock", "list", "-o", "csv").out().split("\r\n");

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
        assertThat(run("lock", "list", "-o", "json").json()).hasSize(2);
        assertThat(run("deal", "list").out()).contains("NUMBER").contains(held.number());
    }
}
