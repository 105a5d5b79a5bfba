package dev.rainmaker.sandbox.salesforce.soql;

import dev.rainmaker.sandbox.salesforce.record.Field;
import dev.rainmaker.sandbox.salesforce.record.FieldType;
import dev.rainmaker.sandbox.salesforce.record.ObjectType;
import dev.rainmaker.sandbox.salesforce.record.Org;
import dev.rainmaker.sandbox.salesforce.soql.Query.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds what the names in a query stand for, or says in the vendor's words that they stand for nothing. */
final class Resolver {

    /** The vendor follows at most five relationships. */
    private static final int LONGEST = 5;

    private static final Field POLYMORPHIC_TYPE =
            new Field(0, "Type", FieldType.STRING, 40, 0, 0, List.of(), List.of(), Set.of(), null);

    private final Org org;
    private final String soql;
    private final ObjectType from;
    private final @Nullable String alias;

    private Resolver(Org org, String soql, ObjectType from, @Nullable String alias) {
        this.org = org;
        this.soql = soql;
        this.from = from;
        this.alias = alias;
    }

    static Resolver of(Org org, String soql, Query query) throws QueryRefused {
        String object = query.from().text();
        ObjectType from = org.schema()
                .object(object)
                .orElseThrow(() -> QueryRefused.at(
                        "INVALID_TYPE",
                        soql,
                        query.from().position(),
                        "sObject type '" + object
                                + "' is not supported. If you are attempting to use a custom object, be"
                                + " sure to append the '__c' after the entity name. Please reference your WSDL or the"
                                + " describe call for the appropriate names."));
        return new Resolver(
                org, soql, from, query.alias() == null ? null : query.alias().text());
    }

    ObjectType from() {
        return from;
    }

    QueryRefused refuse(String code, int position, String reason) {
        return QueryRefused.at(code, soql, position, reason);
    }

    Column column(Path path) throws QueryRefused {
        List<String> parts = path.parts();
        if (parts.size() > 1
                && (parts.get(0).equalsIgnoreCase(from.name())
                        || alias != null && parts.get(0).equalsIgnoreCase(alias))) {
            parts = parts.subList(1, parts.size());
        }
        if (parts.size() > LONGEST + 1) {
            throw refuse("INVALID_FIELD", path.position(), "too many relationships in '" + path + "'");
        }
        List<Field> lookups = new ArrayList<>();
        ObjectType type = from;
        for (String name : parts.subList(0, parts.size() - 1)) {
            Field lookup = polymorphic(lookups) ? null : type.relationship(name).orElse(null);
            if (lookup == null) {
                throw refuse(
                        "INVALID_FIELD",
                        path.position(),
                        "Didn't understand relationship '" + name + "' in field path. If you are attempting to use a"
                                + " custom relationship, be sure to append the '__r' after the custom relationship name."
                                + " Please reference your WSDL or the describe call for the appropriate names.");
            }
            lookups.add(lookup);
            type = org.schema().required(lookup.references().get(0));
        }
        return new Column(org, lookups, last(type, parts.get(parts.size() - 1), polymorphic(lookups), path));
    }

    private static boolean polymorphic(List<Field> lookups) {
        return !lookups.isEmpty() && lookups.get(lookups.size() - 1).polymorphic();
    }

    private Field last(ObjectType type, String name, boolean polymorphic, Path path) throws QueryRefused {
        Field field = type.field(name).orElse(null);
        if (polymorphic && name.equalsIgnoreCase("Type")) {
            return POLYMORPHIC_TYPE;
        }
        if (field == null || polymorphic && !Column.POLYMORPHIC_FIELDS.contains(field.name())) {
            throw refuse(
                    "INVALID_FIELD",
                    path.position(),
                    "No such column '" + name + "' on entity '" + (polymorphic ? "Name" : type.name())
                            + "'. If you are attempting to use a custom field, be sure to append the '__c' after the"
                            + " custom field name. Please reference your WSDL or the describe call for the appropriate"
                            + " names.");
        }
        return field;
    }
}
