package dev.rainmaker.sandbox.world;

import static dev.rainmaker.sandbox.world.ExportFixture.assertSound;
import static dev.rainmaker.sandbox.world.ExportFixture.bytes;
import static dev.rainmaker.sandbox.world.ExportFixture.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportersTest {
    private static final String RESELLERS =
            "ResellerKey,BusinessType,ResellerName,City,StateProvinceName,Country_Region\n"
                    + "1,Ware House,\"=cmd|' /C calc'!A0\",Köln,Nordrhein-Westfalen,Germany\n"
                    + "2,Specialty Bike Shop,\"Wheels, \"\"Chains\"\"\n& Sons\",Novi,Michigan,United States\n";
    private static final String PRODUCTS =
            "ProductKey,Product,EnglishProductCategoryName\n10,Road,Bikes\n20,Bell,Parts\n";
    private static final String SALES =
            "SalesOrderNumber,OrderDate,ProductKey,ResellerKey,EmployeeKey,OrderQuantity,TotalProductCost,SalesAmount,StandardCost\n"
                    + "SO1,2020-01-02,10,1,7,2,NULL,100.50,40.25\n"
                    + "SO1,2020-01-02,20,1,7,1,9,120.00,130.00\n"
                    + "SO2,2020-02-03,20,1,8,1,9,5.00,6.00\n";
    private static final String ACCOUNTS =
            "account,sector,year_established,revenue,employees,office_location,subsidiary_of\n"
                    + "Acme,technolgy,1996,1100.04,2822,Philipines,\n"
                    + "Beta,retail,1999,0.5,12,Kenya,Acme\n";
    private static final String TEAMS = "sales_agent,manager\nMoses Frase,A\nJosé de la Cruz,B\n";
    private static final String LIST = "product,series\nGTX Pro,GTX\nMG Special,MG\n";
    private static final String PIPELINE =
            "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\n"
                    + "AAAA1111,Moses Frase,GTXPro,Acme,Won,10/20/2016,3/1/2017,1054\n"
                    + "BBBB2222,Moses Frase,GTXPro,Acme,Engaging,1/9/2017,,\n"
                    + "CCCC3333,José de la Cruz,MG Special,,Prospecting,,,\n";

    @TempDir
    Path folder;

    private Path bikes;
    private Path crm;
    private Path out;

    @BeforeEach
    void sources() throws IOException {
        bikes = Files.createDirectories(folder.resolve("bikes"));
        crm = Files.createDirectories(folder.resolve("crm"));
        out = folder.resolve("out");
        put(bikes, "Resellers.csv", RESELLERS);
        put(bikes, "Product.csv", PRODUCTS);
        put(bikes, "FactResellerSales.csv", SALES);
        put(crm, "accounts.csv", ACCOUNTS);
        put(crm, "sales_teams.csv", TEAMS);
        put(crm, "products.csv", LIST);
        put(crm, "sales_pipeline.csv", PIPELINE);
    }

    @Test
    void linesOfAnOrderAddUpToOneWonOpportunity() throws IOException {
        Importers.run("adventureworks", bikes, out);

        assertThat(rows(out, "Opportunity"))
                .hasSize(2)
                .first()
                .satisfies(deal -> assertThat(deal)
                        .containsEntry("Amount", "220.50")
                        .containsEntry("Margin__c", "10.00")
                        .containsEntry("Product__c", "Parts")
                        .containsEntry("CloseDate", "2020-01-02")
                        .containsEntry("StageName", "Closed Won")
                        .containsEntry("CurrencyIsoCode", "USD"));
        Map<String, String> partner = rows(out, "Account").get(0);
        assertThat(partner)
                .containsEntry("Type", "Warehouse")
                .containsEntry("Authorized_Products__c", "Bikes;Parts")
                .containsEntry("BillingCountry", "Germany");
        assertThat(rows(out, "User"))
                .filteredOn(user -> user.get("Id").equals(partner.get("OwnerId")))
                .singleElement()
                .satisfies(user -> assertThat(user).containsEntry("LastName", "Employee 8"));
        assertSound(out);
    }

    @Test
    void namesThatLookLikeFormulasOrHoldQuotesAndLineBreaksStayWhatTheyAre() throws IOException {
        Importers.run("adventureworks", bikes, out);
        Importers.run("adventureworks", bikes, out);

        assertThat(rows(out, "Account"))
                .extracting(account -> account.get("Name"))
                .containsExactly("=cmd|' /C calc'!A0", "Wheels, \"Chains\"\n& Sons");
    }

    @Test
    void openOpportunitiesBecomeLeads() throws IOException {
        String summary = Importers.run("maven-crm", crm, out);

        assertThat(summary).contains("2 customer Accounts", "2 open Leads (1 with a country)", "2 Users");
        assertThat(rows(out, "Lead"))
                .filteredOn(lead -> lead.get("Company").equals("Acme"))
                .singleElement()
                .satisfies(lead -> assertThat(lead)
                        .containsEntry("Country", "Philippines")
                        .containsEntry("Industry", "technology")
                        .containsEntry("ProductInterest__c", "GTX Pro")
                        .containsEntry("AnnualRevenue", "1100040000.00")
                        .containsEntry("Status", "Working - Contacted")
                        .containsEntry("CreatedDate", "2017-01-09T00:00:00.000Z"));
        assertThat(rows(out, "Lead"))
                .filteredOn(lead -> lead.get("Company").equals("[not provided]"))
                .singleElement()
                .satisfies(lead -> assertThat(lead)
                        .containsEntry("Country", "")
                        .containsEntry("Status", "Open - Not Contacted")
                        .containsEntry("CreatedDate", "2017-03-01T00:00:00.000Z"));
        assertSound(out);
    }

    @Test
    void byteOrderMarkWindowsLineEndsAndGzipMakeNoDifference() throws IOException {
        Importers.run("adventureworks", bikes, out);
        Path other = folder.resolve("other");
        put(bikes, "Resellers.csv", "\uFEFF" + RESELLERS.replace(",Germany\n", ",Germany\r\n"));
        put(bikes, "Product.csv", "\uFEFF" + PRODUCTS.replace("\n", "\r\n"));
        Files.delete(bikes.resolve("FactResellerSales.csv"));
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(SALES.getBytes(StandardCharsets.UTF_8));
        }
        Files.write(bikes.resolve("FactResellerSales.csv.gz"), packed.toByteArray());

        Importers.run("adventureworks", bikes, other);

        Map<String, byte[]> plain = bytes(out);
        bytes(other).forEach((file, content) -> assertThat(content).as(file).isEqualTo(plain.get(file)));
    }

    @Test
    void twoSourcesMergeAndRowsGoneFromASourceGo() throws IOException {
        Importers.run("adventureworks", bikes, out);
        Importers.run("maven-crm", crm, out);
        assertThat(rows(out, "Account")).hasSize(4);
        assertSound(out);

        put(crm, "sales_pipeline.csv", PIPELINE.substring(0, PIPELINE.indexOf("CCCC")));
        Importers.run("maven-crm", crm, out);

        assertThat(rows(out, "Lead")).hasSize(1);
        assertThat(rows(out, "Opportunity")).hasSize(2);
    }

    @Test
    void importsJoinAGeneratedWorld() throws IOException {
        GeneratedWorld.write(out, 7, 6, 20, java.time.LocalDate.of(2026, 3, 2));
        int leads = rows(out, "Lead").size();

        Importers.run("maven-crm", crm, out);

        assertThat(rows(out, "Lead")).hasSize(leads + 2);
        assertSound(out);
    }

    @Test
    void columnsThatSomebodyAddedToTheFolderAreKept() throws IOException {
        Files.createDirectories(out);
        put(out, "Account.csv", "Id,Name,Region__c\r\n001000000000001AAA,Mine,North\r\n");

        Importers.run("maven-crm", crm, out);

        assertThat(rows(out, "Account"))
                .hasSize(3)
                .first()
                .satisfies(account -> assertThat(account).containsEntry("Region__c", "North"));
    }

    @Test
    void everyBrokenRowIsNamedWithFileLineAndColumnAndNothingIsWritten() throws IOException {
        put(
                bikes,
                "FactResellerSales.csv",
                SALES + "SO3,03.02.2020,10,1,7,2,1,1,1\nSO4,2020-02-03,10,1,7,two,1,1,1\n"
                        + "SO5,2020-02-03,99,1,7,1,1,1,1\nSO6,2020-02-03,10,3,7,1,1,1,1\nSO1,2020-02-04,10,1,7,1,1,1,1\n"
                        + "SO7,2020-02-03,10,1,7,1,1,NULL,1\n");

        assertThatThrownBy(() -> Importers.run("adventureworks", bikes, out))
                .isInstanceOf(UnreadableSource.class)
                .hasMessageContainingAll(
                        "FactResellerSales.csv line 5: OrderDate should be a day like 2017-07-01, but is '03.02.2020'",
                        "FactResellerSales.csv line 6: OrderQuantity should be a whole number, but is 'two'",
                        "FactResellerSales.csv line 7: ProductKey is not in Product.csv: 99",
                        "FactResellerSales.csv line 8: ResellerKey is not in Resellers.csv: 3",
                        "FactResellerSales.csv line 9: SalesOrderNumber SO1 has another day",
                        "FactResellerSales.csv line 10: SalesAmount should be a number, but is 'NULL'");
        assertThat(out).doesNotExist();
    }

    @Test
    void brokenPipelinesAreNamedToo() throws IOException {
        put(
                crm,
                "sales_pipeline.csv",
                PIPELINE + "D,Moses Frase,GTXPro,Nobody,Engaging,1/9/2017,,\nE,Nobody,GTXPro,,Engaging,1/9/2017,,\n"
                        + "F,Moses Frase,ZX,,Engaging,1/9/2017,,\nG,Moses Frase,GTXPro,,Lunch,1/9/2017,,\n"
                        + "BBBB2222,Moses Frase,GTXPro,,Engaging,1/9/2017,,\n");

        assertThatThrownBy(() -> Importers.run("maven-crm", crm, out))
                .isInstanceOf(UnreadableSource.class)
                .hasMessageContainingAll(
                        "sales_pipeline.csv line 5: account is not in accounts.csv: Nobody",
                        "line 6: sales_agent is not in sales_teams.csv: Nobody",
                        "line 7: product is not in products.csv: ZX",
                        "line 8: deal_stage should be",
                        "line 9: opportunity_id stands there twice: BBBB2222");
    }

    @Test
    void whatIsNoTableAtAllIsNamed() throws IOException {
        assertRefused(
                "Resellers.csv", "ResellerKey,Name\n1,A\n", "Resellers.csv line 1: column BusinessType, ResellerName");
        assertRefused("Resellers.csv", "", "Resellers.csv line 1: column");
        assertRefused("Resellers.csv", RESELLERS + "3,Shop\n", "Resellers.csv");
        assertRefused("Resellers.csv", RESELLERS + "3,Shop,\"open,Novi,Michigan,Canada\n", "Resellers.csv");
        Files.write(bikes.resolve("Resellers.csv"), (RESELLERS + "3,K\u00F6ln").getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> Importers.run("adventureworks", bikes, out))
                .isInstanceOf(UnreadableSource.class)
                .hasMessageContaining("Resellers.csv line 2: not UTF-8");
        Files.write(bikes.resolve("Resellers.csv"), new byte[] {0x1F, (byte) 0x8B, 1, 2, 3});
        assertThatThrownBy(() -> Importers.run("adventureworks", bikes, out))
                .hasMessageContaining("Resellers.csv is a damaged gzip file");
        Files.delete(bikes.resolve("Resellers.csv"));
        assertThatThrownBy(() -> Importers.run("adventureworks", bikes, out))
                .hasMessageContaining("holds neither Resellers.csv nor Resellers.csv.gz");
        assertThat(out).doesNotExist();
    }

    @Test
    void anUnknownImporterIsToldWhichThereAre() {
        assertThatThrownBy(() -> Importers.run("northwind", bikes, out))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no importer is called 'northwind'; there are adventureworks, maven-crm");
        assertThat(Importers.names())
                .allSatisfy(name -> assertThatThrownBy(() -> Importers.run(name, folder.resolve("nowhere"), out))
                        .isInstanceOf(UnreadableSource.class));
    }

    private void assertRefused(String file, String content, String expected) throws IOException {
        put(bikes, file, content);
        assertThatThrownBy(() -> Importers.run("adventureworks", bikes, out))
                .isInstanceOf(UnreadableSource.class)
                .hasMessageContaining(expected);
    }

    private static void put(Path folder, String file, String content) throws IOException {
        Files.writeString(folder.resolve(file), content);
    }
}
