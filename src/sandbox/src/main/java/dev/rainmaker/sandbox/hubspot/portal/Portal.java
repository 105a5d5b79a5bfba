package dev.rainmaker.sandbox.hubspot.portal;

import dev.rainmaker.sandbox.profile.Profile;
import dev.rainmaker.sandbox.state.Shelf;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The portal: records, their links and properties. Changes happen one after the other, reading needs no lock. */
public final class Portal {

    /** Properties whose change nobody is told of: they only follow others. */
    static final Set<String> SILENT = Set.of(
            "hs_object_id",
            "createdate",
            "lastmodifieddate",
            "hs_createdate",
            "hs_lastmodifieddate",
            "hs_merged_object_ids");

    private final Shelf shelf;
    private final Clock clock;
    private final Supplier<Profile> profile;
    private final Properties properties;
    private final AssociationTypes types;
    private final Links links;
    private final SearchIndex index = new SearchIndex();
    private final Map<ObjectKind, ConcurrentSkipListMap<Long, CrmRecord>> records = new EnumMap<>(ObjectKind.class);
    private final Map<String, Long> unique = new HashMap<>();
    private final List<Consumer<List<PortalEvent>>> listeners = new CopyOnWriteArrayList<>();
    private long lastId;
    private Instant lastStamp = Instant.EPOCH;

    public Portal(Shelf shelf, Clock clock, Supplier<Profile> profile) {
        this.shelf = shelf;
        this.clock = clock;
        this.profile = profile;
        this.properties = new Properties(shelf);
        this.types = new AssociationTypes(shelf);
        this.links = new Links(shelf, types);
        this.lastId = 70_000_000_000L;
        for (ObjectKind kind : ObjectKind.values()) {
            ConcurrentSkipListMap<Long, CrmRecord> table = new ConcurrentSkipListMap<>();
            records.put(kind, table);
            shelf.all(kind.plural()).forEach((key, document) -> {
                CrmRecord record = CrmRecord.read(kind, Long.parseLong(key), document);
                table.put(record.id(), record);
                lastId = Math.max(lastId, record.id());
                remember(record);
            });
            index.add(table.values(), clock.instant(), java.time.Duration.ZERO, false);
        }
    }

    /** Work of a change. */
    @FunctionalInterface
    public interface Work<T, E extends Exception> {
        T in(Change change) throws E;
    }

    /** Does the work, or nothing of it if it throws. */
    public <T, E extends Exception> T write(Source source, Work<T, E> work) throws E {
        List<PortalEvent> events;
        T result;
        synchronized (this) {
            Change change = new Change(this, source, stamp());
            result = work.in(change);
            commit(change);
            events = change.events();
        }
        listeners.forEach(listener -> listener.accept(events));
        return result;
    }

    /** Stamps never go back, although the clock may. */
    private Instant stamp() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        lastStamp = now.isBefore(lastStamp) ? lastStamp : now;
        return lastStamp;
    }

    private void commit(Change change) {
        List<Shelf.Put> puts = new ArrayList<>();
        change.staged()
                .values()
                .forEach(record ->
                        puts.add(new Shelf.Put(record.kind().plural(), String.valueOf(record.id()), record.json())));
        Set<Links.Step> steps = new LinkedHashSet<>(change.links());
        for (Links.Step step : steps) {
            if (step.removes()) {
                links.remove(step.from(), step.to(), step.type());
            } else {
                links.add(step.from(), step.to(), step.type());
            }
        }
        steps.forEach(step ->
                puts.add(links.put(step.type().from(), step.from(), step.type().to(), step.to())));
        shelf.put(puts);
        for (CrmRecord record : change.staged().values()) {
            find(record.kind(), record.id()).ifPresent(this::forget);
            table(record.kind()).put(record.id(), record);
            remember(record);
        }
        Profile now = profile.get();
        index.add(
                change.staged().values(), clock.instant(), now.duration("search-lag"), now.on("search-lag-scattered"));
    }

    private void remember(CrmRecord record) {
        if (!record.archived()) {
            properties.unique(record.kind()).forEach(name -> {
                if (!record.text(name).isEmpty()) {
                    unique.put(uniqueKey(record.kind(), name, record.text(name)), record.id());
                }
            });
        }
    }

    private void forget(CrmRecord record) {
        properties
                .unique(record.kind())
                .forEach(name -> unique.remove(uniqueKey(record.kind(), name, record.text(name)), record.id()));
    }

    static String uniqueKey(ObjectKind kind, String property, String value) {
        return kind + "/" + property + "/" + value.strip().toLowerCase(Locale.ROOT);
    }

    long nextId() {
        lastId += 7;
        return lastId;
    }

    /** Hears of every change after it was made, outside of any lock. */
    public void listen(Consumer<List<PortalEvent>> listener) {
        listeners.add(listener);
    }

    private ConcurrentSkipListMap<Long, CrmRecord> table(ObjectKind kind) {
        return Objects.requireNonNull(records.get(kind));
    }

    public Optional<CrmRecord> find(ObjectKind kind, long id) {
        return Optional.ofNullable(table(kind).get(id));
    }

    /** The record with this value of a unique property. */
    public synchronized Optional<CrmRecord> find(ObjectKind kind, String property, String value) {
        Long id = unique.get(uniqueKey(kind, property, value));
        return id == null ? Optional.empty() : find(kind, id);
    }

    /** All records by id, archived ones too. */
    public NavigableMap<Long, CrmRecord> all(ObjectKind kind) {
        return table(kind);
    }

    /** The records as search sees them. */
    public Collection<CrmRecord> indexed(ObjectKind kind) {
        return index.look(kind, clock.instant());
    }

    public Map<Long, Set<AssociationType>> links(ObjectKind kind, long id, ObjectKind to) {
        return links.of(kind, id, to);
    }

    Map<ObjectKind, Set<Long>> linksOf(ObjectKind kind, long id) {
        return links.of(kind, id);
    }

    public AssociationTypes types() {
        return types;
    }

    public Properties properties() {
        return properties;
    }

    public Clock clock() {
        return clock;
    }

    boolean isUnique(ObjectKind kind, String property) {
        return properties.unique(kind).contains(property);
    }

    boolean touchesOnSameValue() {
        return profile.get().on("touch-on-same-value");
    }

    Map<String, String> checked(ObjectKind kind, Map<String, String> sent) throws PortalRefused {
        return properties.checked(kind, sent);
    }

    Map<String, String> derived(CrmRecord before, Map<String, String> values) {
        return Derived.with(this, before, values);
    }

    /** The property that names the primary record of a kind, null if there is none. */
    @Nullable
    String primaryProperty(ObjectKind of, ObjectKind to) {
        return Derived.primaryProperty(of, to);
    }

    Shelf shelf() {
        return shelf;
    }
}
