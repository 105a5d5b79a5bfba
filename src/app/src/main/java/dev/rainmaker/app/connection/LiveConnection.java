package dev.rainmaker.app.connection;

import dev.rainmaker.app.mapping.Mappings;
import dev.rainmaker.app.mapping.StreamMapping;
import dev.rainmaker.connector.CheckReport;
import dev.rainmaker.connector.Connector;
import dev.rainmaker.fact.FactKind;
import java.util.List;
import java.util.Optional;

/**
 * A connection that is open: the connector behind its guard and the mappings of its streams.
 *
 * @param name its name in the configuration
 * @param type the connector's word, for people; the application never branches on it
 */
public record LiveConnection(String name, String type, Connector connector, Mappings mappings)
        implements AutoCloseable {

    public List<StreamMapping> streams() {
        return mappings.streams();
    }

    /** The mapping of a stream; empty where this connection maps no such stream. */
    public Optional<StreamMapping> stream(String stream) {
        return streams().stream()
                .filter(mapping -> mapping.stream().equals(stream))
                .findFirst();
    }

    /** The stream that states facts of this kind and takes the given logical field, such as {@code partner}. */
    public Optional<StreamMapping> writing(FactKind kind, String field) {
        return streams().stream()
                .filter(mapping ->
                        mapping.kinds().contains(kind) && mapping.writes().containsKey(field))
                .findFirst();
    }

    public CheckReport check() {
        return connector.check(mappings.needs());
    }

    @Override
    public void close() {
        connector.close();
    }
}
