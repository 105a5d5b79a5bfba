package dev.rainmaker.sandbox.salesforce.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rainmaker.sandbox.http.ApiJson;
import dev.rainmaker.sandbox.http.Reply;
import dev.rainmaker.sandbox.salesforce.record.ApiTime;
import dev.rainmaker.sandbox.salesforce.record.ObjectType;
import dev.rainmaker.sandbox.salesforce.record.Org;
import dev.rainmaker.sandbox.salesforce.record.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** {@code /sobjects/X/updated} and {@code /deleted}: ids changed in a window of at most 30 days, ending now at most. */
final class Replication {

    private static final Duration OLDEST = Duration.ofDays(30);

    private Replication() {}

    private record Window(Instant start, Instant end) {}

    static Reply updated(Org org, Call call, ObjectType type) throws ApiFault {
        Window window = window(org, call);
        ObjectNode body = ApiJson.object();
        ArrayNode ids = body.putArray("ids");
        rows(org, type, window, false).forEach(row -> ids.add(row.id()));
        body.put("latestDateCovered", ApiTime.format(window.end()));
        return Reply.json(200, body);
    }

    static Reply deleted(Org org, Call call, ObjectType type) throws ApiFault {
        Window window = window(org, call);
        ObjectNode body = ApiJson.object();
        ArrayNode records = body.putArray("deletedRecords");
        for (Row row : rows(org, type, window, true)) {
            ObjectNode record = records.addObject();
            record.put("deletedDate", ApiTime.format(row.stamp()));
            record.put("id", row.id());
        }
        body.put("earliestDateAvailable", ApiTime.format(org.now().minus(OLDEST)));
        body.put("latestDateCovered", ApiTime.format(window.end()));
        return Reply.json(200, body);
    }

    private static List<Row> rows(Org org, ObjectType type, Window window, boolean deleted) {
        return org.read(() -> org.rowsSince(type, window.start()).stream()
                .takeWhile(row -> row.stamp().isBefore(window.end()))
                .filter(row -> row.deleted() == deleted)
                .toList());
    }

    private static Window window(Org org, Call call) throws ApiFault {
        Instant start = time(call, "start");
        Instant end = time(call, "end");
        Instant now = org.now();
        if (!start.isBefore(end)) {
            throw new ApiFault(400, "INVALID_REPLICATION_DATE", "startDate before endDate is required");
        }
        if (start.isBefore(now.minus(OLDEST))) {
            throw new ApiFault(400, "INVALID_REPLICATION_DATE", "startDate cannot be more than 30 days ago");
        }
        return new Window(start, end.isAfter(now) ? now : end);
    }

    private static Instant time(Call call, String name) throws ApiFault {
        String text = String.valueOf(call.request().parameter(name)).replace(' ', '+');
        return Optional.of(text)
                .flatMap(ApiTime::parse)
                .orElseThrow(() -> new ApiFault(400, "INVALID_REPLICATION_DATE", "not a time: " + name + "=" + text));
    }
}
