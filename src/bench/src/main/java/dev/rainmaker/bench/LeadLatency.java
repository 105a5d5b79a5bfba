package dev.rainmaker.bench;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rainmaker.app.Main;
import dev.rainmaker.app.access.ApiTokens;
import dev.rainmaker.app.access.Role;
import dev.rainmaker.app.ledger.Ledger;
import dev.rainmaker.app.postgres.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/**
 * From an event that the intake accepts to the partner written in the CRM, at a fixed rate of arrival: sandbox, application (with
 * its PostgreSQL) and generator are processes of their own on one machine. An event's time begins when it was due to be
 * sent, whether or not the ones before it were answered (no coordinated omission), and ends with the CRM's own stamp of the write.
 *
 * <p>Arguments: leads per second, seconds, home folder, and the same leads already decided before (history, default 0).
 */
public final class LeadLatency {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSZ", Locale.ROOT);
    private static final int PARTNERS = 60;
    private static final int WARM_SECONDS = 10;
    private static final int BATCH = 200;
    private static final String SECRET = "CRM_SECRET";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path home;
    private final Path folder;
    private JsonNode crm = JSON.createObjectNode();
    private String session = "";

    private LeadLatency(Path home, Path folder) {
        this.home = home;
        this.folder = folder;
    }

    /** Runs it and prints the figures. */
    public static void main(String[] args) throws Exception {
        ((Logger) LoggerFactory.getLogger("ROOT")).setLevel(Level.WARN);
        int rate = args.length > 0 ? Integer.parseInt(args[0]) : 50;
        int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 60;
        Path home = Path.of(args.length > 2 ? args[2] : "").toAbsolutePath();
        int history = args.length > 3 ? Integer.parseInt(args[3]) : 0;
        new LeadLatency(home, Files.createTempDirectory("rainmaker-bench")).run(rate, seconds, history);
    }

    private void run(int rate, int seconds, int history) throws Exception {
        Path state = Files.createDirectories(folder.resolve("state"));
        String token = token(state);
        Process sandbox = java(
                List.of(
                        "-jar",
                        home.resolve("src/sandbox/target/rainmaker-sandbox.jar").toString(),
                        "start",
                        "--with-parent",
                        "--systems",
                        "salesforce",
                        "--seed",
                        "7",
                        "--partners",
                        String.valueOf(PARTNERS),
                        "--leads",
                        String.valueOf(history),
                        "--set",
                        "stamp-precision=PT0.001S",
                        "--state",
                        folder.resolve("org").toString()),
                Map.of());
        Process app = null;
        try {
            crm = JSON.readTree(firstLine(sandbox, "{")).path("salesforce");
            login();
            Path configuration = configuration();
            app = java(
                    List.of(
                            "-XX:+UseSerialGC",
                            "-Drainmaker.home=" + home,
                            "-cp",
                            System.getProperty("java.class.path"),
                            Main.class.getName(),
                            "serve",
                            "--port",
                            "0",
                            "--config",
                            configuration.toString(),
                            "--state",
                            state.toString()),
                    Map.of(SECRET, crm.path("clientSecret").asText()));
            String said = firstLine(app, "Rainmaker runs");
            URI intake =
                    URI.create(said.replaceAll(".*?(http\\S+?/?)\\s.*", "$1")).resolve("/api/intake/crm/Lead");
            awaitFirstPass(history);
            double[] trips = roundTrips();
            send(intake, token, create(rate * WARM_SECONDS, "Warm"), rate, rate * WARM_SECONDS);
            List<String> leads = create(rate * seconds, "Lead");
            Map<String, Long> before = processes(app, sandbox);
            long began = System.nanoTime();
            Map<String, Long> due = send(intake, token, leads, rate, leads.size());
            double wall = (System.nanoTime() - began) / 1e9;
            Map<String, Long> after = processes(app, sandbox);
            print(rate, seconds, history, trips, latencies(due));
            shares(before, after, wall);
        } finally {
            if (app != null) {
                app.destroy();
                app.waitFor(30, TimeUnit.SECONDS);
            }
            sandbox.destroy();
        }
    }

    private static String token(Path state) throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.start(state, EmbeddedPostgres.Options.standard());
                Ledger ledger = Ledger.open(server.jdbcUrl(), server.user(), server.password(), "default")) {
            return new ApiTokens(ledger.dataSource(), Clock.systemUTC())
                    .create("bench", Role.OPERATOR, Optional.empty(), "bench")
                    .secret();
        }
    }

    private Process java(List<String> arguments, Map<String, String> environment) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** Waits for a line that begins so; what follows it is read away. */
    private static String firstLine(Process process, String beginning) throws IOException {
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder before = new StringBuilder();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(beginning)) {
                Thread rest = new Thread(() -> readAway(out));
                rest.setDaemon(true);
                rest.start();
                return line;
            }
            before.append(line).append('\n');
        }
        throw new IllegalStateException("a process ended before it was ready:\n" + before);
    }

    private static void readAway(BufferedReader out) {
        try (out) {
            while (out.readLine() != null) {
                continue;
            }
        } catch (IOException ended) {
            return; // with its process
        }
    }

    private Path configuration() throws IOException {
        return Files.writeString(folder.resolve("rainmaker.yaml"), """
                mappings: %s
                policies: %s
                routes: %s
                schedules:
                  reading: { task: sync, every: PT24H }
                connections:
                  crm:
                    type: salesforce
                    login-url: %s
                    client-id: %s
                    client-secret: ${env:%s}
                """.formatted(
                        home.resolve("mappings"),
                        home.resolve("policies"),
                        home.resolve("routes"),
                        crm.path("url").asText(),
                        crm.path("clientId").asText(),
                        SECRET));
    }

    private void login() throws Exception {
        session = call(HttpRequest.newBuilder(URI.create(crm.path("url").asText() + "/services/oauth2/token"))
                        .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials&client_id="
                                + crm.path("clientId").asText() + "&client_secret="
                                + crm.path("clientSecret").asText())))
                .path("access_token")
                .asText();
    }

    private JsonNode call(HttpRequest.Builder request) throws Exception {
        HttpResponse<String> answer = http.send(
                request.header("Authorization", "Bearer " + session).build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IllegalStateException(answer.statusCode() + " " + answer.body());
        }
        return JSON.readTree(answer.body().isEmpty() ? "{}" : answer.body());
    }

    private HttpRequest.Builder data(String path) {
        return HttpRequest.newBuilder(URI.create(crm.path("url").asText() + "/services/data/v64.0/" + path))
                .header("Content-Type", "application/json")
                .header("Sforce-Auto-Assign", "FALSE");
    }

    private JsonNode query(String soql) throws Exception {
        return call(data("query?q=" + URLEncoder.encode(soql, StandardCharsets.UTF_8)));
    }

    /** The application reads everything at its start; waits until it has scored the partners. */
    private void awaitFirstPass(int history) throws Exception {
        String assigned = "SELECT count() FROM Lead WHERE Rainmaker_Partner__c != null";
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(10);
        while (System.nanoTime() < end) {
            long scored = query("SELECT count() FROM Account WHERE Rainmaker_PLV_Score__c != null")
                    .path("totalSize")
                    .asLong();
            if (scored > 0 && query(assigned).path("totalSize").asLong() >= history * 8L / 10) {
                Thread.sleep(2_000);
                return;
            }
            Thread.sleep(500);
        }
        throw new IllegalStateException("the first pass did not end");
    }

    private List<String> create(int count, String name) throws Exception {
        List<String> countries = new ArrayList<>();
        query("SELECT BillingCountry FROM Account WHERE Rainmaker_PLV_Score__c != null")
                .path("records")
                .forEach(row -> countries.add(row.path("BillingCountry").asText("United States")));
        List<String> ids = new ArrayList<>();
        for (int from = 0; from < count; from += BATCH) {
            var records = JSON.createArrayNode();
            for (int i = from; i < Math.min(count, from + BATCH); i++) {
                var record = records.addObject();
                record.putObject("attributes").put("type", "Lead");
                record.put("LastName", name + i);
                record.put("Company", name + " Company Number " + Integer.toString(i * 7919 + 11, 36));
                record.put("Country", countries.get(i % countries.size()));
                record.put("Status", "Open - Not Contacted");
            }
            call(data("composite/sobjects")
                            .POST(HttpRequest.BodyPublishers.ofString(JSON.createObjectNode()
                                    .put("allOrNone", true)
                                    .<com.fasterxml.jackson.databind.node.ObjectNode>set("records", records)
                                    .toString())))
                    .forEach(made -> ids.add(made.path("id").asText()));
        }
        return ids;
    }

    /** What one write of one record costs at the sandbox itself, in milliseconds. */
    private double[] roundTrips() throws Exception {
        String id = create(1, "Probe").get(0);
        double[] trips = new double[300];
        for (int i = 0; i < trips.length; i++) {
            long began = System.nanoTime();
            call(data("composite/sobjects")
                    .method(
                            "PATCH",
                            HttpRequest.BodyPublishers.ofString(
                                    "{\"allOrNone\":false,\"records\":[{\"attributes\":{\"type\":\"Lead\"},\"id\":\""
                                            + id + "\",\"Title\":\"t" + i + "\"}]}")));
            trips[i] = (System.nanoTime() - began) / 1e6;
        }
        double[] warm = Arrays.copyOfRange(trips, 100, trips.length);
        Arrays.sort(warm);
        return warm;
    }

    /** Sends at the rate; returns when each was due, in milliseconds of the epoch. Waits until all are written. */
    private Map<String, Long> send(URI intake, String token, List<String> leads, int rate, int count) throws Exception {
        Map<String, Long> due = new HashMap<>();
        Map<String, Integer> refused = new ConcurrentHashMap<>();
        AtomicInteger accepted = new AtomicInteger();
        long start = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(100);
        long startMillis = System.currentTimeMillis() + 100;
        for (int i = 0; i < count; i++) {
            long offset = i * 1_000_000_000L / rate;
            String id = leads.get(i);
            due.put(id, startMillis + offset / 1_000_000);
            for (long left = start + offset - System.nanoTime(); left > 0; left = start + offset - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            HttpRequest event = HttpRequest.newBuilder(intake)
                    .header("Authorization", "Bearer " + token)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"id\":\"" + id + "\"}"))
                    .build();
            http.sendAsync(event, HttpResponse.BodyHandlers.discarding()).whenComplete((answer, failed) -> {
                if (failed == null && answer.statusCode() == 202) {
                    accepted.incrementAndGet();
                } else {
                    refused.put(id, failed == null ? answer.statusCode() : -1);
                }
            });
        }
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (accepted.get() + refused.size() < count || written(leads).size() < count - refused.size()) {
            if (System.nanoTime() > end) {
                break;
            }
            Thread.sleep(1_000);
        }
        if (!refused.isEmpty()) {
            System.out.println("not accepted: " + refused.size() + " such as "
                    + refused.entrySet().iterator().next());
        }
        return due;
    }

    /** When the CRM stamped each lead that shows a decision. */
    private Map<String, Instant> written(List<String> wanted) throws Exception {
        Map<String, Instant> stamps = new HashMap<>();
        String first = wanted.stream().min(String::compareTo).orElseThrow();
        JsonNode page = query("SELECT Id, SystemModstamp FROM Lead WHERE Rainmaker_Decision_Id__c != null AND Id >= '"
                + first + "' ORDER BY Id");
        while (true) {
            page.path("records")
                    .forEach(row -> stamps.put(
                            row.path("Id").asText(),
                            OffsetDateTime.parse(row.path("SystemModstamp").asText(), STAMP)
                                    .toInstant()));
            if (page.path("done").asBoolean()) {
                return stamps;
            }
            page = call(HttpRequest.newBuilder(URI.create(
                    crm.path("url").asText() + page.path("nextRecordsUrl").asText())));
        }
    }

    private double[] latencies(Map<String, Long> due) throws Exception {
        Map<String, Instant> written = written(List.copyOf(due.keySet()));
        double[] latencies = new double[due.size()];
        int i = 0;
        for (Map.Entry<String, Long> each : due.entrySet()) {
            Instant stamp = written.get(each.getKey());
            latencies[i++] = stamp == null ? Double.POSITIVE_INFINITY : stamp.toEpochMilli() - each.getValue();
        }
        Arrays.sort(latencies);
        return latencies;
    }

    private static void print(int rate, int seconds, int history, double[] trips, double[] latencies) {
        System.out.printf(
                Locale.ROOT,
                "sandbox write of one record: p50 %.1f ms, p99 %.1f ms%n"
                        + "%d leads/s for %d s after %,d earlier ones: p50 %.0f ms, p90 %.0f ms, p99 %.0f ms, max %.0f ms, never %d%n",
                quantile(trips, 0.5),
                quantile(trips, 0.99),
                rate,
                seconds,
                history,
                quantile(latencies, 0.5),
                quantile(latencies, 0.9),
                quantile(latencies, 0.99),
                latencies[latencies.length - 1],
                Arrays.stream(latencies).filter(Double::isInfinite).count());
    }

    private static double quantile(double[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1L, (long) (share * sorted.length))];
    }

    /** CPU milliseconds used so far, by who used them. */
    private Map<String, Long> processes(Process app, Process sandbox) throws IOException {
        Map<String, Long> used = new HashMap<>();
        used.put("generator", ticks(ProcessHandle.current().pid(), false));
        used.put("sandbox", ticks(sandbox.pid(), false));
        used.put("app", ticks(app.pid(), false));
        long postgres = 0;
        ProcessHandle server = ProcessHandle.allProcesses()
                .filter(each -> each.info().commandLine().orElse("").contains(folder.toString())
                        && each.info().command().orElse("").endsWith("/postgres"))
                .findFirst()
                .orElseThrow();
        postgres += ticks(server.pid(), true);
        try (Stream<ProcessHandle> all = server.children()) {
            for (ProcessHandle each : (Iterable<ProcessHandle>) all::iterator) {
                postgres += ticks(each.pid(), false);
            }
        }
        used.put("PostgreSQL", postgres);
        return used;
    }

    /** Fields 14 to 17 of /proc/PID/stat (proc(5)): own and waited-for children's time in user and system mode. */
    private static long ticks(long pid, boolean withChildren) throws IOException {
        Path stat = Path.of("/proc/" + pid + "/stat");
        if (!Files.exists(stat)) {
            return 0;
        }
        String text = Files.readString(stat);
        String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
        long sum = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        return 10 * (withChildren ? sum + Long.parseLong(fields[13]) + Long.parseLong(fields[14]) : sum);
    }

    private static void shares(Map<String, Long> before, Map<String, Long> after, double wall) {
        StringBuilder line = new StringBuilder("CPU, share of one core:");
        for (String who : List.of("app", "PostgreSQL", "sandbox", "generator")) {
            line.append(String.format(
                    Locale.ROOT,
                    " %s %.0f %%,",
                    who,
                    (after.getOrDefault(who, 0L) - before.getOrDefault(who, 0L)) / 10.0 / wall));
        }
        System.out.println(line.substring(0, line.length() - 1));
    }
}
