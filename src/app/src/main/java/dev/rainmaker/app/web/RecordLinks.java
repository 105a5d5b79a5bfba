package dev.rainmaker.app.web;

import dev.rainmaker.app.connection.LiveConnection;
import dev.rainmaker.app.runtime.Rainmaker;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.RecordId;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Addresses of records on the connected systems' own pages; null where a system has none. */
@Component
class RecordLinks {

    private final Rainmaker rainmaker;

    RecordLinks(Rainmaker rainmaker) {
        this.rainmaker = rainmaker;
    }

    /** The page of the record that states a fact. */
    @Nullable
    public String of(FactKind kind, RecordId id) {
        LiveConnection connection =
                rainmaker.connections().find(id.connection()).orElse(null);
        return connection == null
                ? null
                : connection.streams().stream()
                        .filter(stream -> stream.kinds().contains(kind))
                        .findFirst()
                        .map(stream -> of(connection, stream.stream(), id.id()))
                        .orElse(null);
    }

    @Nullable
    public String of(String connection, String stream, String id) {
        LiveConnection live = rainmaker.connections().find(connection).orElse(null);
        return live == null ? null : of(live, stream, id);
    }

    private static @Nullable String of(LiveConnection connection, String stream, String id) {
        return connection
                .connector()
                .recordPage(stream, id)
                .filter(page -> Set.of("http", "https").contains(String.valueOf(page.getScheme())))
                .map(URI::toASCIIString)
                .orElse(null);
    }
}
