package dev.rainmaker.app.access;

import dev.rainmaker.app.postgres.SecretFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/** The people who log in to the console. After five wrong passwords in a row a user has to wait, each time longer. */
public final class ConsoleUsers {
    private static final int FREE_FAILURES = 5;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);
    private static final int SHORTEST_PASSWORD = 12;
    private static final int BCRYPT_BYTES = 72;
    private static final int BCRYPT_STRENGTH = 11;

    private final JdbcClient jdbc;
    private final Clock clock;
    private final BCryptPasswordEncoder encoder;
    /** Compared with for unknown names, so that these take as long as known ones. */
    private final String nobodysPassword;

    /** A user without the password. */
    public record User(String name, Role role) {}

    private record Entry(
            User user,
            String password,
            int failures,
            @Nullable Instant lockedUntil) {}

    public ConsoleUsers(DataSource dataSource, Clock clock) {
        this(dataSource, clock, BCRYPT_STRENGTH);
    }

    ConsoleUsers(DataSource dataSource, Clock clock, int strength) {
        this.jdbc = JdbcClient.create(dataSource);
        this.clock = clock;
        this.encoder = new BCryptPasswordEncoder(strength);
        this.nobodysPassword = encoder.encode(SecretFile.randomSecret());
    }

    /**
     * Adds a user.
     *
     * @param role not partner: partners use tokens
     * @throws IllegalArgumentException if the name is taken or blank, or the password shorter than 12 characters or longer than
     *     72 bytes
     */
    public void create(String name, Role role, String password) {
        if (name.isBlank() || role == Role.PARTNER) {
            throw new IllegalArgumentException("a console user has a name and the role admin, operator or viewer");
        }
        try {
            insert(name, role, encode(password), "");
        } catch (DuplicateKeyException taken) {
            throw new IllegalArgumentException("there is a user \"" + name + "\" already", taken);
        }
    }

    private int insert(String name, Role role, String password, String condition) {
        return jdbc.sql("INSERT INTO console_user (tenant, name, role, password, created_at)"
                        + " SELECT :tenant, :name, :role, :password, :now " + condition)
                .param("tenant", ApiTokens.TENANT)
                .param("name", name)
                .param("role", role.word())
                .param("password", password)
                .param("now", ApiTokens.utc(clock.instant()))
                .update();
    }

    /** Gives a user a new password and forgives wrong ones. False if there is no such user. */
    public boolean changePassword(String name, String password) {
        return jdbc.sql("UPDATE console_user SET password = :password, failures = 0, locked_until = NULL"
                                + " WHERE tenant = :tenant AND name = :name")
                        .param("tenant", ApiTokens.TENANT)
                        .param("name", name)
                        .param("password", encode(password))
                        .update()
                > 0;
    }

    /** False if there is no such user. */
    public boolean remove(String name) {
        return jdbc.sql("DELETE FROM console_user WHERE tenant = :tenant AND name = :name")
                        .param("tenant", ApiTokens.TENANT)
                        .param("name", name)
                        .update()
                > 0;
    }

    public List<User> list() {
        return jdbc.sql("SELECT name, role FROM console_user WHERE tenant = :tenant ORDER BY name")
                .param("tenant", ApiTokens.TENANT)
                .query((row, number) -> new User(row.getString("name"), Role.of(row.getString("role"))))
                .list();
    }

    /**
     * Where there is no user at all, makes {@code admin} with a random password.
     *
     * @return the file {@code keys/admin-password} (mode 0600) that holds the password, if it was made now
     */
    public Optional<Path> ensureAdmin(Path stateFolder) {
        if (!list().isEmpty()) {
            return Optional.empty();
        }
        String password = SecretFile.randomSecret();
        Path file = stateFolder.resolve("keys").resolve("admin-password");
        // First the file: a user whose password nobody ever saw would lock everybody out.
        SecretFile.write(file, password);
        int made = insert(
                "admin",
                Role.ADMIN,
                encode(password),
                "WHERE NOT EXISTS (SELECT 1 FROM console_user WHERE tenant = :tenant) ON CONFLICT DO NOTHING");
        if (made == 0) {
            delete(file);
            return Optional.empty();
        }
        return Optional.of(file);
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** What came of a try to log in. */
    sealed interface Login {
        /** The password is right. */
        record Welcome(Caller caller) implements Login {}

        /** Unknown name or wrong password: which one is not said. */
        record Wrong() implements Login {}

        /** Too many wrong ones; nothing is checked until then. */
        record Wait(Instant until) implements Login {}
    }

    Login login(String name, String password) {
        Optional<Entry> known = find(name);
        if (known.isEmpty()) {
            matches(password, nobodysPassword);
            return new Login.Wrong();
        }
        Entry entry = known.get();
        Instant lockedUntil = entry.lockedUntil();
        if (lockedUntil != null && clock.instant().isBefore(lockedUntil)) {
            return new Login.Wait(lockedUntil);
        }
        if (!matches(password, entry.password())) {
            fail(entry);
            return new Login.Wrong();
        }
        if (entry.failures() > 0) {
            setFailures(name, 0, null);
        }
        return new Login.Welcome(new Caller(name, entry.user().role(), Optional.empty()));
    }

    private void fail(Entry entry) {
        int failures = entry.failures() + 1;
        if (failures < FREE_FAILURES) {
            setFailures(entry.user().name(), failures, null);
            return;
        }
        Duration wait = Duration.ofSeconds(30L << Math.min(failures - FREE_FAILURES, 10));
        setFailures(
                entry.user().name(),
                failures,
                clock.instant().plus(wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT));
    }

    private void setFailures(String name, int failures, @Nullable Instant lockedUntil) {
        jdbc.sql("UPDATE console_user SET failures = :failures, locked_until = :until"
                        + " WHERE tenant = :tenant AND name = :name")
                .param("tenant", ApiTokens.TENANT)
                .param("name", name)
                .param("failures", failures)
                .param("until", lockedUntil == null ? null : ApiTokens.utc(lockedUntil))
                .update();
    }

    private Optional<Entry> find(String name) {
        return jdbc.sql("SELECT * FROM console_user WHERE tenant = :tenant AND name = :name")
                .param("tenant", ApiTokens.TENANT)
                .param("name", name)
                .query((row, number) -> {
                    Timestamp locked = row.getTimestamp("locked_until");
                    return new Entry(
                            new User(row.getString("name"), Role.of(row.getString("role"))),
                            row.getString("password"),
                            row.getInt("failures"),
                            locked == null ? null : locked.toInstant());
                })
                .optional();
    }

    private String encode(String password) {
        if (password.length() < SHORTEST_PASSWORD || password.getBytes(StandardCharsets.UTF_8).length > BCRYPT_BYTES) {
            throw new IllegalArgumentException("a password has at least " + SHORTEST_PASSWORD
                    + " characters and at most " + BCRYPT_BYTES + " bytes");
        }
        return encoder.encode(password);
    }

    /** BCrypt does not see what comes after 72 bytes: a longer attempt is wrong, and takes as long. */
    private boolean matches(String attempt, String hash) {
        boolean fits = attempt.getBytes(StandardCharsets.UTF_8).length <= BCRYPT_BYTES;
        return encoder.matches(fits ? attempt : "", hash) && fits;
    }
}
