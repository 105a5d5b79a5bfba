package dev.rainmaker.app.runtime;

import dev.rainmaker.app.configuration.LedgerSettings;
import dev.rainmaker.app.configuration.RainmakerConfiguration;
import dev.rainmaker.app.crash.CrashPoint;
import dev.rainmaker.app.ledger.Ledger;
import dev.rainmaker.app.postgres.EmbeddedPostgres;
import dev.rainmaker.app.postgres.ServerAddress;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The ledger and, where it is the embedded one, its server.
 *
 * @param server the embedded server this process owns; null where the ledger is elsewhere or another process owns it
 */
record LedgerHolder(Ledger ledger, @Nullable EmbeddedPostgres server) implements AutoCloseable {

    /**
     * Opens the configured database, or the embedded one under the state folder. Beside a Rainmaker that already runs on
     * that folder, its server is used.
     */
    static LedgerHolder open(RainmakerConfiguration configuration, Path state) {
        if (configuration.ledger().isPresent()) {
            LedgerSettings settings = configuration.ledger().get();
            return new LedgerHolder(
                    Ledger.open(settings.url(), settings.user(), settings.password(), configuration.tenant()), null);
        }
        Optional<ServerAddress> running =
                EmbeddedPostgres.inUse(state) ? EmbeddedPostgres.find(state) : Optional.empty();
        if (running.isPresent()) {
            ServerAddress address = running.get();
            return new LedgerHolder(
                    Ledger.open(address.jdbcUrl(), address.user(), address.password(), configuration.tenant()), null);
        }
        CrashPoint.LEDGER_STARTING.reachedSoon();
        EmbeddedPostgres server = EmbeddedPostgres.start(state, EmbeddedPostgres.Options.standard());
        try {
            Ledger ledger = Ledger.open(server.jdbcUrl(), server.user(), server.password(), configuration.tenant());
            return new LedgerHolder(ledger, server);
        } catch (RuntimeException failed) {
            server.close();
            throw failed;
        }
    }

    /** Whether this process is the only one that can be working on the ledger. */
    boolean alone() {
        return server != null;
    }

    @Override
    public void close() {
        ledger.close();
        if (server != null) {
            server.close();
        }
    }
}
