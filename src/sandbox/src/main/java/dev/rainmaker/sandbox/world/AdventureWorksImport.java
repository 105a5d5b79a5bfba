package dev.rainmaker.sandbox.world;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns AdventureWorks' reseller sales (Microsoft's sample company, a maker of bicycles) into partners and won deals.
 *
 * <p>A reseller becomes a partner Account authorised for the product categories that it has sold; an order becomes a won
 * Opportunity whose customer is the reseller itself, since the source names no other. Margin is sales less quantity times the
 * line's {@code StandardCost}: the line's {@code TotalProductCost} is the text NULL on 76 lines and contradicts it on 5,185
 * others. Tiers and customers are not in the source; tiers stay empty.
 */
public final class AdventureWorksImport {
    private static final String SOURCE = "AW0";
    private static final Pattern ORDER_NUMBER = Pattern.compile("SO([0-9]{1,15})");
    private static final Map<String, String> BUSINESS_TYPES = Map.of("Ware House", "Warehouse");

    private static final class Order {
        final String number;
        final LocalDate day;
        final long reseller;
        final long employee;
        BigDecimal amount = BigDecimal.ZERO;
        BigDecimal cost = BigDecimal.ZERO;
        final Map<String, BigDecimal> byCategory = new TreeMap<>();

        Order(String number, LocalDate day, long reseller, long employee) {
            this.number = number;
            this.day = day;
            this.reseller = reseller;
            this.employee = employee;
        }

        /** The category with the largest sales; of equal ones the first by alphabet. */
        String mainCategory() {
            String main = "";
            @Nullable BigDecimal most = null;
            for (Map.Entry<String, BigDecimal> category : byCategory.entrySet()) {
                if (most == null || category.getValue().compareTo(most) > 0) {
                    main = category.getKey();
                    most = category.getValue();
                }
            }
            return main;
        }
    }

    private final Map<Long, String> categories = new HashMap<>();
    private final Map<Long, ExportRow> resellers = new TreeMap<>();
    private final Map<String, Order> orders = new TreeMap<>();
    private final ImportedRecords records = new ImportedRecords(SOURCE);

    private AdventureWorksImport() {}

    /**
     * Reads {@code Resellers.csv}, {@code Product.csv} and {@code FactResellerSales.csv} (each also as .gz) and merges their
     * records into the export folder.
     *
     * @return what was imported, for people
     * @throws UnreadableSource naming file, line and column of what is broken; the folder is then unchanged
     */
    public static String run(Path source, Path out) throws IOException {
        return new AdventureWorksImport().convert(source, out);
    }

    private String convert(Path source, Path out) throws IOException {
        SourceTable.open(source, "Product.csv", List.of("ProductKey", "EnglishProductCategoryName"))
                .each(row -> categories.put(row.number("ProductKey"), row.required("EnglishProductCategoryName")));
        SourceTable.open(
                        source,
                        "Resellers.csv",
                        List.of(
                                "ResellerKey",
                                "BusinessType",
                                "ResellerName",
                                "City",
                                "StateProvinceName",
                                "Country_Region"))
                .each(this::reseller);
        SourceTable.open(
                        source,
                        "FactResellerSales.csv",
                        List.of(
                                "SalesOrderNumber",
                                "OrderDate",
                                "ProductKey",
                                "ResellerKey",
                                "EmployeeKey",
                                "OrderQuantity",
                                "SalesAmount",
                                "StandardCost"))
                .each(this::line);
        long selling = finishResellers();
        orders.values().forEach(this::opportunity);
        BigDecimal amount =
                orders.values().stream().map(order -> order.amount).reduce(BigDecimal.ZERO, BigDecimal::add);
        int kept = records.mergeInto(out);
        return "adventureworks: " + records.count(ExportObject.ACCOUNT) + " partner Accounts (" + selling
                + " with orders), " + records.count(ExportObject.OPPORTUNITY) + " won Opportunities over "
                + amount.toPlainString() + " USD, " + records.count(ExportObject.USER) + " Users written to " + out
                + "; "
                + kept + " records of other sources kept";
    }

    private void reseller(SourceRow row) throws BadCell {
        long key = row.number("ResellerKey");
        String type = row.required("BusinessType");
        ExportRow account = new ExportRow()
                .set("Id", records.numbered(ExportObject.ACCOUNT, key))
                .set("Name", row.required("ResellerName"))
                .set("Type", BUSINESS_TYPES.getOrDefault(type, type))
                .set("IsPartner", true)
                .set("BillingCity", row.text("City"))
                .set("BillingState", row.text("StateProvinceName"))
                .set("BillingCountry", row.required("Country_Region"))
                .set("CurrencyIsoCode", "USD");
        if (resellers.putIfAbsent(key, account) != null) {
            throw row.bad("ResellerKey", "stands there twice: " + key);
        }
    }

    private void line(SourceRow row) throws BadCell {
        String number = row.required("SalesOrderNumber");
        LocalDate day = row.date("OrderDate", DateTimeFormatter.ISO_LOCAL_DATE, "2017-07-01");
        long reseller = row.number("ResellerKey");
        long employee = row.number("EmployeeKey");
        if (!resellers.containsKey(reseller)) {
            throw row.bad("ResellerKey", "is not in Resellers.csv: " + reseller);
        }
        String category = categories.get(row.number("ProductKey"));
        if (category == null) {
            throw row.bad("ProductKey", "is not in Product.csv: " + row.text("ProductKey"));
        }
        BigDecimal sales = row.decimal("SalesAmount");
        BigDecimal cost = row.decimal("StandardCost").multiply(BigDecimal.valueOf(row.number("OrderQuantity")));
        Order order = orders.computeIfAbsent(number, key -> new Order(key, day, reseller, employee));
        if (!order.day.equals(day) || order.reseller != reseller || order.employee != employee) {
            throw row.bad("SalesOrderNumber", number + " has another day, reseller or employee than on its first line");
        }
        order.amount = order.amount.add(sales);
        order.cost = order.cost.add(cost);
        order.byCategory.merge(category, sales, BigDecimal::add);
    }

    /** Adds what only the orders tell: categories sold, and the rep of the latest order as owner. Returns who has any. */
    private long finishResellers() {
        Map<Long, TreeSet<String>> sold = new HashMap<>();
        Map<Long, Order> latest = new HashMap<>();
        for (Order order : orders.values()) {
            sold.computeIfAbsent(order.reseller, key -> new TreeSet<>()).addAll(order.byCategory.keySet());
            latest.merge(order.reseller, order, (one, other) -> other.day.isBefore(one.day) ? one : other);
            user(order.employee);
        }
        resellers.forEach((key, account) -> {
            Order last = latest.get(key);
            if (last != null) {
                account.set("OwnerId", records.numbered(ExportObject.USER, last.employee))
                        .set("Authorized_Products__c", String.join(";", sold.getOrDefault(key, new TreeSet<>())));
            }
            records.add(ExportObject.ACCOUNT, account);
        });
        return sold.size();
    }

    /** The source knows its reps by number only. */
    private void user(long employee) {
        String login = "employee" + employee + "@adventure-works.example";
        records.add(
                ExportObject.USER,
                new ExportRow()
                        .set("Id", records.numbered(ExportObject.USER, employee))
                        .set("Username", login)
                        .set("LastName", "Employee " + employee)
                        .set("Email", login)
                        .set("Alias", "emp" + employee % 100_000)
                        .set("IsActive", true));
    }

    private void opportunity(Order order) {
        Matcher numbered = ORDER_NUMBER.matcher(order.number);
        String account = records.numbered(ExportObject.ACCOUNT, order.reseller);
        ExportRow reseller = resellers.getOrDefault(order.reseller, new ExportRow());
        records.add(
                ExportObject.OPPORTUNITY,
                new ExportRow()
                        .set(
                                "Id",
                                numbered.matches()
                                        ? records.numbered(ExportObject.OPPORTUNITY, Long.parseLong(numbered.group(1)))
                                        : records.named(ExportObject.OPPORTUNITY, order.number))
                        .set("Name", order.number + " " + reseller.value("Name"))
                        .set("AccountId", account)
                        .set("PartnerAccountId", account)
                        .set("OwnerId", records.numbered(ExportObject.USER, order.employee))
                        .set("StageName", "Closed Won")
                        .set("IsClosed", true)
                        .set("IsWon", true)
                        .set("CloseDate", order.day)
                        .set(
                                "CreatedDate",
                                order.day.atStartOfDay(ZoneOffset.UTC).toInstant())
                        .money("Amount", order.amount)
                        .money("Margin__c", order.amount.subtract(order.cost))
                        .set("CurrencyIsoCode", "USD")
                        .set("Product__c", order.mainCategory()));
    }
}
