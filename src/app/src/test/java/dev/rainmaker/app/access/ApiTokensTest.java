package dev.rainmaker.app.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rainmaker.app.postgres.TestPostgres;
import dev.rainmaker.fact.RecordId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class ApiTokensTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final DataSource DATABASE = TestPostgres.migrated().dataSource();

    private final ApiTokens tokens = at(NOW);

    @Test
    void aTokenOpensItsRoleAndIsListedWithoutItsSecret() {
        ApiToken.Issued issued = tokens.create("nightly export", Role.VIEWER, Optional.empty(), "admin");

        assertThat(tokens.authenticate(issued.secret()))
                .contains(new Caller("nightly export", Role.VIEWER, Optional.empty()));
        assertThat(issued.toString()).doesNotContain(issued.secret());
        ApiToken listed = tokens.list().stream()
                .filter(token -> token.prefix().equals(issued.token().prefix()))
                .findFirst()
                .orElseThrow();
        assertThat(listed.lastUsedAt()).contains(NOW);
        assertThat(listed.createdBy()).isEqualTo("admin");
    }

    @Test
    void theDatabaseHoldsNothingThatOpens() {
        ApiToken.Issued issued = tokens.create("secretive", Role.ADMIN, Optional.empty(), "admin");
        String secret = issued.secret().substring(issued.secret().lastIndexOf('_', 17) + 1);

        String row = JdbcClient.create(DATABASE)
                .sql("SELECT t::text || encode(hash, 'escape') FROM api_token t WHERE prefix = ?")
                .param(issued.token().prefix())
                .query(String.class)
                .single();
        assertThat(row).contains("secretive").doesNotContain(secret);
    }

    @Test
    void aTokenOfAPartnerIsBoundToIt() {
        RecordId own = new RecordId("crm", "001A");
        ApiToken.Issued issued = tokens.createForPartner("portal", own, Optional.empty(), "admin");

        Caller caller = tokens.authenticate(issued.secret()).orElseThrow();
        assertThat(caller.role()).isEqualTo(Role.PARTNER);
        assertThat(caller.maySee(own)).isTrue();
        assertThat(caller.maySee(new RecordId("crm", "001B"))).isFalse();
        assertThatThrownBy(() -> tokens.create("portal", Role.PARTNER, Optional.empty(), "admin"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRevokedTokenOpensNothingAndIsRevokedOnce() {
        ApiToken.Issued issued = tokens.create("leaver", Role.OPERATOR, Optional.empty(), "admin");

        assertThat(tokens.revoke(issued.token().prefix(), "admin")).isTrue();
        assertThat(tokens.authenticate(issued.secret())).isEmpty();
        assertThat(tokens.revoke(issued.token().prefix(), "admin")).isFalse();
    }

    @Test
    void aTokenOpensUntilItExpiresAndNotFromThenOn() {
        Instant end = NOW.plus(Duration.ofDays(1));
        ApiToken.Issued issued = tokens.create("trial", Role.VIEWER, Optional.of(end), "admin");

        assertThat(at(end.minusMillis(1)).authenticate(issued.secret())).isPresent();
        assertThat(at(end).authenticate(issued.secret())).isEmpty();
    }

    @Test
    void aWrongSecretBehindARightPrefixOpensNothing() {
        String secret =
                tokens.create("guessed", Role.VIEWER, Optional.empty(), "admin").secret();
        char last = secret.charAt(secret.length() - 1);
        String guess = secret.substring(0, secret.length() - 1) + (last == 'A' ? 'B' : 'A');

        assertThat(tokens.authenticate(guess)).isEmpty();
        assertThat(tokens.authenticate("")).isEmpty();
        assertThat(tokens.authenticate("rmk_000000000000_" + "A".repeat(32))).isEmpty();
        assertThat(tokens.authenticate("' OR 1=1 --")).isEmpty();
    }

    private static ApiTokens at(Instant instant) {
        return new ApiTokens(DATABASE, Clock.fixed(instant, ZoneOffset.UTC));
    }
}
