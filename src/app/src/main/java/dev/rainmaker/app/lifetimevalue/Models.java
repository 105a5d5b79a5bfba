package dev.rainmaker.app.lifetimevalue;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.rainmaker.app.ledger.FactJson;
import dev.rainmaker.app.ledger.PlvLedger;
import dev.rainmaker.app.ledger.PlvLedger.PlvVersion;
import dev.rainmaker.lifetimevalue.Plv;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Models by version; the one used last is kept in memory, as a version never changes. */
public final class Models {

    private final PlvLedger versions;
    private volatile @Nullable Known latest;

    private record Known(String version, Plv.Fitted fitted) {}

    public Models(PlvLedger versions) {
        this.versions = versions;
    }

    /** The model in use. */
    public Optional<Plv.Fitted> current() {
        return versions.currentName().flatMap(name -> find(name.version()));
    }

    /** The model in use, if it was fitted for a policy. */
    Optional<Plv.Fitted> currentFor(String policy) {
        return versions.currentName()
                .filter(name -> name.policy().equals(policy))
                .flatMap(name -> find(name.version()));
    }

    /** A model by its version. */
    public Optional<Plv.Fitted> find(String version) {
        Known held = latest;
        if (held != null && held.version().equals(version)) {
            return Optional.of(held.fitted());
        }
        return versions.find(version).map(stored -> {
            Plv.Fitted fitted = read(stored.body(), Plv.Fitted.class);
            latest = new Known(version, fitted);
            return fitted;
        });
    }

    /** How the model in use did on the past; empty where there is no model, or it comes from an older Rainmaker. */
    public Optional<ModelHealth> health() {
        return versions.current().flatMap(Models::health);
    }

    /** How a version did on the past. */
    public static Optional<ModelHealth> health(PlvVersion version) {
        return Optional.ofNullable(version.health()).map(body -> read(body, ModelHealth.class));
    }

    /** Makes a model the current one. */
    void adopt(PlvVersion version, Plv.Fitted fitted) {
        versions.adopt(version);
        latest = new Known(version.version(), fitted);
    }

    static String json(Object value) {
        try {
            return FactJson.MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static <T> T read(String body, Class<T> type) {
        try {
            return FactJson.MAPPER.readValue(body, type);
        } catch (JsonProcessingException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
