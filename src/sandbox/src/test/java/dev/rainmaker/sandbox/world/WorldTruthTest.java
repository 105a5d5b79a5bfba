package dev.rainmaker.sandbox.world;

import static dev.rainmaker.sandbox.world.ExportFixture.rankCorrelation;
import static dev.rainmaker.sandbox.world.ExportFixture.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rainmaker.sandbox.world.PartnerTruth.Lifecycle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorldTruthTest {
    private static final LocalDate AS_OF = LocalDate.of(2026, 3, 2);

    @TempDir
    static Path folder;

    private static WorldTruth truth;
    private static List<Map<String, String>> deals;
    private static List<PartnerTruth> established;

    @BeforeAll
    static void world() throws IOException {
        GeneratedWorld.write(folder, 7, 100, 600, AS_OF);
        truth = WorldTruth.read(folder);
        deals = rows(folder, "Opportunity");
        established = truth.partners().stream()
                .filter(partner -> partner.lifecycle() == Lifecycle.STEADY)
                .toList();
    }

    @Test
    void whatWasWrittenIsReadBack() throws IOException {
        Path copy = Files.createDirectories(folder.resolve("copy"));
        TruthFile.write(copy.resolve(WorldTruth.FILE_NAME), truth);

        assertThat(copy.resolve(WorldTruth.FILE_NAME)).hasSameBinaryContentAs(folder.resolve(WorldTruth.FILE_NAME));
        assertThat(truth.seed()).isEqualTo(7);
        assertThat(truth.asOf()).isEqualTo(AS_OF);
    }

    @Test
    void historyShowsWhoWinsMoreOfTheLeadsItWasGiven() {
        Set<String> won = deals.stream()
                .filter(deal -> deal.get("IsWon").equals("true"))
                .map(deal -> deal.get("Id"))
                .collect(Collectors.toSet());
        Map<String, double[]> given = new HashMap<>();
        for (Map<String, String> lead : rows(folder, "Lead")) {
            if (!lead.get("PartnerAccountId").isEmpty()) {
                double[] count = given.computeIfAbsent(lead.get("PartnerAccountId"), id -> new double[2]);
                count[0]++;
                count[1] += won.contains(lead.get("ConvertedOpportunityId")) ? 1 : 0;
            }
        }

        assertThat(correlation(partner -> given.get(partner.id())[1] / given.get(partner.id())[0], PartnerTruth::skill))
                .isGreaterThan(0.6);
    }

    @Test
    void historyShowsWhoSellsOften() {
        assertThat(correlation(
                        partner -> own(partner, deal -> deal.get("IsWon").equals("true"))
                                .size(),
                        PartnerTruth::ordersPerYear))
                .isGreaterThan(0.8);
        double orders = 0;
        double expected = 0;
        for (PartnerTruth partner : established) {
            orders += own(partner, deal -> deal.get("IsWon").equals("true")).size();
            double years = Math.min(3, ChronoUnit.DAYS.between(partner.since(), AS_OF) / 365.25);
            // Deals begun in the last weeks are still open.
            expected += partner.ordersPerYear() * (years - 50 / 365.25);
        }
        assertThat(orders / expected).isBetween(0.93, 1.07);
    }

    @Test
    void historyShowsWhoSellsLargeAndWhoKeepsMuch() {
        assertThat(correlation(partner -> mean(partner, "Amount"), PartnerTruth::dealSize))
                .isGreaterThan(0.8);
        assertThat(correlation(
                        partner -> mean(partner, "Margin__c") / mean(partner, "Amount"), PartnerTruth::marginRate))
                .isGreaterThan(0.9);
    }

    @Test
    void whoFellSilentBeganNoDealSince() {
        List<PartnerTruth> silent = truth.partners().stream()
                .filter(partner -> partner.silentSince() != null)
                .toList();

        assertThat(silent)
                .hasSizeGreaterThan(8)
                .allSatisfy(partner -> assertThat(own(partner, deal -> true))
                        .allSatisfy(deal -> assertThat(
                                        LocalDate.parse(deal.get("CreatedDate").substring(0, 10)))
                                .isBefore(partner.silentSince())));
        assertThat(truth.partners().stream().map(PartnerTruth::lifecycle)).contains(Lifecycle.values());
    }

    @Test
    void theBestPartnerIsWorthFarMoreThanTheNextInTurn() {
        double oracle = 0;
        double roundRobin = 0;
        int turn = 0;
        for (Map<String, String> lead : GeneratedWorldTest.openLeads(folder)) {
            List<String> here = truth.partners().stream()
                    .filter(partner -> partner.country().equals(lead.get("Country"))
                            && partner.lifecycle() != Lifecycle.OFFBOARDED)
                    .map(PartnerTruth::id)
                    .toList();
            if (!here.isEmpty()) {
                oracle += truth.expectedMargin(
                        lead, truth.best(lead, here).orElseThrow().id());
                roundRobin += truth.expectedMargin(lead, here.get(turn++ % here.size()));
            }
        }
        assertThat(oracle).isGreaterThan(2 * roundRobin);
    }

    @Test
    void fitAndQualityMoveTheProbabilityTheRightWay() {
        PartnerTruth partner = established.stream()
                .filter(candidate -> candidate.products().size() < 5 && candidate.state() == null)
                .findFirst()
                .orElseThrow();
        Map<String, String> fitting = Map.of(
                "Country",
                partner.country(),
                "Industry",
                partner.industry(),
                "ProductInterest__c",
                partner.products().get(0),
                "LeadSource",
                "Referral",
                "NumberOfEmployees",
                "200",
                "Email",
                "a@firm.example");
        String foreign = Catalogue.PRODUCTS.stream()
                .filter(product -> !partner.products().contains(product))
                .findFirst()
                .orElseThrow();

        double best = truth.winProbability(fitting, partner.id());
        // logistic(-1.3 + 0.7 referral + skill + 0.5 known industry)
        assertThat(best)
                .isEqualTo(1 / (1 + Math.exp(0.1 - partner.skill())), org.assertj.core.data.Offset.offset(1e-12));
        assertThat(List.of(
                        Map.entry("Country", "Norway"),
                        Map.entry("Industry", "none of them"),
                        Map.entry("ProductInterest__c", foreign),
                        Map.entry("LeadSource", "Purchased List"),
                        Map.entry("NumberOfEmployees", "5"),
                        Map.entry("Email", "a@gmail.com"),
                        Map.entry("Company", "asdf")))
                .allSatisfy(change -> {
                    Map<String, String> worse = new HashMap<>(fitting);
                    worse.put(change.getKey(), change.getValue());
                    assertThat(truth.winProbability(worse, partner.id())).isLessThan(best);
                });
    }

    @Test
    void aFolderWithoutTruthSaysSo() {
        assertThatThrownBy(() -> WorldTruth.read(folder.resolve("nowhere")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("only a generated world has a known truth");
        assertThatThrownBy(() -> truth.partner("001000000000000AAA"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("001000000000000AAA");
    }

    private static double correlation(ToDoubleFunction<PartnerTruth> observed, ToDoubleFunction<PartnerTruth> actual) {
        return rankCorrelation(
                established.stream().mapToDouble(observed).toArray(),
                established.stream().mapToDouble(actual).toArray());
    }

    private static List<Map<String, String>> own(PartnerTruth partner, Predicate<Map<String, String>> which) {
        return deals.stream()
                .filter(deal -> deal.get("PartnerAccountId").equals(partner.id())
                        && deal.get("LeadSource").equals("Partner Referral")
                        && which.test(deal))
                .toList();
    }

    private static double mean(PartnerTruth partner, String column) {
        return deals.stream()
                .filter(deal -> deal.get("PartnerAccountId").equals(partner.id())
                        && deal.get("IsWon").equals("true"))
                .mapToDouble(deal -> Double.parseDouble(deal.get(column)))
                .average()
                .orElseThrow();
    }

    @Test
    void theTableHasTheTruthOfEveryOpenLeadWithEveryPartner() throws IOException {
        Path file = folder.resolveSibling("truth-" + folder.getFileName() + ".csv");
        long rows = TruthTable.write(folder, file);

        assertThat(rows).isEqualTo(600L * truth.partners().size());
        Map<String, String> lead = rows(folder, "Lead").get(0);
        PartnerTruth partner = truth.partners().iterator().next();
        assertThat(Files.readAllLines(file).get(1))
                .isEqualTo(String.format(
                        java.util.Locale.ROOT,
                        "%s,%s,%s,%.6f,%.2f",
                        lead.get("Id"),
                        partner.id(),
                        partner.lifecycle().name().toLowerCase(java.util.Locale.ROOT),
                        truth.winProbability(lead, partner.id()),
                        truth.expectedMargin(lead, partner.id())));
        Files.delete(file);
    }
}
