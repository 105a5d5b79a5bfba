package dev.rainmaker.app.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** The first words with a server that says it is ready: is it ours, and is our database there? */
final class Introduction {
    private static final String WRONG_PASSWORD = "28P01";

    private Introduction() {}

    /** @throws PostgresFault if it refuses our password or does not answer */
    static ServerAddress to(Postmaster postmaster, String password) {
        ServerAddress door = ServerAddress.local(postmaster.port(), "postgres", password);
        try (Connection connection = connect(door);
                Statement statement = connection.createStatement()) {
            if (!isThere(statement)) {
                statement.execute("CREATE DATABASE " + EmbeddedPostgres.DATABASE);
            }
            return ServerAddress.local(postmaster.port(), EmbeddedPostgres.DATABASE, password);
        } catch (SQLException refused) {
            if (WRONG_PASSWORD.equals(refused.getSQLState())) {
                throw new PostgresFault(
                        "The ledger server (process " + postmaster.pid()
                                + ") does not accept the password in keys/ledger-password; put the right one back from a backup.",
                        refused);
            }
            throw new PostgresFault(
                    "The ledger server (process " + postmaster.pid() + ", port " + postmaster.port()
                            + ") does not answer: " + refused.getMessage(),
                    refused);
        }
    }

    private static boolean isThere(Statement statement) throws SQLException {
        try (ResultSet found = statement.executeQuery(
                "SELECT 1 FROM pg_database WHERE datname = '" + EmbeddedPostgres.DATABASE + "'")) {
            return found.next();
        }
    }

    private static Connection connect(ServerAddress address) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", address.user());
        properties.setProperty("password", address.password());
        properties.setProperty("loginTimeout", "20");
        properties.setProperty("connectTimeout", "10");
        properties.setProperty("socketTimeout", "30");
        return DriverManager.getConnection(address.jdbcUrl(), properties);
    }
}
