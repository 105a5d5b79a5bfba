package dev.rainmaker.app.configuration;

import dev.rainmaker.app.yaml.ConfigurationException;
import dev.rainmaker.app.yaml.Place;
import dev.rainmaker.connector.ConnectorFactory;
import dev.rainmaker.connector.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * What {@code rainmaker.yaml} says, checked, with secrets resolved. No part shows a secret in {@code toString}.
 *
 * @param tenant owner of everything in the ledger, {@code default} unless set
 * @param connections in the order of the file
 * @param ledger a PostgreSQL by URL; empty means the embedded one
 * @param mappings folder with one folder per connector
 */
public record RainmakerConfiguration(
        String tenant,
        List<ConnectionSettings> connections,
        Optional<LedgerSettings> ledger,
        ConsoleSettings console,
        ExchangeRates exchangeRates,
        List<Schedule> schedules,
        Path mappings,
        Path policies,
        Path routes) {

    public static final String DEFAULT_TENANT = "default";
    public static final String DEFAULT_CURRENCY = "USD";

    public RainmakerConfiguration {
        connections = List.copyOf(connections);
        schedules = List.copyOf(schedules);
    }

    /**
     * Reads and checks a configuration file; secrets come from this process's environment and from files.
     *
     * @throws ConfigurationException with every problem found
     */
    public static RainmakerConfiguration load(Path file) {
        return new ConfigurationFile(file, System::getenv, factories()).read();
    }

    /** Without connections: everything at its default, mappings, policies and routes in the given folder. */
    public static RainmakerConfiguration of(Path home) {
        return new RainmakerConfiguration(
                DEFAULT_TENANT,
                List.of(),
                Optional.empty(),
                ConsoleSettings.onPort(ConsoleSettings.DEFAULT_PORT),
                new ExchangeRates(DEFAULT_CURRENCY, List.of()),
                List.of(),
                home.resolve("mappings"),
                home.resolve("policies"),
                home.resolve("routes"));
    }

    /** The connectors on the class path, found by {@link ServiceLoader}. */
    static List<ConnectorFactory> factories() {
        return ServiceLoader.load(ConnectorFactory.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }

    /**
     * With one more connection, given by a program rather than a file: values are plain.
     *
     * @throws ConfigurationException if there is no such connector or a setting is wrong
     */
    public RainmakerConfiguration withConnection(String name, String type, Map<String, String> settings) {
        Place place = new Place("connection " + name, 1, 1);
        ConnectorFactory factory = factories().stream()
                .filter(candidate -> candidate.type().equals(type))
                .findFirst()
                .orElseThrow(() ->
                        new ConfigurationException(place.problem("there is no connector of type \"" + type + "\"")));
        return withConnection(name, factory, settings);
    }

    /** As above, with a connector that need not be on the class path's list. */
    public RainmakerConfiguration withConnection(String name, ConnectorFactory factory, Map<String, String> settings) {
        Place place = new Place("connection " + name, 1, 1);
        List<ConnectionSettings> more = new ArrayList<>(connections);
        try {
            more.add(new ConnectionSettings(name, factory, new Settings(factory.settings(), settings), place));
        } catch (IllegalArgumentException wrong) {
            throw new ConfigurationException(place.problem(String.valueOf(wrong.getMessage())));
        }
        return new RainmakerConfiguration(
                tenant, more, ledger, console, exchangeRates, schedules, mappings, policies, routes);
    }

    public RainmakerConfiguration withConsole(ConsoleSettings other) {
        return new RainmakerConfiguration(
                tenant, connections, ledger, other, exchangeRates, schedules, mappings, policies, routes);
    }

    public RainmakerConfiguration withLedger(LedgerSettings other) {
        return new RainmakerConfiguration(
                tenant, connections, Optional.of(other), console, exchangeRates, schedules, mappings, policies, routes);
    }

    public RainmakerConfiguration withExchangeRates(ExchangeRates other) {
        return new RainmakerConfiguration(
                tenant, connections, ledger, console, other, schedules, mappings, policies, routes);
    }

    public RainmakerConfiguration withSchedules(List<Schedule> other) {
        return new RainmakerConfiguration(
                tenant, connections, ledger, console, exchangeRates, other, mappings, policies, routes);
    }

    /** The currency in which reports and scores compare money. */
    public String reportingCurrency() {
        return exchangeRates.reportingCurrency();
    }

    public Optional<ConnectionSettings> connection(String name) {
        return connections.stream()
                .filter(connection -> connection.name().equals(name))
                .findFirst();
    }
}
