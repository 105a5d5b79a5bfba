package dev.rainmaker.app.connection;

import dev.rainmaker.app.mapping.Mappings;
import dev.rainmaker.app.mapping.StreamMapping;
import dev.rainmaker.connector.CheckReport;
import dev.rainmaker.connector.Connector;
import dev.rainmaker.connector.StreamDescription;
import dev.rainmaker.fact.FactKind;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** A connection that is open: the connector behind its guard and the mappings of its streams. */
public final class LiveConnection implements AutoCloseable {

    private final String name;
    private final String type;
    private final Connector connector;
    private final Mappings mappings;
    private final Map<String, Set<String>> readable = new ConcurrentHashMap<>();
    private final Map<String, Boolean> present = new ConcurrentHashMap<>();

    /**
     * @param name its name in the configuration
     * @param type the connector's word, for people; the application never branches on it
     */
    public LiveConnection(String name, String type, Connector connector, Mappings mappings) {
        this.name = name;
        this.type = type;
        this.connector = connector;
        this.mappings = mappings;
    }

    public String name() {
        return name;
    }

    public String type() {
        return type;
    }

    public Connector connector() {
        return connector;
    }

    public Collection<StreamMapping> streams() {
        return mappings.streams();
    }

    /** The mapping of a stream; empty where this connection maps no such stream. */
    public Optional<StreamMapping> stream(String stream) {
        return mappings.stream(stream);
    }

    /** The stream that states facts of this kind and takes the given logical field, such as {@code partner}. */
    public Optional<StreamMapping> writing(FactKind kind, String field) {
        if (!connector.capabilities().writes()) {
            return Optional.empty(); // whatever its mappings say, nothing may be asked of it
        }
        return streams().stream()
                .filter(mapping ->
                        mapping.kinds().contains(kind) && mapping.writes().containsKey(field))
                .findFirst();
    }

    /**
     * The fields to ask for: all that the mapping uses, without the optional ones that the vendor does not have. The vendor
     * is asked once.
     */
    public Set<String> readable(StreamMapping stream) {
        if (stream.optionalReads().isEmpty()) {
            return stream.reads();
        }
        return readable.computeIfAbsent(stream.stream(), any -> withoutMissing(stream));
    }

    /** Whether the system has the stream; asked once, and only where it may be without it. */
    public boolean has(StreamMapping stream) {
        return !stream.optional()
                || present.computeIfAbsent(
                        stream.stream(), name -> connector.describe(name).isPresent());
    }

    private Set<String> withoutMissing(StreamMapping stream) {
        Set<String> known = connector.describe(stream.stream()).stream()
                .flatMap(described -> described.fields().stream())
                .map(StreamDescription.Field::name)
                .collect(Collectors.toSet());
        Set<String> fields = new TreeSet<>(stream.reads());
        fields.removeIf(
                field -> stream.optionalReads().contains(field) && field.indexOf('.') < 0 && !known.contains(field));
        return fields;
    }

    public CheckReport check() {
        return connector.check(mappings.needs());
    }

    @Override
    public void close() {
        connector.close();
    }
}
