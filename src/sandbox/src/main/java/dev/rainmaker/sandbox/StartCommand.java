package dev.rainmaker.sandbox;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rainmaker.sandbox.salesforce.OrgProfile;
import dev.rainmaker.sandbox.salesforce.SalesforceSandbox;
import dev.rainmaker.sandbox.salesforce.SalesforceSettings;
import dev.rainmaker.sandbox.world.GeneratedWorld;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts a Salesforce org, says where it is, and serves it until told to stop. */
@Command(
        name = "start",
        description = "Start a Salesforce org. Prints one JSON line with URL and credentials when it is ready.",
        mixinStandardHelpOptions = true)
final class StartCommand implements Callable<Integer> {

    @Option(names = "--state", required = true, description = "Folder that keeps the org over restarts.")
    private Path state = Path.of(".");

    @Option(names = "--data", description = "Export folder to load if the state is empty.")
    private @Nullable Path data;

    @Option(
            names = "--host",
            defaultValue = "127.0.0.1",
            description = "Address to listen on (default: ${DEFAULT-VALUE}).")
    private String host = "";

    @Option(names = "--port", defaultValue = "0", description = "Port to listen on, 0 for any free one.")
    private int port;

    @Option(
            names = "--seed",
            defaultValue = "7",
            description = "Seed of the generated world (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--partners", description = "Generate a world with so many partners if the state is empty.")
    private @Nullable Integer partners;

    @Option(
            names = "--leads",
            defaultValue = "500",
            description = "New leads in the generated world (default: ${DEFAULT-VALUE}).")
    private int leads;

    @Option(names = "--trickle", description = "A new lead keeps arriving after each such time, such as PT3S.")
    private @Nullable Duration trickle;

    @Option(names = "--with-parent", description = "Stop when standard input ends, as it does when the parent dies.")
    private boolean withParent;

    @Option(names = "--hooks", description = "Serve /__sandbox/ for tests: faults, counts, edits.")
    private boolean hooks;

    @Option(names = "--profile", description = "JSON file with keys of docs/sandbox.md that differ from the default.")
    private @Nullable Path profileFile;

    @Option(names = "--set", description = "One key of the profile: --set daily-calls=15000.")
    private List<String> set = new ArrayList<>();

    @Option(
            names = "--client-id",
            defaultValue = "${env:SANDBOX_CLIENT_ID}",
            description = "Consumer key (default: kept in the state).")
    private @Nullable String clientId;

    @Option(
            names = "--client-secret",
            defaultValue = "${env:SANDBOX_CLIENT_SECRET}",
            description = "Consumer secret (default: kept in the state).")
    private @Nullable String clientSecret;

    @Option(
            names = "--password",
            defaultValue = "${env:SANDBOX_PASSWORD}",
            description = "Password of all users; without it the password grant is refused.")
    private @Nullable String password;

    @Option(names = "--jwt-certificate", description = "PEM certificate or public key of JWT bearer clients.")
    private @Nullable Path jwtCertificate;

    @Override
    public Integer call() throws Exception {
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            stop.countDown();
            await(stopped);
        }));
        try (SalesforceSandbox org = SalesforceSandbox.start(settings())) {
            Trickle leadsArriving = trickle == null ? null : Trickle.start(org, trickle, seed, state.resolve("export"));
            say(org);
            if (withParent) {
                endWithParent(stop);
            }
            stop.await();
            if (leadsArriving != null) {
                leadsArriving.close();
            }
        } finally {
            stopped.countDown();
        }
        return 0;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private SalesforceSettings settings() throws IOException {
        OrgProfile profile = profileFile == null ? OrgProfile.defaults() : OrgProfile.read(profileFile);
        for (String pair : set) {
            int equals = pair.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("--set needs key=value, not " + pair);
            }
            profile = profile.with(pair.substring(0, equals), pair.substring(equals + 1));
        }
        SalesforceSettings settings = SalesforceSettings.in(state)
                .at(host, port)
                .behaving(profile)
                .withClient(clientId, clientSecret)
                .withLogins(password, jwtCertificate == null ? null : publicKey(jwtCertificate));
        settings = hooks ? settings.withHooks() : settings;
        Path source = source();
        return source == null ? settings : settings.withData(source);
    }

    /** The folder to load. The accounts stay in the state, for new leads to come from where partners are. */
    private @Nullable Path source() throws IOException {
        Path kept = state.resolve("export");
        if (data != null && partners != null) {
            throw new IllegalArgumentException(
                    "--data and --partners exclude each other: load a folder or generate a world");
        }
        if (partners != null && !Files.exists(kept)) {
            // Moved when complete, so that a kill leaves no half world behind.
            Path partial = state.resolve("export-" + ProcessHandle.current().pid());
            Files.createDirectories(state);
            GeneratedWorld.write(partial, seed, partners, leads);
            Files.move(partial, kept);
            return kept;
        }
        if (data != null && Files.exists(data.resolve("Account.csv")) && !Files.exists(kept)) {
            Files.createDirectories(kept);
            Files.copy(data.resolve("Account.csv"), kept.resolve("Account.csv"), StandardCopyOption.REPLACE_EXISTING);
        }
        return data != null ? data : partners != null ? kept : null;
    }

    private static PublicKey publicKey(Path file) throws IOException {
        String pem = Files.readString(file);
        try {
            if (pem.contains("BEGIN CERTIFICATE")) {
                try (InputStream in =
                        new ByteArrayInputStream(pem.getBytes(java.nio.charset.StandardCharsets.US_ASCII))) {
                    return CertificateFactory.getInstance("X.509")
                            .generateCertificate(in)
                            .getPublicKey();
                }
            }
            String base64 = pem.replaceAll("-----[A-Z ]+-----|\\s", "");
            return KeyFactory.getInstance("RSA")
                    .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException(file + " holds no X.509 certificate and no RSA public key in PEM form", e);
        }
    }

    private static void say(SalesforceSandbox org) {
        ObjectNode line = new ObjectMapper().createObjectNode();
        ObjectNode salesforce = line.putObject("salesforce");
        salesforce.put("url", org.url());
        salesforce.put("clientId", org.clientId());
        salesforce.put("clientSecret", org.clientSecret());
        System.out.println(line);
        System.out.flush();
    }

    private static void endWithParent(CountDownLatch stop) {
        Thread watcher = new Thread(
                () -> {
                    try {
                        while (System.in.read() >= 0) {
                            // Only the end of the stream says something.
                        }
                    } catch (IOException e) {
                        // A broken pipe is an end too.
                    }
                    stop.countDown();
                },
                "parent-watch");
        watcher.setDaemon(true);
        watcher.start();
    }
}
