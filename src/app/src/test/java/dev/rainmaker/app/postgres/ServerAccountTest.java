package dev.rainmaker.app.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rainmaker.app.postgres.EmbeddedPostgres.Options;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL refuses root. Root's ways around that; the tests of the server itself run as whoever runs the tests. */
class ServerAccountTest {
    private static final boolean ROOT = "root".equals(System.getProperty("user.name"));

    @TempDir
    Path state;

    @Test
    void ordinaryUserRunsTheServerAsItself() {
        assumeTrue(!ROOT, "this is root");

        assertThat(ServerAccount.forData(state, DataFolder.in(state))).isEqualTo(new ServerAccount.SameUser());
    }

    @Test
    void rootRunsTheServerInAUserNamespaceWhereItMay() {
        assumeTrue(ROOT, "this is not root");
        assumeTrue(ServerAccount.UserNamespace.works(state), "user namespaces are forbidden here");

        assertThat(ServerAccount.forData(state, DataFolder.in(state))).isEqualTo(new ServerAccount.UserNamespace());
    }

    @Test
    void rootRunsTheServerAsTheUserToWhomTheDataBelong() throws Exception {
        assumeTrue(ROOT, "this is not root");
        Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwxr-xr-x"));
        ServerAccount nobody = new ServerAccount.OtherUser(ServerAccount.NOBODY);

        PostgresServer server = PostgresServer.of(state, Options.standard().withoutDurability(), nobody);
        ServerAddress address = server.run().address();
        try (var connection = DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password())) {
            assertThat(connection.isValid(5)).isTrue();
        } finally {
            server.stop();
        }

        assertThat(Postmaster.processesIn(DataFolder.in(state))).isEmpty();
        assertThat(Files.getAttribute(DataFolder.in(state), "unix:uid")).isEqualTo(ServerAccount.NOBODY);
        assertThat(ServerAccount.forData(state, DataFolder.in(state))).isEqualTo(nobody);
    }

    @Test
    void rootIsToldWhenTheOtherUserCannotReachTheFolder() throws Exception {
        assumeTrue(ROOT, "this is not root");
        Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwx------"));
        ServerAccount.OtherUser nobody = new ServerAccount.OtherUser(ServerAccount.NOBODY);

        assertThatThrownBy(() -> nobody.checkReach(state.resolve(".")))
                .hasMessageContaining("user 65534 may not enter")
                .hasMessageContaining("--state");
    }
}
