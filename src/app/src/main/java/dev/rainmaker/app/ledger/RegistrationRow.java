package dev.rainmaker.app.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.rainmaker.dealregistration.Claim;
import dev.rainmaker.dealregistration.ProductScope;
import dev.rainmaker.dealregistration.Registration;
import dev.rainmaker.dealregistration.RegistrationState;
import dev.rainmaker.fact.RecordId;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A registration as a row of the ledger. */
final class RegistrationRow {

    private RegistrationRow() {}

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp stamp = row.getTimestamp(column);
        return stamp == null ? null : stamp.toInstant();
    }

    static Registration read(ResultSet row, int number) throws SQLException {
        String source = row.getString("source");
        return new Registration(
                row.getString("number"),
                row.getInt("version"),
                RegistrationState.of(row.getString("state")),
                row.getString("reason"),
                new RecordId(row.getString("partner_connection"), row.getString("partner_id")),
                row.getString("customer"),
                new ProductScope(DealLockLedger.set(row, "products")),
                claim(row.getString("claim")),
                source == null ? null : RecordId.parse(source),
                instant(row, "submitted_at"),
                instant(row, "review_by"),
                instant(row, "lock_until"),
                row.getInt("extensions"),
                row.getBoolean("blocked"));
    }

    private static Claim claim(String json) {
        try {
            return FactJson.MAPPER.readValue(json, Claim.class);
        } catch (JsonProcessingException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
