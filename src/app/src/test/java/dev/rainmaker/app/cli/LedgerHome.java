package dev.rainmaker.app.cli;

import dev.rainmaker.app.postgres.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A configuration of the shipped mappings, policies and routes on a ledger of its own, for verbs to run on. */
record LedgerHome(Path folder) {

    private static final Path SHIPPED =
            Path.of(System.getProperty("rainmaker.home", "../..")).toAbsolutePath();

    static LedgerHome of(Path folder, TestPostgres.TestDatabase database) throws IOException {
        Files.writeString(folder.resolve("password"), database.password());
        Files.writeString(
                folder.resolve("rainmaker.yaml"),
                "connections: {}\nmappings: " + SHIPPED.resolve("mappings") + "\npolicies: "
                        + SHIPPED.resolve("policies") + "\nroutes: " + SHIPPED.resolve("routes") + "\nledger:\n  url: "
                        + database.jdbcUrl() + "\n  user: " + database.user() + "\n  password: ${file:"
                        + folder.resolve("password") + "}\n");
        return new LedgerHome(folder);
    }

    Path state() {
        return folder.resolve("state");
    }

    Verb run(String... verb) {
        List<String> arguments = new ArrayList<>(List.of(verb));
        arguments.addAll(
                List.of("--config", folder.resolve("rainmaker.yaml").toString(), "--state", state().toString()));
        return Verb.run(arguments.toArray(String[]::new));
    }
}
