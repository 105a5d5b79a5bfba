package dev.rainmaker.sandbox;

import dev.rainmaker.sandbox.hubspot.HubSpotSandbox;
import dev.rainmaker.sandbox.hubspot.HubSpotSettings;
import dev.rainmaker.sandbox.hubspot.PortalProfile;
import dev.rainmaker.sandbox.moodle.MoodleSandbox;
import dev.rainmaker.sandbox.moodle.MoodleSettings;
import dev.rainmaker.sandbox.moodle.SiteProfile;
import dev.rainmaker.sandbox.profile.Profile;
import dev.rainmaker.sandbox.salesforce.OrgProfile;
import dev.rainmaker.sandbox.salesforce.SalesforceSandbox;
import dev.rainmaker.sandbox.salesforce.SalesforceSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
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

/** Starts the simulators asked for, says where they are, and serves them until told to stop. */
@Command(
        name = "start",
        description = "Start simulators. Prints one JSON line with URLs and credentials when they are ready.",
        mixinStandardHelpOptions = true)
final class StartCommand implements Callable<Integer> {

    /** What can be simulated. */
    private enum Vendor {
        salesforce,
        hubspot,
        moodle
    }

    @Option(names = "--state", required = true, description = "Folder that keeps the org over restarts.")
    private Path state = Path.of(".");

    @Option(names = "--data", description = "Export folder to load if the state is empty.")
    private @Nullable Path data;

    @Option(
            names = "--host",
            defaultValue = "127.0.0.1",
            description = "Address to listen on (default: ${DEFAULT-VALUE}).")
    private String host = "";

    @Option(
            names = "--port",
            defaultValue = "0",
            description = "Port of the first system, 0 for any free ones; the others take the ports that follow.")
    private int port;

    @Option(
            names = "--systems",
            split = ",",
            paramLabel = "SYSTEM",
            description =
                    "Which to start: salesforce, hubspot, moodle (default: all with --partners, else salesforce).")
    private List<Vendor> systems = new ArrayList<>();

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

    @Option(names = "--webhook", paramLabel = "URL", description = "Where HubSpot's events go at first.")
    private @Nullable URI webhook;

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
        try (Systems running = new Systems()) {
            start(running);
            running.say();
            if (withParent) {
                endWithParent(stop);
            }
            stop.await();
        } finally {
            stopped.countDown();
        }
        return 0;
    }

    private List<Vendor> wanted() {
        if (!systems.isEmpty()) {
            return systems;
        }
        return partners == null ? List.of(Vendor.salesforce) : List.of(Vendor.values());
    }

    private void start(Systems running) throws Exception {
        GeneratedSystems world = new GeneratedSystems(state, seed, partners, leads, wanted().contains(Vendor.hubspot));
        if (wanted().contains(Vendor.salesforce)) {
            SalesforceSandbox org = running.add(SalesforceSandbox.start(settings(world)));
            if (trickle != null) {
                running.closeFirst(Trickle.start(org, trickle, seed, state.resolve("export")));
            }
        }
        if (wanted().contains(Vendor.hubspot)) {
            HubSpotSettings settings = HubSpotSettings.in(state.resolve("hubspot"))
                    .at(host, portOf(Vendor.hubspot))
                    .filled(world::fill)
                    .withWebhook(webhook)
                    .behaving(profile(PortalProfile.defaults(), "hubspot."));
            running.add(HubSpotSandbox.start(hooks ? settings.withHooks() : settings));
        }
        if (wanted().contains(Vendor.moodle)) {
            MoodleSettings settings = MoodleSettings.in(state.resolve("moodle"))
                    .at(host, portOf(Vendor.moodle))
                    .filled(world::fill)
                    .behaving(profile(SiteProfile.defaults(), "moodle."));
            running.add(MoodleSandbox.start(hooks ? settings.withHooks() : settings));
        }
    }

    private int portOf(Vendor vendor) {
        return port == 0 ? 0 : port + wanted().indexOf(vendor);
    }

    /** The defaults with the keys of the file and of the command line that are this system's. */
    private Profile profile(Profile defaults, String prefix) throws IOException {
        Profile profile = defaults;
        if (profileFile != null) {
            profile = profile.read(profileFile, prefix);
        }
        for (String pair : set) {
            int equals = pair.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("--set needs key=value, not " + pair);
            }
            String key = pair.substring(0, equals);
            if (Profile.belongs(key, prefix)) {
                profile = profile.with(key.substring(prefix.length()), pair.substring(equals + 1));
            }
        }
        return profile;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private SalesforceSettings settings(GeneratedSystems world) throws IOException {
        SalesforceSettings settings = SalesforceSettings.in(state)
                .at(host, portOf(Vendor.salesforce))
                .behaving(profile(OrgProfile.defaults(), ""))
                .withClient(clientId, clientSecret)
                .withLogins(password, jwtCertificate == null ? null : publicKey(jwtCertificate));
        settings = hooks ? settings.withHooks() : settings;
        Path source = source(world);
        return source == null ? settings : settings.withData(source);
    }

    /** The folder to load. The accounts stay in the state, for new leads to come from where partners are. */
    private @Nullable Path source(GeneratedSystems world) throws IOException {
        Path kept = state.resolve("export");
        if (data != null && partners != null) {
            throw new IllegalArgumentException(
                    "--data and --partners exclude each other: load a folder or generate a world");
        }
        if (data == null) {
            return partners == null ? null : world.salesforce();
        }
        if (Files.exists(data.resolve("Account.csv")) && !Files.exists(kept)) {
            Files.createDirectories(kept);
            Files.copy(data.resolve("Account.csv"), kept.resolve("Account.csv"), StandardCopyOption.REPLACE_EXISTING);
        }
        return data;
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
