package dev.rainmaker.app.postgres;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;

/** The main class of a process that tests kill: owns the server of a state folder and commits numbers until it dies. */
final class LedgerOwner {

    private LedgerOwner() {}

    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try (EmbeddedPostgres server =
                        EmbeddedPostgres.start(Path.of(arguments[0]), EmbeddedPostgres.Options.standard());
                Connection connection =
                        DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password());
                Statement statement = connection.createStatement()) {
            out.println("started " + (server.takenOver() ? "by taking over" : "anew"));
            statement.execute("CREATE TABLE IF NOT EXISTS committed (n bigint PRIMARY KEY)");
            for (long n = 1; n < Long.parseLong(arguments[1]); n++) {
                statement.execute("INSERT INTO committed VALUES (" + n + ")");
                out.println("committed " + n);
            }
        } catch (PostgresFault refused) {
            out.println("refused " + refused.getMessage());
        }
    }
}
