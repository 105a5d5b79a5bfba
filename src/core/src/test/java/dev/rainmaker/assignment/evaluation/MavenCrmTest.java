package dev.rainmaker.assignment.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rainmaker.assignment.evaluation.Evaluation.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Negative control on real deals: agents do not differ, and the evaluation must not find that they do. */
class MavenCrmTest {

    private static final DateTimeFormatter DATES = DateTimeFormatter.ofPattern("M/d/yyyy");
    private static final LocalDate CUT = LocalDate.of(2017, 9, 1);
    /** Prior of the agents' conversion, facts/plv.md section 5. */
    private static final double ALPHA = 1935;

    private static final double BETA = 1128;

    private record Deal(String id, String agent, String product, String account, boolean won, LocalDate closed) {}

    @Test
    void sendingToTheTenBestAgentsShowsNoEstablishedDifference() throws IOException {
        Path file = Path.of(System.getProperty("rainmaker.shared", "missing"), "data/maven-crm/sales_pipeline.csv");
        assumeTrue(Files.exists(file), "the Maven CRM data set is not here: " + file);
        List<Deal> deals = read(file);
        Set<String> best =
                tenBest(deals.stream().filter(d -> d.closed().isBefore(CUT)).toList());
        List<Deal> test = deals.stream().filter(d -> !d.closed().isBefore(CUT)).toList();
        assertThat(test).hasSize(2620);

        Evaluation found = EvaluatePolicy.evaluate(log(test, best), EvaluationRules.DEFAULT.estimated());

        assertThat(found.logged()).isCloseTo(.6485, within(5e-5));
        assertThat(found.ess()).isBetween(350.0, 450.0);
        assertThat(found.verdict()).isEqualTo(Verdict.NO_ESTABLISHED_DIFFERENCE);
        assertThat(found.reasons())
                .containsExactly("propensities were estimated, not logged: confounding not excluded");
    }

    /** Propensity of an agent: its share within the product. Candidate: one of the best that sell it, each alike. */
    private static List<LoggedDecision> log(List<Deal> deals, Set<String> best) {
        Map<String, Map<String, Long>> byProduct = deals.stream()
                .collect(Collectors.groupingBy(
                        Deal::product, Collectors.groupingBy(Deal::agent, Collectors.counting())));
        List<LoggedDecision> log = new ArrayList<>();
        for (Deal deal : deals) {
            Map<String, Long> agents = byProduct.get(deal.product());
            long all = agents.values().stream().mapToLong(Long::longValue).sum();
            long selling = agents.keySet().stream().filter(best::contains).count();
            log.add(new LoggedDecision(
                    deal.id(),
                    (double) agents.get(deal.agent()) / all,
                    best.contains(deal.agent()) ? 1.0 / selling : 0,
                    deal.won() ? 1 : 0,
                    Double.NaN,
                    Double.NaN,
                    deal.account(),
                    true));
        }
        return log;
    }

    private static Set<String> tenBest(List<Deal> known) {
        Map<String, double[]> counts = new HashMap<>();
        for (Deal deal : known) {
            double[] count = counts.computeIfAbsent(deal.agent(), agent -> new double[2]);
            count[0] += deal.won() ? 1 : 0;
            count[1]++;
        }
        Comparator<Map.Entry<String, double[]>> byRate =
                Comparator.comparingDouble(each -> -(ALPHA + each.getValue()[0]) / (ALPHA + BETA + each.getValue()[1]));
        return counts.entrySet().stream()
                .sorted(byRate.thenComparing(Map.Entry.comparingByKey()))
                .limit(10)
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<Deal> read(Path file) throws IOException {
        List<Deal> deals = new ArrayList<>();
        for (String line :
                Files.readAllLines(file).subList(1, Files.readAllLines(file).size())) {
            String[] cells = line.split(",", -1);
            if (cells[4].equals("Won") || cells[4].equals("Lost")) {
                String account = cells[3].isBlank() ? cells[0] : cells[3];
                deals.add(new Deal(
                        cells[0],
                        cells[1],
                        cells[2],
                        account,
                        cells[4].equals("Won"),
                        LocalDate.parse(cells[6], DATES)));
            }
        }
        return deals;
    }
}
