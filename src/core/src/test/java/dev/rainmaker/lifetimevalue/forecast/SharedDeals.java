package dev.rainmaker.lifetimevalue.forecast;

import dev.rainmaker.lifetimevalue.model.Shared;
import dev.rainmaker.lifetimevalue.model.Simulation;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/** Transactions for tests: two reference data sets and simulated partners. */
public final class SharedDeals {

    private SharedDeals() {}

    public static Transactions cdnow() {
        TransactionsBuilder builder = Transactions.builder();
        long number = 0;
        for (String line : Shared.lines("data/cdnow/CDNOW_sample.txt")) {
            String[] cells = line.trim().split("\\s+");
            builder.add(
                    ++number,
                    cells[1],
                    LocalDate.parse(cells[2], DateTimeFormatter.BASIC_ISO_DATE),
                    Double.parseDouble(cells[4]),
                    null,
                    null);
        }
        return builder.build();
    }

    /** One order of a reseller is one deal. */
    public static Transactions adventureWorks() {
        Path file = Shared.file("data/adventureworks-reseller/FactResellerSales.csv.gz");
        Map<String, Double> amounts = new TreeMap<>();
        Map<String, String[]> orders = new TreeMap<>();
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            reader.readLine();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                String[] cells = line.split(",");
                amounts.merge(cells[0], Double.parseDouble(cells[9]), Double::sum);
                orders.put(cells[0], cells);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        TransactionsBuilder builder = Transactions.builder();
        orders.forEach(
                (order, cells) -> builder.add(1, cells[3], LocalDate.parse(cells[1]), amounts.get(order), null, null));
        return builder.build();
    }

    /** Poisson deals with rates and sizes that differ between partners; some leave. */
    public static Transactions simulated(int partners, int days, long seed, double unit, String currency) {
        Simulation simulation = new Simulation(seed);
        LocalDate start = LocalDate.of(2022, 1, 1);
        TransactionsBuilder builder = Transactions.builder();
        long line = 0;
        for (int i = 0; i < partners; i++) {
            double perDay = simulation.gamma(1.5) / 60;
            double size = 1000 / simulation.gamma(4);
            double end = Math.min(days, simulation.exponential(1.0 / 400));
            double first = simulation.exponential(1.0 / 60);
            for (double now = first; now < Math.min(days, first + end); now += simulation.exponential(perDay)) {
                double amount = Math.rint(100 * size * simulation.gamma(3)) / 100;
                builder.add(
                        ++line, String.format("p%05d", i), start.plusDays((long) now), amount * unit, null, currency);
            }
        }
        return builder.build();
    }
}
