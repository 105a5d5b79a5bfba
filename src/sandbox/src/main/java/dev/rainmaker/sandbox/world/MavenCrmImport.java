package dev.rainmaker.sandbox.world;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns Maven Analytics' "CRM Sales Opportunities" (an invented seller of computer hardware) into customers and new leads.
 *
 * <p>An account becomes a customer Account, an open opportunity (Prospecting, Engaging) a Lead of that account's company and
 * country; most have no account, and so no country: Company is then {@value #NOT_PROVIDED}, as Salesforce itself writes it.
 * Closed opportunities are not imported. A lead is created on its engage date; those that have none yet (Prospecting) on the
 * last day that the pipeline mentions, the latest at which they can have been there. Known misspellings of the source
 * ({@code Philipines}, {@code technolgy}, {@code GTXPro}) are put right.
 */
public final class MavenCrmImport {
    static final String NOT_PROVIDED = "[not provided]";
    private static final String SOURCE = "MV0";
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("M/d/uuuu", Locale.ROOT);
    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);
    private static final Map<String, String> STAGES =
            Map.of("Prospecting", "Open - Not Contacted", "Engaging", "Working - Contacted");
    private static final List<String> CLOSED = List.of("Won", "Lost");
    private static final Map<String, String> SPELLINGS = Map.of("Philipines", "Philippines", "technolgy", "technology");

    private final Map<String, ExportRow> accounts = new LinkedHashMap<>();
    private final Map<String, String> products = new HashMap<>();
    private final ImportedRecords records = new ImportedRecords(SOURCE);
    private @Nullable LocalDate lastDay;
    private int withCountry;

    private MavenCrmImport() {}

    /**
     * Reads {@code accounts.csv}, {@code products.csv}, {@code sales_teams.csv} and {@code sales_pipeline.csv} (each also as
     * .gz) and merges their records into the export folder.
     *
     * @return what was imported, for people
     * @throws UnreadableSource naming file, line and column of what is broken; the folder is then unchanged
     */
    public static String run(Path source, Path out) throws IOException {
        return new MavenCrmImport().convert(source, out);
    }

    private String convert(Path source, Path out) throws IOException {
        SourceTable.open(source, "products.csv", List.of("product")).each(row -> {
            String name = row.required("product");
            products.put(spelling(name), name);
        });
        SourceTable.open(source, "sales_teams.csv", List.of("sales_agent")).each(this::agent);
        SourceTable customers = SourceTable.open(
                source,
                "accounts.csv",
                List.of(
                        "account",
                        "sector",
                        "year_established",
                        "revenue",
                        "employees",
                        "office_location",
                        "subsidiary_of"));
        customers.each(this::account);
        customers.each(this::parent);
        accounts.values().forEach(account -> records.add(ExportObject.ACCOUNT, account));
        SourceTable pipeline = SourceTable.open(
                source,
                "sales_pipeline.csv",
                List.of(
                        "opportunity_id",
                        "sales_agent",
                        "product",
                        "account",
                        "deal_stage",
                        "engage_date",
                        "close_date"));
        pipeline.each(this::lastDay);
        pipeline.each(this::lead);
        int kept = records.mergeInto(out);
        return "maven-crm: " + records.count(ExportObject.ACCOUNT) + " customer Accounts, "
                + records.count(ExportObject.LEAD) + " open Leads (" + withCountry + " with a country), "
                + records.count(ExportObject.USER) + " Users written to " + out + "; " + kept
                + " records of other sources kept";
    }

    private void agent(SourceRow row) throws BadCell {
        String name = row.required("sales_agent");
        int space = name.lastIndexOf(' ');
        String login = Names.ascii(name).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", ".") + "@maven-crm.example";
        String alias = Names.ascii(name).replaceAll("[^A-Za-z0-9]+", "");
        ExportRow user = new ExportRow()
                .set("Id", records.named(ExportObject.USER, name))
                .set("Username", login)
                .set("FirstName", space < 0 ? null : name.substring(0, space))
                .set("LastName", name.substring(space + 1))
                .set("Email", login)
                .set("Alias", alias.substring(0, Math.min(8, alias.length())))
                .set("IsActive", true);
        if (!records.add(ExportObject.USER, user)) {
            throw row.bad("sales_agent", "stands there twice: " + name);
        }
    }

    private void account(SourceRow row) throws BadCell {
        String name = row.required("account");
        ExportRow account = new ExportRow()
                .set("Id", records.named(ExportObject.ACCOUNT, name))
                .set("Name", name)
                .set("Type", "Customer")
                .set("IsPartner", false)
                .set("BillingCountry", corrected(row.required("office_location")))
                .set("Industry", corrected(row.text("sector")))
                .money("AnnualRevenue", row.decimal("revenue").multiply(MILLION))
                .set("NumberOfEmployees", row.number("employees"))
                .set("CurrencyIsoCode", "USD")
                .set("Year_Established__c", row.number("year_established"));
        if (accounts.putIfAbsent(name, account) != null) {
            throw row.bad("account", "stands there twice: " + name);
        }
    }

    private void parent(SourceRow row) throws BadCell {
        String parent = row.text("subsidiary_of");
        if (parent.isEmpty()) {
            return;
        }
        if (!accounts.containsKey(parent)) {
            throw row.bad("subsidiary_of", "is no account: " + parent);
        }
        customer(row, row.required("account")).set("ParentId", records.named(ExportObject.ACCOUNT, parent));
    }

    private void lastDay(SourceRow row) throws BadCell {
        for (String column : List.of("engage_date", "close_date")) {
            if (!row.text(column).isEmpty()) {
                LocalDate day = row.date(column, DAY, "10/20/2016");
                lastDay = lastDay == null || day.isAfter(lastDay) ? day : lastDay;
            }
        }
    }

    private void lead(SourceRow row) throws BadCell {
        String key = row.required("opportunity_id");
        String stage = row.required("deal_stage");
        String status = STAGES.get(stage);
        if (status == null && !CLOSED.contains(stage)) {
            throw row.bad("deal_stage", "should be Prospecting, Engaging, Won or Lost, but is '" + stage + "'");
        }
        String agent = row.required("sales_agent");
        ExportRow lead = new ExportRow()
                .set("Id", records.named(ExportObject.LEAD, key))
                .set("LastName", NOT_PROVIDED)
                .set("Company", NOT_PROVIDED)
                .set("Status", status)
                .set("IsConverted", false)
                .set("OwnerId", records.named(ExportObject.USER, agent))
                .set("CurrencyIsoCode", "USD")
                .set("ProductInterest__c", product(row));
        if (!records.has(ExportObject.USER, lead.value("OwnerId"))) {
            throw row.bad("sales_agent", "is not in sales_teams.csv: " + agent);
        }
        if (status == null) {
            return;
        }
        company(lead, row);
        LocalDate created = row.text("engage_date").isEmpty() ? lastDay : row.date("engage_date", DAY, "10/20/2016");
        if (created != null) {
            lead.set("CreatedDate", created.atStartOfDay(ZoneOffset.UTC).toInstant());
        }
        if (!records.add(ExportObject.LEAD, lead)) {
            throw row.bad("opportunity_id", "stands there twice: " + key);
        }
    }

    private void company(ExportRow lead, SourceRow row) throws BadCell {
        String name = row.text("account");
        if (name.isEmpty()) {
            return;
        }
        ExportRow account = customer(row, name);
        lead.set("Company", name)
                .set("Country", account.value("BillingCountry"))
                .set("Industry", account.value("Industry"))
                .set("AnnualRevenue", account.value("AnnualRevenue"))
                .set("NumberOfEmployees", account.value("NumberOfEmployees"));
        withCountry++;
    }

    private ExportRow customer(SourceRow row, String name) throws BadCell {
        ExportRow account = accounts.get(name);
        if (account == null) {
            throw row.bad("account", "is not in accounts.csv: " + name);
        }
        return account;
    }

    private String product(SourceRow row) throws BadCell {
        String written = row.required("product");
        String product = products.get(spelling(written));
        if (product == null) {
            throw row.bad("product", "is not in products.csv: " + written);
        }
        return product;
    }

    /** Products are the same whatever their blanks and capitals: the pipeline's GTXPro is the list's GTX Pro. */
    private static String spelling(String product) {
        return product.replaceAll("\\s", "").toLowerCase(Locale.ROOT);
    }

    private static String corrected(String word) {
        return SPELLINGS.getOrDefault(word, word);
    }
}
