package dev.rainmaker.app.access;

import dev.rainmaker.fact.RecordId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The tokens by which programs call the REST interface, written {@code rmk_<prefix>_<secret>}. Only a hash is kept; a token is
 * shown once, when it is made.
 */
public final class ApiTokens {
    static final String TENANT = "default";

    private static final Pattern FORM = Pattern.compile("rmk_([0-9a-f]{12})_[A-Za-z0-9_-]{32}");
    private static final Duration USE_RESOLUTION = Duration.ofMinutes(1);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final JdbcClient jdbc;
    private final Clock clock;

    public ApiTokens(DataSource dataSource, Clock clock) {
        this.jdbc = JdbcClient.create(dataSource);
        this.clock = clock;
    }

    /**
     * Makes a token for an admin, operator or viewer.
     *
     * @param expiresAt from when on it is refused; empty: never
     * @throws IllegalArgumentException for role partner, which takes a partner
     */
    public ApiToken.Issued create(String name, Role role, Optional<Instant> expiresAt, String createdBy) {
        if (role == Role.PARTNER) {
            throw new IllegalArgumentException("a token of role partner is made for a partner: name its record");
        }
        return store(name, role, Optional.empty(), expiresAt, createdBy);
    }

    /** Makes a token that opens one partner's things. */
    public ApiToken.Issued createForPartner(
            String name, RecordId partner, Optional<Instant> expiresAt, String createdBy) {
        return store(name, Role.PARTNER, Optional.of(partner), expiresAt, createdBy);
    }

    private ApiToken.Issued store(
            String name, Role role, Optional<RecordId> partner, Optional<Instant> expiresAt, String createdBy) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a token needs a name that says who uses it");
        }
        byte[] random = new byte[30];
        RANDOM.nextBytes(random);
        String prefix = HexFormat.of().formatHex(random, 0, 6);
        String secret = "rmk_" + prefix + "_"
                + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOfRange(random, 6, 30));
        Instant now = clock.instant();
        jdbc.sql("""
                        INSERT INTO api_token (tenant, prefix, name, role, partner_connection, partner_id, hash,
                            created_at, created_by, expires_at)
                        VALUES (:tenant, :prefix, :name, :role, :connection, :partner, :hash, :now, :by, :expires)
                        """)
                .param("tenant", TENANT)
                .param("prefix", prefix)
                .param("name", name)
                .param("role", role.word())
                .param("connection", partner.map(RecordId::connection).orElse(null))
                .param("partner", partner.map(RecordId::id).orElse(null))
                .param("hash", hash(secret))
                .param("now", utc(now))
                .param("by", createdBy)
                .param("expires", expiresAt.map(ApiTokens::utc).orElse(null))
                .update();
        return new ApiToken.Issued(
                secret,
                new ApiToken(
                        prefix, name, role, partner, now, createdBy, expiresAt, Optional.empty(), Optional.empty()));
    }

    /** All tokens, revoked and expired ones included, newest first. */
    public List<ApiToken> list() {
        return jdbc.sql("SELECT * FROM api_token WHERE tenant = :tenant ORDER BY created_at DESC, prefix")
                .param("tenant", TENANT)
                .query((row, number) -> token(row))
                .list();
    }

    /** Makes a token useless at once. False if there is none of that prefix, or it is revoked already. */
    public boolean revoke(String prefix, String by) {
        return jdbc.sql("UPDATE api_token SET revoked_at = :now, revoked_by = :by"
                                + " WHERE tenant = :tenant AND prefix = :prefix AND revoked_at IS NULL")
                        .param("tenant", TENANT)
                        .param("prefix", prefix)
                        .param("by", by)
                        .param("now", utc(clock.instant()))
                        .update()
                > 0;
    }

    /** Who presents this token; empty if it is unknown, wrong, revoked or expired. */
    public Optional<Caller> authenticate(String presented) {
        Matcher form = FORM.matcher(presented);
        if (!form.matches()) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        byte[] hash = hash(presented);
        return jdbc.sql("SELECT * FROM api_token WHERE tenant = :tenant AND prefix = :prefix")
                .param("tenant", TENANT)
                .param("prefix", form.group(1))
                .query((row, number) -> MessageDigest.isEqual(row.getBytes("hash"), hash) ? token(row) : null)
                .optional()
                .filter(token -> token.revokedAt().isEmpty())
                .filter(token -> token.expiresAt().map(now::isBefore).orElse(true))
                .map(token -> used(token, now));
    }

    private Caller used(ApiToken token, Instant now) {
        if (token.lastUsedAt()
                .map(last -> last.plus(USE_RESOLUTION).isBefore(now))
                .orElse(true)) {
            jdbc.sql("UPDATE api_token SET last_used_at = :now WHERE tenant = :tenant AND prefix = :prefix")
                    .param("tenant", TENANT)
                    .param("prefix", token.prefix())
                    .param("now", utc(now))
                    .update();
        }
        return new Caller(token.name(), token.role(), token.partner());
    }

    private static ApiToken token(ResultSet row) throws SQLException {
        String partner = row.getString("partner_id");
        return new ApiToken(
                row.getString("prefix"),
                row.getString("name"),
                Role.of(row.getString("role")),
                partner == null
                        ? Optional.empty()
                        : Optional.of(new RecordId(row.getString("partner_connection"), partner)),
                row.getTimestamp("created_at").toInstant(),
                row.getString("created_by"),
                instant(row.getTimestamp("expires_at")),
                instant(row.getTimestamp("revoked_at")),
                instant(row.getTimestamp("last_used_at")));
    }

    private static Optional<Instant> instant(@Nullable Timestamp stamp) {
        return Optional.ofNullable(stamp).map(Timestamp::toInstant);
    }

    static OffsetDateTime utc(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }

    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
