package dev.rainmaker.sandbox.salesforce.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.rainmaker.sandbox.salesforce.record.Actor;
import dev.rainmaker.sandbox.salesforce.record.Field;
import dev.rainmaker.sandbox.salesforce.record.FieldValue;
import dev.rainmaker.sandbox.salesforce.record.ObjectType;
import dev.rainmaker.sandbox.salesforce.record.Org;
import dev.rainmaker.sandbox.salesforce.record.Refused;
import dev.rainmaker.sandbox.salesforce.record.Row;
import dev.rainmaker.sandbox.salesforce.record.SalesforceOrgId;
import dev.rainmaker.sandbox.salesforce.record.Transaction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Merges records as a person would: what pointed at those that go points at the one that remains, they go into the recycle bin
 * and name it in {@code MasterRecordId}.
 */
final class Merge {

    private static final Set<String> MERGEABLE = Set.of("Account", "Contact", "Lead");
    private static final String MASTER = "MasterRecordId";
    private static final int MOST = 2;

    private Merge() {}

    static void merge(Org org, ObjectType type, String into, List<String> gone) throws Exception {
        if (!MERGEABLE.contains(type.name())) {
            throw new Refused("INVALID_TYPE_FOR_OPERATION", "entity type " + type.name() + " does not support merge");
        }
        if (gone.isEmpty() || gone.size() > MOST || gone.contains(into)) {
            throw new IllegalArgumentException("merge takes one master and one or two other records");
        }
        org.write(new Actor(SalesforceOrgId.PERSON_USER, Actor.Channel.PAGE, false), transaction -> {
            transaction.update(type, into, Map.of());
            for (String each : gone) {
                follow(org, transaction, type, each, into);
                transaction.force(type, each, Map.of(MASTER, TextNode.valueOf(into)));
                transaction.delete(type, each);
            }
            return true;
        });
    }

    /** Every lookup to the one that goes leads to the one that remains. */
    private static void follow(Org org, Transaction transaction, ObjectType merged, String gone, String into)
            throws Refused, FieldValue.WrongType {
        for (ObjectType type : org.schema().objects()) {
            List<Field> lookups = type.fields().stream()
                    .filter(field -> field.references().contains(merged.name())
                            && !field.name().equals(MASTER))
                    .toList();
            for (Row row : lookups.isEmpty() ? List.<Row>of() : List.copyOf(org.rows(type))) {
                Map<String, JsonNode> moved = new LinkedHashMap<>();
                for (Field lookup : lookups) {
                    if (gone.equals(row.value(lookup)) && !row.deleted()) {
                        moved.put(lookup.name(), TextNode.valueOf(into));
                    }
                }
                if (!moved.isEmpty()) {
                    transaction.force(type, row.id(), moved);
                }
            }
        }
    }
}
