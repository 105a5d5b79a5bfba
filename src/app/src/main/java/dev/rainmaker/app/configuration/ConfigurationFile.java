package dev.rainmaker.app.configuration;

import com.github.kagkarlsson.scheduler.task.schedule.CronSchedule;
import dev.rainmaker.app.yaml.ConfigurationException;
import dev.rainmaker.app.yaml.NearMiss;
import dev.rainmaker.app.yaml.Place;
import dev.rainmaker.app.yaml.Problem;
import dev.rainmaker.app.yaml.YamlDocument;
import dev.rainmaker.app.yaml.YamlMap;
import dev.rainmaker.app.yaml.YamlNode;
import dev.rainmaker.app.yaml.YamlSchema;
import dev.rainmaker.connector.ConnectorFactory;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads rainmaker.yaml; collects every problem before it gives up. */
final class ConfigurationFile {

    private static final YamlSchema SCHEMA = YamlSchema.beside(ConfigurationFile.class, "/rainmaker.schema.json");

    private final Path file;
    private final Path folder;
    private final List<ConnectorFactory> factories;
    private final List<Problem> problems = new ArrayList<>();
    private final SecretReference secrets;

    ConfigurationFile(Path file, UnaryOperator<@Nullable String> environment, List<ConnectorFactory> factories) {
        this.file = file;
        Path parent = file.toAbsolutePath().getParent();
        this.folder = parent == null ? file.toAbsolutePath() : parent;
        this.factories = factories;
        this.secrets = new SecretReference(folder, environment, problems);
    }

    RainmakerConfiguration read() {
        YamlDocument document = YamlDocument.read(file);
        SCHEMA.require(document);
        YamlMap map = document.map();
        ConnectionReader reader = new ConnectionReader(folder, factories, secrets, problems);
        List<ConnectionSettings> connections = map.map("connections").entries().stream()
                .flatMap(entry -> reader.read(entry).stream())
                .toList();
        Optional<LedgerSettings> ledger = map.has("ledger") ? ledger(map.map("ledger")) : Optional.empty();
        ConsoleSettings console = console(map.map("console"));
        ExchangeRates rates = rates(map);
        List<Schedule> schedules =
                schedules(map.map("schedules"), map.map("connections").keys());
        ConfigurationException.throwIfAny(problems);
        return new RainmakerConfiguration(
                map.text("tenant").orElse(RainmakerConfiguration.DEFAULT_TENANT),
                connections,
                ledger,
                console,
                rates,
                schedules,
                folder(map, "mappings"),
                folder(map, "policies"),
                folder(map, "routes"));
    }

    private Path folder(YamlMap map, String key) {
        return folder.resolve(map.text(key).orElse(key));
    }

    private Optional<LedgerSettings> ledger(YamlMap map) {
        String url = secrets.resolve("url", map.scalar("url").orElseThrow(), false);
        Place place = map.placeOf("url");
        if (!url.isEmpty() && !url.startsWith("jdbc:postgresql:")) {
            problems.add(place.problem("the ledger's url must begin with jdbc:postgresql:"));
        }
        if (url.contains("password=")) {
            problems.add(place.problem(
                    "the ledger's url must not hold the password", "use the key \"password\" with ${env:NAME}"));
        }
        String user = secrets.resolve("user", map.scalar("user").orElseThrow(), false);
        String password = map.scalar("password")
                .map(scalar -> secrets.resolve("password", scalar, true))
                .orElse("");
        return Optional.of(new LedgerSettings(url, user, password));
    }

    private ConsoleSettings console(YamlMap map) {
        int port = map.text("port").map(Integer::parseInt).orElse(ConsoleSettings.DEFAULT_PORT);
        Optional<URI> publicUrl = map.text("public-url")
                .flatMap(url -> at(map.placeOf("public-url"), () -> {
                    URI uri = URI.create(url);
                    if (uri.getHost() == null) {
                        throw new IllegalArgumentException(
                                "\"public-url\" must be an http or https address, not \"" + url + "\"");
                    }
                    return uri;
                }));
        return new ConsoleSettings(port, publicUrl);
    }

    private ExchangeRates rates(YamlMap map) {
        String reporting = map.text("reporting-currency").orElse(RainmakerConfiguration.DEFAULT_CURRENCY);
        ExchangeRates rates = at(map.placeOf("reporting-currency"), () -> new ExchangeRates(reporting, List.of()))
                .orElse(new ExchangeRates(RainmakerConfiguration.DEFAULT_CURRENCY, List.of()));
        for (YamlNode item : map.list("exchange-rates")) {
            ExchangeRates before = rates;
            YamlMap rate = (YamlMap) item;
            rates = at(rate.place(), () -> {
                        List<ExchangeRates.Rate> more = new ArrayList<>(before.rates());
                        more.add(new ExchangeRates.Rate(
                                rate.required("currency"),
                                rate.text("since").map(LocalDate::parse).orElse(LocalDate.MIN),
                                new BigDecimal(rate.required("rate"))));
                        return new ExchangeRates(before.reportingCurrency(), more);
                    })
                    .orElse(before);
        }
        return rates;
    }

    private List<Schedule> schedules(YamlMap map, Set<String> connections) {
        List<Schedule> schedules = new ArrayList<>();
        for (YamlMap.Entry entry : map.entries()) {
            YamlMap schedule = (YamlMap) entry.value();
            schedule.text("connection")
                    .filter(name -> !connections.contains(name))
                    .ifPresent(name -> problems.add(schedule.scalar("connection")
                            .orElseThrow()
                            .place()
                            .problem("there is no connection \"" + name + "\"", NearMiss.remedy(name, connections))));
            at(entry.keyPlace(), () -> schedule(entry.key(), schedule)).ifPresent(schedules::add);
        }
        return schedules;
    }

    private Schedule schedule(String name, YamlMap map) {
        ZoneId zone = map.text("zone").map(ZoneId::of).orElse(ZoneOffset.UTC);
        Optional<String> cron = map.text("cron");
        cron.ifPresent(pattern ->
                requireCron(pattern, zone, map.scalar("cron").orElseThrow().place()));
        Optional<Duration> every = map.text("every").map(Duration::parse);
        every.filter(interval -> interval.compareTo(Duration.ofSeconds(1)) < 0).ifPresent(tooShort -> {
            throw new IllegalArgumentException("\"every\" must be at least PT1S, not " + tooShort);
        });
        return new Schedule(name, map.required("task"), map.text("connection"), every, cron, zone);
    }

    private void requireCron(String pattern, ZoneId zone, Place place) {
        try {
            new CronSchedule(pattern, zone);
        } catch (IllegalArgumentException wrong) {
            problems.add(place.problem(
                    "cron \"" + pattern + "\": " + wrong.getMessage(),
                    "six fields: second minute hour day month weekday"));
        }
    }

    /** Runs a reading; what it refuses becomes a problem at the place. */
    private <T> Optional<T> at(Place place, Supplier<T> reading) {
        try {
            return Optional.of(reading.get());
        } catch (IllegalArgumentException | DateTimeException wrong) {
            problems.add(place.problem(String.valueOf(wrong.getMessage())));
            return Optional.empty();
        }
    }
}
