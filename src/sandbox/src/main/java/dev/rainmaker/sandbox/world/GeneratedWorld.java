package dev.rainmaker.sandbox.world;

import dev.rainmaker.sandbox.world.LeadMaker.Market;
import dev.rainmaker.sandbox.world.PartnerMaker.Made;
import dev.rainmaker.sandbox.world.Places.Country;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Writes a made-up company's Salesforce org as a data-export folder: partners that truly differ, three years of their deals
 * and leads, their people's answers to campaigns, and new leads that nobody has assigned. {@link WorldTruth} knows what is
 * true. All people and companies are invented; the differences between partners are simulated, so a good result here shows
 * that the software finds what is there, not that real partners differ so.
 *
 * <p>The same arguments give the same bytes.
 */
public final class GeneratedWorld {
    /** The mark of this source inside its ids. */
    static final String SOURCE = "GW0";

    private GeneratedWorld() {}

    /**
     * Writes the world as seen today in UTC.
     *
     * @see #write(Path, long, int, int, LocalDate)
     */
    public static void write(Path folder, long seed, int partners, int leads) throws IOException {
        write(folder, seed, partners, leads, LocalDate.now(ZoneOffset.UTC));
    }

    /**
     * Writes the world into the folder, in place of an earlier generated one and of what was imported into that.
     *
     * @param seed which world; any number
     * @param partners how many partner Accounts, 1 to 100,000
     * @param leads how many open, unassigned Leads, 0 to 10,000,000; past leads come on top
     * @param asOf the day up to which history runs; open leads arrived in the days before it
     * @throws IllegalArgumentException if a number is out of its range
     * @throws IOException if the folder holds CSV files that are not a generated world's, or cannot be written
     */
    public static void write(Path folder, long seed, int partners, int leads, LocalDate asOf) throws IOException {
        requireRange("partners", partners, 1, 100_000);
        requireRange("leads", leads, 0, 10_000_000);
        requireOwn(folder);
        Places places = Places.shipped();
        int countries = Math.min(places.countries().size(), Math.max(1, partners / 3));
        List<Country> covered = places.countries().subList(0, countries);
        Dice dice = new Dice(seed);
        List<Made> made = new PartnerMaker(dice, asOf, covered).make(partners);
        Customers customers = new Customers(dice, asOf, covered, partners + 1, partners);
        WorldTruth truth =
                new WorldTruth(seed, asOf, made.stream().map(Made::truth).toList());
        try (ExportWriter out = new ExportWriter(folder)) {
            for (ExportObject object : ExportObject.values()) {
                out.open(object, object.columns());
            }
            ProgrammeMaker programme = new ProgrammeMaker(dice, asOf, out);
            programme.users(Math.max(4, partners / 25), covered);
            programme.campaigns();
            Market market = new Market(
                    covered,
                    Places.weights(covered),
                    places.uncovered(),
                    Catalogue.PRODUCTS,
                    namesByCountry(made),
                    customers.all());
            RegistrationMaker registrations = new RegistrationMaker(dice, asOf, made, covered);
            openLeads(out, dice, market, programme, leads, asOf, registrations);
            registrations.write(out, leads, programme.activeOwner(dice.branch("registrations", 0)));
            HistoryMaker history = new HistoryMaker(asOf, customers, new LeadMaker(market, 0), out, leads);
            for (Made partner : made) {
                Dice own = partner.dice().branch("owner", 0);
                String owner = partner.anchor() ? programme.activeOwner(own) : programme.owner(own);
                out.write(ExportObject.ACCOUNT, PartnerMaker.account(partner, owner, leads / (double) partners));
                programme.people(partner, owner);
                history.write(partner, owner);
            }
            NamedAccounts named = new NamedAccounts(asOf, made);
            for (Customers.Customer customer : customers.all()) {
                Dice own = dice.branch(customer.id(), 0);
                ExportRow account = Customers.account(customer, programme.activeOwner(own), own);
                named.name(
                        account,
                        customer,
                        dice.branch("named-account", customer.id().hashCode()));
                out.write(ExportObject.ACCOUNT, account);
            }
            TruthFile.write(folder.resolve(WorldTruth.FILE_NAME), truth);
            out.commit();
        }
    }

    private static void openLeads(
            ExportWriter out,
            Dice dice,
            Market market,
            ProgrammeMaker programme,
            int leads,
            LocalDate asOf,
            RegistrationMaker registrations) {
        LeadMaker maker = new LeadMaker(market, 0);
        Instant end = asOf.atStartOfDay(ZoneOffset.UTC).toInstant();
        for (int i = 0; i < leads; i++) {
            Dice own = dice.branch("lead", i);
            long age = (long) StrictMath.min(30 * 86_400, 60 + own.exponential(36 * 3_600));
            ExportRow lead = maker.next(own)
                    .set("Id", SalesforceId.numbered(ExportObject.LEAD, SOURCE, i + 1))
                    .set("OwnerId", programme.owner(own))
                    .set("IsConverted", false)
                    .set("CreatedDate", end.minusSeconds(age));
            out.write(ExportObject.LEAD, lead);
            registrations.see(lead, end.minusSeconds(age));
        }
    }

    private static Map<String, List<String>> namesByCountry(List<Made> partners) {
        Map<String, List<String>> names = new HashMap<>();
        for (Made partner : partners) {
            PartnerTruth truth = partner.truth();
            names.computeIfAbsent(truth.country(), country -> new ArrayList<>()).add(truth.name());
        }
        return names;
    }

    private static void requireRange(String what, int value, int from, int to) {
        if (value < from || value > to) {
            throw new IllegalArgumentException(
                    what + " must be from " + from + " to " + to + ", but is " + value + "; choose another number");
        }
    }

    /** A folder that does not hold a generated world may be somebody's own export: it must not vanish. */
    private static void requireOwn(Path folder) throws IOException {
        if (!Files.isDirectory(folder) || Files.exists(folder.resolve(WorldTruth.FILE_NAME))) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            if (files.anyMatch(file -> file.getFileName().toString().endsWith(".csv"))) {
                throw new IOException(
                        folder + " already holds CSV files that are not a generated world's; choose an empty folder");
            }
        }
    }
}
