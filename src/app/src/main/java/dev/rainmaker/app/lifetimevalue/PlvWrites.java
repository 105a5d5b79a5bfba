package dev.rainmaker.app.lifetimevalue;

import dev.rainmaker.app.ledger.OutboxEntry;
import dev.rainmaker.app.ledger.OutboxLedger;
import dev.rainmaker.app.ledger.ScoreLedger.StoredScore;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.lifetimevalue.PlvPolicy;
import dev.rainmaker.lifetimevalue.PlvResult;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Asks for scores to be written to the partners' records, only where they moved by more than the policy's epsilon. */
final class PlvWrites {

    static final String PURPOSE = "plv";

    private final OutboxLedger outbox;
    private final Function<String, @Nullable String> partnerStream;

    PlvWrites(OutboxLedger outbox, Function<String, @Nullable String> partnerStream) {
        this.outbox = outbox;
        this.partnerStream = partnerStream;
    }

    void add(List<StoredScore> changed, PlvPolicy policy) {
        Map<RecordId, Map<String, @Nullable Object>> asked = outbox.latestFields(
                PURPOSE, changed.stream().map(StoredScore::partner).toList());
        List<OutboxEntry> entries = new ArrayList<>();
        for (StoredScore score : changed) {
            String stream = partnerStream.apply(score.partner().connection());
            if (stream == null
                    || !moved(
                            asked.get(score.partner()),
                            score.score(),
                            score.value().amount(),
                            policy)) {
                continue;
            }
            PlvResult result = ScorePartners.result(score);
            Map<String, @Nullable Object> fields = new HashMap<>();
            fields.put("plvScore", score.score());
            fields.put("plvValue", score.value().amount());
            fields.put("plvTrend", ScorePartners.trend(score).direction().word());
            fields.put("plvReason", PlvWords.reason(result));
            entries.add(OutboxEntry.of(score.partner(), stream, PURPOSE, null, fields, Map.of()));
        }
        outbox.add(entries);
    }

    /** Whether the numbers differ from those last asked for by more than the policy's epsilon; exactly as much is not more. */
    static boolean moved(
            @Nullable Map<String, @Nullable Object> asked, BigDecimal score, BigDecimal value, PlvPolicy policy) {
        if (asked == null) {
            return true;
        }
        BigDecimal oldScore = new BigDecimal(String.valueOf(asked.getOrDefault("plvScore", "0")));
        BigDecimal oldValue = new BigDecimal(String.valueOf(asked.getOrDefault("plvValue", "0")));
        boolean scoreMoved = oldScore.subtract(score).abs().doubleValue() > policy.scoreEpsilon();
        boolean valueMoved = oldValue.subtract(value).abs().doubleValue()
                > policy.valueEpsilon()
                        * Math.max(oldValue.abs().doubleValue(), value.abs().doubleValue());
        return scoreMoved || valueMoved;
    }
}
