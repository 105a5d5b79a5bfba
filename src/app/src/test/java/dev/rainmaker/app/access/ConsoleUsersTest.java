package dev.rainmaker.app.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rainmaker.app.access.ConsoleUsers.Login;
import dev.rainmaker.app.postgres.SecretFile;
import dev.rainmaker.app.postgres.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsoleUsersTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final String PASSWORD = "correct horse battery";

    private final DataSource database = TestPostgres.migrated().dataSource();
    private final ConsoleUsers users = at(NOW);

    @TempDir
    Path state;

    @Test
    void theFirstStartMakesOneAdminWhosePasswordIsInAFile() throws Exception {
        Path file = users.ensureAdmin(state).orElseThrow();

        assertThat(file).isEqualTo(state.resolve("keys/admin-password"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(users.login("admin", SecretFile.read(file).orElseThrow()))
                .isEqualTo(new Login.Welcome(new Caller("admin", Role.ADMIN, Optional.empty())));
        assertThat(users.ensureAdmin(state)).isEmpty();
    }

    @Test
    void noAdminIsMadeWhereThereAreUsers() {
        users.create("vera", Role.VIEWER, PASSWORD);

        assertThat(users.ensureAdmin(state)).isEmpty();
        assertThat(users.list()).containsExactly(new ConsoleUsers.User("vera", Role.VIEWER));
    }

    @Test
    void wrongPasswordAndUnknownNameAreToldApartByNobody() {
        users.create("vera", Role.VIEWER, PASSWORD);

        assertThat(users.login("vera", "wrong")).isEqualTo(users.login("nobody", "wrong"));
    }

    @Test
    void afterFiveWrongPasswordsEvenTheRightOneHasToWait() {
        users.create("vera", Role.VIEWER, PASSWORD);
        for (int i = 0; i < 4; i++) {
            users.login("vera", "wrong");
        }
        assertThat(users.login("vera", "wrong")).isEqualTo(new Login.Wrong());

        Instant until = NOW.plus(Duration.ofSeconds(30));
        assertThat(users.login("vera", PASSWORD)).isEqualTo(new Login.Wait(until));
        assertThat(at(until.minusMillis(1)).login("vera", PASSWORD)).isEqualTo(new Login.Wait(until));
        assertThat(at(until).login("vera", PASSWORD)).isInstanceOf(Login.Welcome.class);
    }

    @Test
    void aNewPasswordReplacesTheOldOneAndEndsTheWait() {
        users.create("vera", Role.VIEWER, PASSWORD);
        for (int i = 0; i < 5; i++) {
            users.login("vera", "wrong");
        }

        assertThat(users.changePassword("vera", "another long password")).isTrue();
        assertThat(users.login("vera", PASSWORD)).isEqualTo(new Login.Wrong());
        assertThat(users.login("vera", "another long password")).isInstanceOf(Login.Welcome.class);
    }

    @Test
    void passwordsOfAnUnsafeLengthAndTakenNamesAreRefused() {
        users.create("vera", Role.VIEWER, "x".repeat(12));

        assertThatThrownBy(() -> users.create("paul", Role.VIEWER, "x".repeat(11)))
                .hasMessageContaining("at least 12 characters");
        assertThatThrownBy(() -> users.create("paul", Role.VIEWER, "x".repeat(73)))
                .hasMessageContaining("at most 72 bytes");
        assertThatThrownBy(() -> users.create("vera", Role.ADMIN, PASSWORD))
                .hasMessage("there is a user \"vera\" already");
    }

    @Test
    void theFirst72CharactersOfALongerAttemptDoNotOpen() {
        users.create("vera", Role.VIEWER, "x".repeat(72));

        assertThat(users.login("vera", "x".repeat(73))).isEqualTo(new Login.Wrong());
        assertThat(users.login("vera", "x".repeat(72))).isInstanceOf(Login.Welcome.class);
    }

    private ConsoleUsers at(Instant instant) {
        return new ConsoleUsers(database, Clock.fixed(instant, ZoneOffset.UTC), 4);
    }
}
