package dev.rainmaker.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code policy evaluate} on logs of every kind, good and broken, without a database. */
class PolicyEvaluateCommandTest {

    private static final String HEADER = "decision_id,action,propensity,target_propensity,reward";

    @TempDir
    Path folder;

    private Verb evaluate(String csv, String... more) throws IOException {
        Path log = Files.writeString(folder.resolve("log.csv"), csv);
        String[] arguments = new String[5 + more.length];
        String[] first = {"policy", "evaluate", "--log", log.toString(), "--output=json"};
        System.arraycopy(first, 0, arguments, 0, 5);
        System.arraycopy(more, 0, arguments, 5, more.length);
        return Verb.run(arguments);
    }

    /** Two partners drawn alike; the first wins more often, and the candidate prefers it as much as is asked. */
    private static String log(int rows, double preferred, String extraHeader, String extra) {
        Random random = new Random(7);
        StringBuilder csv = new StringBuilder(HEADER + extraHeader + "\n");
        for (int i = 0; i < rows; i++) {
            boolean good = random.nextBoolean();
            int reward = random.nextDouble() < (good ? .5 : .2) ? 1 : 0;
            csv.append(String.format(
                    Locale.ROOT,
                    "d%d,%s,0.5,%s,%d%s%n",
                    i,
                    good ? "a" : "b",
                    good ? preferred : 1 - preferred,
                    reward,
                    extra.replace("#", String.valueOf(i))));
        }
        return csv.toString();
    }

    /** Golden values of facts/plv.md section 10, printed to six decimals. */
    @Test
    void agreesWithTheGoldenValues() throws IOException {
        Verb ended = evaluate(
                HEADER + ",q_action,q_target\n"
                        + "1,a,.5,.25,1,.6,.5\n2,a,.2,.4,0,.4,.45\n3,a,.25,.75,1,.5,.55\n4,a,.8,.2,0,.3,.35\n5,a,.5,.5,1,.7,.6\n");
        JsonNode json = ended.json();
        assertThat(ended.code()).isZero();
        assertThat(json.at("/ips/value").asDouble()).isCloseTo(.9, within(5e-7));
        assertThat(json.at("/ips/se").asDouble()).isCloseTo(.556776, within(5e-7));
        assertThat(json.at("/snips/value").asDouble()).isCloseTo(.666667, within(5e-7));
        assertThat(json.at("/dr/value").asDouble()).isCloseTo(.715, within(5e-7));
        assertThat(json.at("/dr/se").asDouble()).isCloseTo(.396516, within(5e-7));
        assertThat(json.at("/ess").asDouble()).isCloseTo(3.183406, within(5e-7));
        assertThat(json.get("n").asInt()).isEqualTo(5);
        assertThat(json.get("verdict").asText()).isEqualTo("refused");
        assertThat(json.get("reasons").get(0).asText()).contains("effective sample size is 3.2");
    }

    @Test
    void namesTheBetterTheWorseAndTheEqualCandidate() throws IOException {
        assertThat(evaluate(log(3000, .9, "", "")).json().get("verdict").asText())
                .isEqualTo("better");
        assertThat(evaluate(log(3000, .1, "", "")).json().get("verdict").asText())
                .isEqualTo("worse");
        assertThat(evaluate(log(3000, .5, "", "")).json().get("verdict").asText())
                .isEqualTo("no-established-difference");
    }

    @Test
    void brokenRowsAreNamedWithLineAndReasonAndTheOthersCount() throws IOException {
        String good = log(3000, .9, "", "");
        Verb ended = evaluate(good
                + "x1,a,0,.5,1\nx2,a,1.2,.5,1\nx3,a,NaN,.5,1\nx4,a,,.5,1\nx5,a,.5,-.1,1\nx6,a,.5,.5,won\nx7,a,.5,.5,\"1,5\"\n"
                + "x8,a,.5\nx9,a,.5,.5,1,more\nd1,a,.5,.5,1\n,a,.5,.5,1\nx12,,.5,.5,1\nx13,a,.5,.5,1e400\n");
        JsonNode json = ended.json();
        assertThat(ended.code()).isEqualTo(ExitCode.REJECTS);
        assertThat(json.get("n").asInt()).isEqualTo(3000);
        assertThat(json.get("rejected").asInt()).isEqualTo(13);
        assertThat(json.get("verdict").asText()).isEqualTo("better");
        assertThat(ended.err())
                .contains(
                        "log.csv:3002: propensity is 0",
                        "log.csv:3003: propensity must lie in 0..1, not \"1.2\"",
                        "log.csv:3004: propensity must be a number, not \"NaN\"",
                        "log.csv:3005: propensity is empty",
                        "log.csv:3006: target_propensity must lie in 0..1",
                        "log.csv:3007: reward must be a number, not \"won\"",
                        "log.csv:3008: reward must be a number, not \"1,5\"",
                        "log.csv:3009: the row has 3 cells, the header has 5",
                        "log.csv:3010: the row has 6 cells",
                        "log.csv:3011: decision_id \"d1\" was there before",
                        "log.csv:3012: decision_id is empty",
                        "log.csv:3013: action is empty",
                        "log.csv:3014: reward is too large");
    }

    @Test
    void aQuoteWithoutItsPartnerTakesOnlyItsOwnRow() throws IOException {
        Verb ended = evaluate(log(500, .9, "", "").replace("d7,a", "d7,\"a").replace("d7,b", "d7,\"b"));
        assertThat(ended.code()).isEqualTo(ExitCode.REJECTS);
        assertThat(ended.json().get("n").asInt()).isEqualTo(499);
        assertThat(ended.err()).contains("log.csv:9: a quote is without its partner");
    }

    @Test
    void choicesTheLogCouldNotMakeAndTooManyBrokenRowsRefuseTheVerdict() throws IOException {
        String impossible = log(1000, .9, "", "") + "x#,a,0,1,1\n".repeat(60);
        assertThat(evaluate(impossible).json().get("reasons").toString())
                .contains("5.7 % of the rows have propensity 0 where the candidate policy would choose");
        String broken = log(1000, .9, "", "") + "x,a,.5,.5,?\n".repeat(260);
        JsonNode json = evaluate(broken).json();
        assertThat(json.get("verdict").asText()).isEqualTo("refused");
        assertThat(json.get("reasons").toString()).contains("20.6 % of the rows cannot be used");
    }

    @Test
    void partlyFilledModelsGiveNoDoublyRobustEstimateAndSaySo() throws IOException {
        String csv = log(500, .9, ",q_action,q_target", ",.3,.4").replaceFirst(",\\.3,\\.4", ",.3,");
        JsonNode json = evaluate(csv).json();
        assertThat(json.get("dr").isNull()).isTrue();
        assertThat(json.get("n").asInt()).isEqualTo(500);
        assertThat(json.get("reasons").toString()).contains("missing in 1 of 500 rows");
        assertThat(evaluate(log(500, .9, ",q_action", ",.3")).err()).contains("only one of q_action and q_target");
    }

    @Test
    void fewClustersCarryNoInterval() throws IOException {
        JsonNode one = evaluate(log(3000, .9, ",cluster", ",same")).json();
        assertThat(one.get("verdict").asText()).isEqualTo("refused");
        assertThat(one.get("reasons").toString()).contains("the decisions lie in 1 clusters");
        assertThat(evaluate(log(3000, .9, ",cluster,ctx_region", ",c#,DE"))
                        .json()
                        .get("verdict")
                        .asText())
                .isEqualTo("better");
    }

    @Test
    void estimatedPropensitiesAreCalledSoByOptionByColumnAndWhenEstimatedHere() throws IOException {
        String word = "propensities were estimated, not logged: confounding not excluded";
        JsonNode option = evaluate(log(500, .5, "", ""), "--estimated").json();
        assertThat(option.get("reasons").toString()).contains(word);
        assertThat(option.get("propensities").asText()).isEqualTo("estimated");
        assertThat(evaluate(log(500, .5, ",propensity_estimated", ",true"))
                        .json()
                        .get("reasons")
                        .toString())
                .contains(word);
        String without = log(2000, .9, ",ctx_product", ",p").replace(",0.5,", ",,");
        JsonNode here = evaluate(without, "--estimate-by=ctx_product").json();
        assertThat(here.get("reasons").toString()).contains(word);
        assertThat(here.get("verdict").asText()).isEqualTo("better");
        assertThat(evaluate(log(500, .5, "", "")).json().get("propensities").asText())
                .isEqualTo("logged");
    }

    @Test
    void smallestLogsAreAnsweredWithNumbersOrNullNeverNaN() throws IOException {
        JsonNode one = evaluate("\uFEFF" + HEADER.toUpperCase(Locale.ROOT) + "\r\nd1,a,0.5,0.5,1\r\n")
                .json();
        assertThat(one.at("/ips/value").asDouble()).isEqualTo(1);
        assertThat(one.at("/ips/se").isNull()).isTrue();
        assertThat(one.get("verdict").asText()).isEqualTo("refused");
        JsonNode none = evaluate(HEADER + "\n").json();
        assertThat(none.get("n").asInt()).isZero();
        assertThat(none.get("ips").isNull()).isTrue();
        assertThat(none.get("reasons").toString()).contains("the log has no decision");
        Verb never = evaluate(HEADER + "\n" + "d#,a,.5,0,1\n".replace("#", "1"));
        assertThat(never.out()).doesNotContain("NaN", "Infinity");
        assertThat(never.json().get("snips").get("value").isNull()).isTrue();
    }

    @Test
    void allTheSameActionAndEqualRewardsShowNoDifference() throws IOException {
        StringBuilder same = new StringBuilder(HEADER + "\n");
        StringBuilder equalRewards = new StringBuilder(HEADER + "\n");
        for (int i = 0; i < 1000; i++) {
            same.append("d").append(i).append(",a,1,1,").append(i % 3).append('\n');
            equalRewards
                    .append("d")
                    .append(i)
                    .append(",a,0.5,")
                    .append(i % 2 == 0 ? ".7" : ".3")
                    .append(",0.1\n");
        }
        assertThat(evaluate(same.toString()).json().get("verdict").asText()).isEqualTo("no-established-difference");
        assertThat(evaluate(equalRewards.toString()).json().get("verdict").asText())
                .isEqualTo("no-established-difference");
    }

    @Test
    void filesThatAreNoLogAreRefusedWithWhatToDo() throws IOException {
        assertThat(evaluate("").err()).contains("is empty", HEADER);
        Verb lacking = evaluate("decision_id,action,target_propensity,reward\n");
        assertThat(lacking.code()).isEqualTo(ExitCode.USAGE);
        assertThat(lacking.err()).contains("log.csv:1: the header lacks propensity", "--estimate-by");
        assertThat(evaluate(HEADER.replace(',', ';') + "\n").err()).contains("Cells must be separated by commas");
        assertThat(evaluate(HEADER + ",reward\n").err()).contains("column reward is there twice");
        assertThat(evaluate(HEADER + ",clusters\nd,a,.5,.5,1,x\n").err())
                .contains("column \"clusters\" is not used; did you mean \"cluster\"?");
        Verb missing = Verb.run(
                "policy", "evaluate", "--log", folder.resolve("none.csv").toString());
        assertThat(missing.code()).isEqualTo(ExitCode.USAGE);
        assertThat(missing.err()).contains("There is no file");
    }

    @Test
    void tableSaysEstimatesVerdictAndReasons() throws IOException {
        Path log = Files.writeString(folder.resolve("log.csv"), log(3000, .9, "", ""));
        Verb ended = Verb.run("policy", "evaluate", "--log", log.toString());
        assertThat(ended.out()).contains("SNIPS", "effective sample size", "propensities as logged", "verdict: better");
    }
}
