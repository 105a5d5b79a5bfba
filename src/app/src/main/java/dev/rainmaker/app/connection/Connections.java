package dev.rainmaker.app.connection;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The connections that are open, by name. */
public final class Connections implements AutoCloseable {

    private final Map<String, LiveConnection> byName = new LinkedHashMap<>();

    public Connections(List<LiveConnection> connections) {
        connections.forEach(connection -> byName.put(connection.name(), connection));
    }

    public Collection<LiveConnection> all() {
        return byName.values();
    }

    public Optional<LiveConnection> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    @Override
    public void close() {
        byName.values().forEach(LiveConnection::close);
    }
}
