package dev.rainmaker.sandbox.hubspot.portal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One change of the portal: everything in it happens, or nothing. */
public final class Change {

    private final Portal portal;
    private final Source source;
    private final Instant at;
    private final Map<Long, CrmRecord> staged = new LinkedHashMap<>();
    private final Map<String, Long> stagedUnique = new LinkedHashMap<>();
    private final List<Links.Step> links = new ArrayList<>();
    private final List<PortalEvent> events = new ArrayList<>();

    Change(Portal portal, Source source, Instant at) {
        this.portal = portal;
        this.source = source;
        this.at = at;
    }

    Map<Long, CrmRecord> staged() {
        return staged;
    }

    List<Links.Step> links() {
        return links;
    }

    List<PortalEvent> events() {
        return events;
    }

    /** The record as it stands within this change, archived ones too. */
    public Optional<CrmRecord> find(ObjectKind kind, long id) {
        CrmRecord record = staged.get(id);
        return record == null ? portal.find(kind, id) : Optional.of(record).filter(found -> found.kind() == kind);
    }

    /** The record as this change sees it; refused where there is none or it is archived. */
    public CrmRecord required(ObjectKind kind, long id) throws PortalRefused {
        return find(kind, id).filter(record -> !record.archived()).orElseThrow(PortalRefused::noObject);
    }

    /** The record with this value of a unique property, or with this id. */
    public Optional<CrmRecord> find(ObjectKind kind, String idProperty, String value) {
        if (idProperty.isEmpty() || idProperty.equals("hs_object_id")) {
            return value.matches("\\d{1,18}") ? find(kind, Long.parseLong(value)) : Optional.empty();
        }
        Long id = stagedUnique.get(Portal.uniqueKey(kind, idProperty, value));
        return id == null ? portal.find(kind, idProperty, value) : find(kind, id);
    }

    /** A new record. */
    public CrmRecord create(ObjectKind kind, Map<String, String> properties) throws PortalRefused {
        return create(kind, portal.nextId(), at, properties);
    }

    /** A new record that was made at another time than now. */
    public CrmRecord create(ObjectKind kind, long id, Instant created, Map<String, String> properties)
            throws PortalRefused {
        Map<String, String> values = new LinkedHashMap<>(portal.checked(kind, properties));
        values.values().removeIf(String::isEmpty);
        unique(kind, id, values);
        values.put("hs_object_id", String.valueOf(id));
        values.putIfAbsent(kind.createdProperty(), PropertyValue.time(created));
        CrmRecord fresh = CrmRecord.create(kind, id, at).createdAt(created);
        CrmRecord record = stamped(fresh, portal.derived(fresh, values));
        events.add(new PortalEvent("creation", kind, id, "", "", at, source, null));
        tell(fresh, record);
        return record;
    }

    /** Changes properties; one that already has the value stays untouched. */
    public CrmRecord update(ObjectKind kind, long id, Map<String, String> properties) throws PortalRefused {
        CrmRecord before = required(kind, id);
        Map<String, String> values = new TreeMap<>(portal.checked(kind, properties));
        values.entrySet().removeIf(value -> before.text(value.getKey()).equals(value.getValue()));
        if (values.isEmpty() && !portal.touchesOnSameValue()) {
            return before;
        }
        unique(kind, id, values);
        CrmRecord after = stamped(before, portal.derived(before, values));
        tell(before, after);
        return after;
    }

    /** Sets properties that only the portal itself may set. */
    public CrmRecord set(CrmRecord before, Map<String, String> values) {
        CrmRecord after = stamped(before, values);
        tell(before, after);
        return after;
    }

    private CrmRecord stamped(CrmRecord before, Map<String, String> values) {
        Map<String, String> all = new LinkedHashMap<>(values);
        all.put(before.kind().modifiedProperty(), PropertyValue.time(at));
        CrmRecord after = before.with(all, at, source);
        staged.put(after.id(), after);
        return after;
    }

    private void tell(CrmRecord before, CrmRecord after) {
        after.history().forEach((name, versions) -> {
            String value = versions.get(0).value();
            if (!value.equals(before.text(name)) && !Portal.SILENT.contains(name)) {
                events.add(new PortalEvent("propertyChange", after.kind(), after.id(), name, value, at, source, null));
            }
        });
    }

    private void unique(ObjectKind kind, long id, Map<String, String> values) throws PortalRefused {
        for (Map.Entry<String, String> value : values.entrySet()) {
            if (value.getValue().isEmpty() || !portal.isUnique(kind, value.getKey())) {
                continue;
            }
            Optional<CrmRecord> other = find(kind, value.getKey(), value.getValue());
            if (other.isPresent() && other.get().id() != id) {
                throw conflict(kind, value.getKey(), other.get().id());
            }
            stagedUnique.put(Portal.uniqueKey(kind, value.getKey(), value.getValue()), id);
        }
    }

    private static PortalRefused conflict(ObjectKind kind, String property, long existing) {
        return property.equals("email")
                ? new PortalRefused(409, "CONFLICT", "Contact already exists. Existing ID: " + existing)
                : PortalRefused.invalid("Cannot set PropertyValueCoordinates{objectTypeId=" + kind.typeId()
                        + ", propertyName=" + property + "}. " + existing + " already has that value.");
    }

    /** Takes the record and its links away; one that is gone already stays gone. */
    public void archive(ObjectKind kind, long id) {
        Optional<CrmRecord> found = find(kind, id).filter(record -> !record.archived());
        if (found.isEmpty()) {
            return;
        }
        staged.put(id, found.get().archivedAt(at, at));
        events.add(new PortalEvent("deletion", kind, id, "", "", at, source, null));
        portal.linksOf(kind, id)
                .forEach((to, others) -> others.forEach(other -> portal.links(kind, id, to)
                        .getOrDefault(other, Set.of())
                        .forEach(type -> both(new Links.Step(id, other, type, true)))));
    }

    /** Puts the second record into the first: links move over, values that the first lacks too. */
    public CrmRecord merge(ObjectKind kind, long primary, long other) throws PortalRefused {
        CrmRecord into = required(kind, primary);
        CrmRecord from = required(kind, other);
        Map<String, String> missing = new TreeMap<>();
        from.history().forEach((name, versions) -> {
            boolean ours = Portal.SILENT.contains(name) || portal.isUnique(kind, name);
            if (into.text(name).isEmpty() && !ours) {
                missing.put(name, versions.get(0).value());
            }
        });
        Stream<String> earlier = Stream.of(into, from)
                .map(record -> record.text("hs_merged_object_ids"))
                .filter(ids -> !ids.isEmpty());
        missing.put(
                "hs_merged_object_ids",
                Stream.concat(earlier, Stream.of(String.valueOf(other))).collect(Collectors.joining(";")));
        for (Map.Entry<ObjectKind, Set<Long>> ends : portal.linksOf(kind, other).entrySet()) {
            for (Long end : ends.getValue()) {
                for (AssociationType type :
                        portal.links(kind, other, ends.getKey()).getOrDefault(end, Set.of())) {
                    both(new Links.Step(primary, end, type, false));
                }
            }
        }
        archive(kind, other);
        CrmRecord merged = stamped(into, missing);
        events.add(new PortalEvent("merge", kind, primary, "", "", at, source, null));
        return merged;
    }

    /** Links two records; the first company of a contact or deal becomes its primary one. */
    public void associate(long from, long to, AssociationType type) throws PortalRefused {
        required(type.from(), from);
        required(type.to(), to);
        both(new Links.Step(from, to, type, false));
        primary(from, to, type);
        events.add(new PortalEvent(
                "associationChange",
                type.from(),
                from,
                "",
                "",
                at,
                source,
                new PortalEvent.End(type.to(), to, type.primary(), false)));
    }

    private void primary(long from, long to, AssociationType type) throws PortalRefused {
        boolean forward = portal.primaryProperty(type.from(), type.to()) != null;
        ObjectKind child = forward ? type.from() : type.to();
        ObjectKind parent = forward ? type.to() : type.from();
        String property = portal.primaryProperty(child, parent);
        if (property == null) {
            return;
        }
        long childId = forward ? from : to;
        long parentId = forward ? to : from;
        CrmRecord record = find(child, childId).orElseThrow();
        if (type.primary() || record.text(property).isEmpty()) {
            @Nullable
            AssociationType primary = portal.types().between(child, parent).stream()
                    .filter(AssociationType::primary)
                    .findFirst()
                    .orElse(null);
            if (primary != null) {
                String old = record.text(property);
                if (!old.isEmpty() && !old.equals(String.valueOf(parentId))) {
                    both(new Links.Step(childId, Long.parseLong(old), primary, true));
                }
                both(new Links.Step(childId, parentId, primary, false));
                both(new Links.Step(childId, parentId, portal.types().plain(child, parent), false));
            }
            stamped(record, Map.of(property, String.valueOf(parentId)));
        }
    }

    /** Takes links of this type away. */
    public void dissociate(long from, long to, AssociationType type) {
        both(new Links.Step(from, to, type, true));
        String property = portal.primaryProperty(type.from(), type.to());
        Optional<CrmRecord> record = find(type.from(), from);
        if (property != null
                && record.isPresent()
                && record.get().text(property).equals(String.valueOf(to))) {
            stamped(record.get(), Map.of(property, ""));
        }
        events.add(new PortalEvent(
                "associationChange",
                type.from(),
                from,
                "",
                "",
                at,
                source,
                new PortalEvent.End(type.to(), to, type.primary(), true)));
    }

    private void both(Links.Step step) {
        try {
            links.addAll(step.bothWays(portal.types()));
        } catch (PortalRefused e) {
            throw new IllegalStateException("a type without its inverse", e);
        }
    }
}
