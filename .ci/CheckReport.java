import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds the report of {@code rainmaker demo --once --report json} against what is promised of it. Run as a source file with
 * Jackson on the class path: {@code first OUTPUT LEADS} after the first pass, {@code second OUTPUT FIRST_OUTPUT} after one more
 * on the same state.
 */
final class CheckReport {

    private static final double LEAST_SHARE = 0.85;

    private final JsonNode report;
    private final List<String> broken = new ArrayList<>();

    private CheckReport(Path output) throws IOException {
        this.report = lastLine(output);
    }

    public static void main(String[] arguments) throws IOException {
        CheckReport check = new CheckReport(Path.of(arguments[1]));
        if (arguments[0].equals("first")) {
            check.firstPass(Long.parseLong(arguments[2]));
        } else {
            check.secondPass(lastLine(Path.of(arguments[2])));
        }
        check.broken.forEach(what -> System.out.println("broken: " + what));
        if (!check.broken.isEmpty()) {
            System.exit(1);
        }
        System.out.println("as promised");
    }

    private static JsonNode lastLine(Path output) throws IOException {
        List<String> lines = Files.readAllLines(output);
        if (lines.isEmpty()) {
            throw new IOException(output + " is empty: the demo printed no report");
        }
        JsonNode report = new ObjectMapper()
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .readTree(lines.get(lines.size() - 1));
        if (!report.isObject()) {
            throw new IOException("the last line of " + output + " is no JSON object");
        }
        return report;
    }

    private void firstPass(long leads) {
        long assigned = number("assigned");
        equal("leads", number("leads"), leads);
        equal("assigned + offered + all unassigned", assigned + number("offered") + unassigned(report), leads);
        must(assigned >= LEAST_SHARE * leads, "assigned " + assigned + " is less than 85 % of " + leads);
        equal("confirmedInCrm", number("confirmedInCrm"), assigned);
        equal("deadLetters", number("deadLetters"), 0);
        must(number("registrations") >= 2, "fewer than two deals were registered");
        must(number("locksActive") >= 1, "no deal is locked");
        must(number("locksActive") < number("registrations"), "both claims on one customer were granted");
        must(number("conflicts") >= 1, "the second claim on a customer met no conflict");
        must(number("trainingRecords") > 0, "no training was read");
        must(number("engagements") > 0, "no engagement was read");
        must(number("certificationsValid") > 0, "no certification is valid");
        must(number("certificationsValid") < number("trainingRecords"), "every training record is a valid certification");
        must(number("unmatchedPeople") > 0, "everybody belongs to a partner, also those with a free-mail address");
        calls("salesforce", true);
        calls("hubspot", true);
        calls("moodle", false);
    }

    private void secondPass(JsonNode first) {
        equal("assigned", number("assigned"), 0);
        equal("offered", number("offered"), 0);
        equal("writtenBack", number("writtenBack"), 0);
        for (String member : List.of("registrations", "locksActive", "conflicts")) {
            equal(member, number(member), first.path(member).asLong(-1));
        }
        equal("leads without a partner", unassigned(report), unassigned(first));
        report.path("apiCalls").properties().forEach(vendor -> equal(
                "write calls to " + vendor.getKey(), vendor.getValue().path("write").asLong(-1), 0));
        must(!report.path("apiCalls").isEmpty(), "apiCalls names no vendor");
    }

    /** Every system was read; leads of each CRM were written back to it, and nothing to where nothing is to be written. */
    private void calls(String vendor, boolean written) {
        JsonNode counts = report.path("apiCalls").path(vendor);
        must(counts.path("read").asLong() > 0, "nothing was read from " + vendor);
        must(counts.path("write").asLong() > 0 == written, "write calls to " + vendor + ": " + counts.path("write"));
    }

    private long number(String member) {
        JsonNode value = report.path(member);
        must(value.isIntegralNumber(), "\"" + member + "\" is missing or no whole number");
        return value.asLong();
    }

    private static long unassigned(JsonNode of) {
        long sum = 0;
        for (JsonNode count : of.path("unassigned")) {
            sum += count.asLong();
        }
        return sum;
    }

    private void equal(String what, long is, long wanted) {
        must(is == wanted, what + " is " + is + ", not " + wanted);
    }

    private void must(boolean holds, String otherwise) {
        if (!holds) {
            broken.add(otherwise);
        }
    }
}
