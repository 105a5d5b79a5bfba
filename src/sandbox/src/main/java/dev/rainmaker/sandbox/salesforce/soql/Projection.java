package dev.rainmaker.sandbox.salesforce.soql;

import dev.rainmaker.sandbox.salesforce.record.Field;
import dev.rainmaker.sandbox.salesforce.record.Org;
import dev.rainmaker.sandbox.salesforce.record.Row;
import dev.rainmaker.sandbox.salesforce.soql.Query.Item;
import dev.rainmaker.sandbox.salesforce.soql.Query.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The selected fields in order, those of one relationship together, and how a row is written with them. */
public final class Projection {

    private static final byte[] TYPE = JsonBytes.ascii("{\"attributes\":{\"type\":\"");
    private static final byte[] URL = JsonBytes.ascii("\",\"url\":\"");
    private static final byte[] END = JsonBytes.ascii("\"}");

    /** A field, or a relationship with what is selected of it. */
    private static final class Node {
        private final byte[] name;
        private final Field field;
        private final @Nullable List<Node> children;

        Node(String name, Field field, @Nullable List<Node> children) {
            this.name = JsonBytes.ascii(",\"" + name + "\":");
            this.field = field;
            this.children = children;
        }
    }

    private final Org org;
    private final List<Column> columns = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();

    private Projection(Org org) {
        this.org = org;
    }

    static Projection none(Org org) {
        return new Projection(org);
    }

    static Projection of(Org org, Resolver resolver, Query query) throws QueryRefused {
        Projection projection = new Projection(org);
        Set<String> seen = new HashSet<>();
        for (Item item : query.select()) {
            if (item instanceof Item.All all) {
                projection.all(resolver, query, all, seen);
            } else if (item instanceof Item.Field selected) {
                if (selected.alias() != null) {
                    throw resolver.refuse(
                            "MALFORMED_QUERY",
                            selected.alias().position(),
                            "only aggregate expressions use field aliasing");
                }
                projection.add(resolver, selected.path(), seen);
            }
        }
        return projection;
    }

    private void all(Resolver resolver, Query query, Item.All all, Set<String> seen) throws QueryRefused {
        boolean custom = !all.which().equals("STANDARD");
        if (custom && (query.limit() == null || query.limit() > 200)) {
            throw resolver.refuse(
                    "MALFORMED_QUERY", all.position(), "The SOQL FIELDS function must have a LIMIT of at most 200");
        }
        for (Field field : resolver.from().fields()) {
            if (all.which().equals("ALL") || field.custom() == custom) {
                add(resolver, new Path(List.of(field.name()), all.position()), seen);
            }
        }
    }

    private void add(Resolver resolver, Path path, Set<String> seen) throws QueryRefused {
        Column column = resolver.column(path);
        StringBuilder key = new StringBuilder();
        List<Node> level = nodes;
        for (Field lookup : column.lookups()) {
            key.append(lookup.name()).append('.');
            level = children(level, lookup);
        }
        key.append(column.last().name());
        if (!seen.add(key.toString().toLowerCase(Locale.ROOT))) {
            throw resolver.refuse("MALFORMED_QUERY", path.position(), "duplicate field selected: " + path);
        }
        columns.add(column);
        level.add(new Node(column.last().name(), column.last(), null));
    }

    private static List<Node> children(List<Node> level, Field lookup) {
        for (Node node : level) {
            if (node.field == lookup && node.children != null) {
                return node.children;
            }
        }
        List<Node> children = new ArrayList<>();
        level.add(new Node(String.valueOf(lookup.relationship()), lookup, children));
        return children;
    }

    /** The selected columns in the order written. */
    List<Column> columns() {
        return columns;
    }

    /** Names and fields as selected, for column metadata. */
    public List<Field> fields() {
        return columns.stream().map(Column::last).toList();
    }

    /** The path of each column as the reply spells it. */
    public List<String> paths() {
        return columns.stream()
                .map(column -> {
                    StringBuilder path = new StringBuilder();
                    column.lookups()
                            .forEach(
                                    lookup -> path.append(lookup.relationship()).append('.'));
                    return path.append(column.last().name()).toString();
                })
                .toList();
    }

    /**
     * Writes one record.
     *
     * @param sobjects the path under which records live: {@code /services/data/v60.0/sobjects/}
     */
    public void write(JsonBytes json, Row row, String sobjects) {
        write(json, row, sobjects, nodes, null);
    }

    private void write(JsonBytes json, Row row, String sobjects, List<Node> level, @Nullable Field via) {
        json.raw(TYPE);
        json.plain(via != null && via.polymorphic() ? "Name" : row.type().name());
        json.raw(URL);
        json.plain(sobjects);
        json.plain(row.type().name());
        json.raw('/');
        json.plain(row.id());
        json.raw(END);
        for (Node node : level) {
            json.raw(node.name);
            if (node.children == null) {
                json.value(via == null ? row.value(node.field) : Column.read(row, node.field, via));
                continue;
            }
            Row target = Column.follow(org, row, node.field).orElse(null);
            if (target == null) {
                json.value(null);
            } else {
                write(json, target, sobjects, node.children, node.field);
            }
        }
        json.raw('}');
    }
}
