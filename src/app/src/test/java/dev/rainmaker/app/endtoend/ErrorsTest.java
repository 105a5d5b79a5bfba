package dev.rainmaker.app.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rainmaker.app.cli.Home;
import dev.rainmaker.app.cli.RainmakerCommand;
import dev.rainmaker.app.postgres.TestPostgres;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong outside ends in a sentence that says what to do, with the right exit code and no stack trace. */
class ErrorsTest {

    private static final int FAILED = 1;
    private static final int USAGE = 2;
    private static final int CHECK_FAILED = 4;

    @TempDir
    static Path worlds;

    @TempDir
    Path folder;

    private static SandboxOrg org;
    private Path mappings;
    private Path policies;

    /** What a verb said and how it ended. */
    private record Ending(int code, String out, String err) {

        /** One thing is said, without a stack trace, and it names all of this. */
        Ending says(String... parts) {
            assertThat(err).as("error output").contains(parts).doesNotContain("\tat ", "Exception", "unexpected");
            assertThat(err.strip().lines()).as("error output: " + err).hasSizeLessThanOrEqualTo(3);
            return this;
        }

        void withCode(int expected) {
            assertThat(code).as(err).isEqualTo(expected);
        }
    }

    @BeforeAll
    static void startOrg() throws Exception {
        org = SandboxOrg.start(
                worlds.resolve("org"), "--systems", "salesforce", "--seed", "7", "--partners", "3", "--leads", "5");
    }

    @AfterAll
    static void stopOrg() throws Exception {
        if (org != null) {
            org.close();
        }
    }

    @BeforeEach
    void copyFiles() throws IOException {
        mappings = copyOf("mappings");
        policies = copyOf("policies");
    }

    private Path copyOf(String name) throws IOException {
        Path copy = Files.createDirectories(folder.resolve(name));
        SandboxOrg.copy(Home.folder().resolve(name), copy);
        return copy;
    }

    private Path configuration(String url, String secret, String more) throws IOException {
        TestPostgres.TestDatabase database = TestPostgres.migrated();
        Files.writeString(folder.resolve("secret"), secret);
        Files.writeString(folder.resolve("password"), database.password());
        return Files.writeString(folder.resolve("rainmaker.yaml"), """
                mappings: %s
                policies: %s
                routes: %s
                ledger: { url: "%s", user: %s, password: "${file:%s}" }
                connections:
                  crm:
                    type: salesforce
                    login-url: %s
                    client-id: %s
                    client-secret: ${file:%s}
                %s
                """.formatted(
                        mappings,
                        policies,
                        Home.folder().resolve("routes"),
                        database.jdbcUrl(),
                        database.user(),
                        folder.resolve("password"),
                        url,
                        org.clientId(),
                        folder.resolve("secret"),
                        more));
    }

    private Ending run(String verb, Path configuration, String... more) {
        List<String> arguments = new ArrayList<>(List.of(verb, "--config", configuration.toString(), "--state"));
        arguments.add(folder.resolve("state").toString());
        arguments.addAll(List.of(more));
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        ByteArrayOutputStream complained = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
            int code = RainmakerCommand.run(arguments.toArray(String[]::new));
            return new Ending(code, said.toString(StandardCharsets.UTF_8), complained.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    @Test
    void wrongCredentials() throws Exception {
        Path wrong = configuration(org.url(), "guessed", "");
        run("sync", wrong).says("crm", "client-secret").withCode(FAILED);
        Ending check = run("check", wrong);
        assertThat(check.out()).contains("FAILED", "client-secret").doesNotContain("guessed");
        check.withCode(CHECK_FAILED);
    }

    @Test
    void orgDown() throws Exception {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        Path down = configuration("http://127.0.0.1:" + closed, org.clientSecret(), "");
        run("sync", down).says("crm", "127.0.0.1:" + closed).withCode(FAILED);
        run("check", down).withCode(CHECK_FAILED);
    }

    @Test
    void fieldMissingInTheCrm() throws Exception {
        Path configuration = configuration(org.url(), org.clientSecret(), "");
        org.hook("fields", Map.of("object", "Lead", "hide", "Rainmaker_Partner__c"));
        try {
            Ending check = run("check", configuration);
            assertThat(check.out()).contains("Rainmaker_Partner__c", "Lookup(Account)");
            check.withCode(CHECK_FAILED);
            run("sync", configuration).says("Rainmaker_Partner__c").withCode(FAILED);
        } finally {
            org.hook("fields", Map.of("object", "Lead", "show", "Rainmaker_Partner__c"));
        }
    }

    @Test
    void brokenMapping() throws Exception {
        Path lead = mappings.resolve("salesforce/Lead.yaml");
        Files.writeString(lead, Files.readString(lead).replace("      company:", "      compny:"));
        Path configuration = configuration(org.url(), org.clientSecret(), "");
        run("validate", configuration).says("Lead.yaml:", "compny", "company").withCode(USAGE);
        run("sync", configuration).says("Lead.yaml:", "compny").withCode(USAGE);
    }

    @Test
    void brokenPolicy() throws Exception {
        Path policy = policies.resolve("assignment.yaml");
        Files.writeString(
                policy, Files.readString(policy).replace("has(lead.requestedPartner)", "has(lead.requestedPartnr)"));
        Path configuration = configuration(org.url(), org.clientSecret(), "");
        run("validate", configuration)
                .says("assignment.yaml:", "requestedPartnr")
                .withCode(USAGE);
        run("sync", configuration).says("assignment.yaml:").withCode(USAGE);
    }

    @Test
    void brokenConfiguration() throws Exception {
        Path configuration = configuration(org.url(), org.clientSecret(), "    clint-id: 1");
        run("sync", configuration).says("rainmaker.yaml:", "clint-id").withCode(USAGE);
        run("sync", folder.resolve("none.yaml")).says("none.yaml", "--config").withCode(USAGE);
    }

    @Test
    void connectionThatDoesNotExist() throws Exception {
        run("sync", configuration(org.url(), org.clientSecret(), ""), "crn")
                .says("crn", "crm")
                .withCode(USAGE);
    }

    @Test
    void portInUse() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            String port = Integer.toString(taken.getLocalPort());
            run("serve", configuration(org.url(), org.clientSecret(), ""), "--port", port)
                    .says("Port " + port, "--port")
                    .withCode(USAGE);
        }
    }

    @Test
    void ledgerDatabaseOutOfReach() throws Exception {
        Path configuration = configuration(org.url(), org.clientSecret(), "");
        Files.writeString(
                configuration,
                Files.readString(configuration)
                        .replaceAll("jdbc:postgresql://[^/]*/", "jdbc:postgresql://127.0.0.1:1/"));
        run("sync", configuration).says("127.0.0.1:1", "ledger.url").withCode(FAILED);
    }

    @Test
    void noSpaceLeftForTheLedger() throws Exception {
        Path small = Files.createDirectories(folder.resolve("state"));
        Assumptions.assumeTrue(
                mount(small, "30m"), "skipped: mounting a small tmpfs needs rights that this machine does not give");
        try {
            Path configuration = configuration(org.url(), org.clientSecret(), "");
            Files.writeString(configuration, Files.readString(configuration).replaceAll("(?m)^ledger:.*\n", ""));
            run("sync", configuration).says("space", small.toString()).withCode(FAILED);
        } finally {
            unmount(small);
        }
    }

    @Test
    void noSpaceLeftInTheMiddleOfAPass() throws Exception {
        Path small = Files.createDirectories(folder.resolve("state"));
        Assumptions.assumeTrue(
                mount(small, "400m"), "skipped: mounting a small tmpfs needs rights that this machine does not give");
        try {
            Path configuration = configuration(org.url(), org.clientSecret(), "");
            Files.writeString(configuration, Files.readString(configuration).replaceAll("(?m)^ledger:.*\n", ""));
            run("status", configuration).withCode(0);
            fill(small);
            run("sync", configuration).says("space", small.toString()).withCode(FAILED);
            Files.delete(small.resolve("filler"));
            run("sync", configuration).withCode(0);
        } finally {
            unmount(small);
        }
    }

    private static void fill(Path folder) throws IOException {
        long free = Files.getFileStore(folder).getUsableSpace();
        try (var file = Files.newOutputStream(folder.resolve("filler"))) {
            byte[] block = new byte[64 << 10];
            for (long left = free - (256 << 10); left > 0; left -= block.length) {
                file.write(block);
            }
        }
    }

    private static boolean mount(Path folder, String size) throws Exception {
        return command("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", folder.toString());
    }

    private static void unmount(Path folder) throws Exception {
        for (int i = 0; i < 20 && !command("umount", folder.toString()); i++) {
            Thread.sleep(200);
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).as("unmounted").isEmpty();
        }
    }

    private static boolean command(String... words) throws Exception {
        try {
            Process process = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException noSuchProgram) {
            return false;
        }
    }
}
