package dev.rainmaker.app.assignment;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.rainmaker.app.ledger.FactJson;
import dev.rainmaker.app.ledger.ScoreLedger;
import dev.rainmaker.assignment.Conversion;
import dev.rainmaker.assignment.Standing;
import dev.rainmaker.lifetimevalue.WinningOdds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A stored score as the numbers that decisions use. */
final class Standings {

    private static final int DECIMALS = 6;

    private Standings() {}

    static Standing of(ScoreLedger.StoredScore score) {
        WinningOdds odds = odds(score.body());
        return new Standing(
                score.score(),
                score.value(),
                odds == null ? Conversion.UNIFORM : new Conversion(odds.alpha(), odds.beta()),
                odds == null ? Map.of() : byClass(odds),
                odds == null ? BigDecimal.ONE : odds.marginRate(),
                score.version(),
                score.seq());
    }

    /** Each class with the mean of its own and the weight of all. */
    private static Map<String, Conversion> byClass(WinningOdds odds) {
        Map<String, Conversion> classes = new TreeMap<>();
        BigDecimal weight = odds.alpha().add(odds.beta());
        odds.meanByClass().forEach((name, mean) -> {
            BigDecimal alpha = weight.multiply(mean).setScale(DECIMALS, RoundingMode.HALF_EVEN);
            if (!name.isEmpty() && alpha.signum() > 0 && weight.compareTo(alpha) > 0) {
                classes.put(name, new Conversion(alpha, weight.subtract(alpha)));
            }
        });
        return classes;
    }

    /**
     * Null in scores of earlier versions. Reads no further than it must: the ledger keeps an object's shortest names first, and
     * a score is long.
     */
    private static @Nullable WinningOdds odds(String body) {
        try (JsonParser json = FactJson.MAPPER.createParser(body)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean found = json.currentName().equals("odds");
                json.nextToken();
                if (found) {
                    return FactJson.MAPPER.readValue(json, WinningOdds.class);
                }
                json.skipChildren();
            }
            return null;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
