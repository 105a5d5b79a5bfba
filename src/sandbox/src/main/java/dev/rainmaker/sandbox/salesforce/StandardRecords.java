package dev.rainmaker.sandbox.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.rainmaker.sandbox.salesforce.record.Actor;
import dev.rainmaker.sandbox.salesforce.record.FieldValue;
import dev.rainmaker.sandbox.salesforce.record.Org;
import dev.rainmaker.sandbox.salesforce.record.Refused;
import dev.rainmaker.sandbox.salesforce.record.SalesforceOrgId;
import dev.rainmaker.sandbox.salesforce.record.Transaction;
import java.util.LinkedHashMap;
import java.util.Map;

/** What every org has before anything is loaded: itself, three users, a queue and the lead assignment rule. */
final class StandardRecords {

    private StandardRecords() {}

    static void write(Org org) {
        Actor setup = new Actor(SalesforceOrgId.INTEGRATION_USER, Actor.Channel.LOAD, false);
        org.<Boolean, RuntimeException>write(setup, transaction -> {
            create(
                    org,
                    transaction,
                    "Organization",
                    SalesforceOrgId.ORGANIZATION,
                    "Name",
                    "Rainmaker Sandbox",
                    "InstanceName",
                    "RMS1");
            user(org, transaction, SalesforceOrgId.INTEGRATION_USER, "Integration", "User", "integration");
            user(org, transaction, SalesforceOrgId.PERSON_USER, "Channel", "Manager", "channel.manager");
            user(org, transaction, SalesforceOrgId.WEB_USER, "Web", "Form", "web.form");
            create(
                    org,
                    transaction,
                    "Group",
                    SalesforceOrgId.LEAD_QUEUE,
                    "Name",
                    "Unassigned Leads",
                    "DeveloperName",
                    "Unassigned_Leads",
                    "Type",
                    "Queue");
            create(
                    org,
                    transaction,
                    "AssignmentRule",
                    SalesforceOrgId.LEAD_RULE,
                    "Name",
                    "Every lead to the queue",
                    "SobjectType",
                    "Lead",
                    "Active",
                    "true");
            return true;
        });
    }

    private static void user(Org org, Transaction transaction, String id, String first, String last, String alias) {
        String address = alias + "@rainmaker.example";
        create(
                org,
                transaction,
                "User",
                id,
                "Username",
                address,
                "FirstName",
                first,
                "LastName",
                last,
                "Email",
                address,
                "Alias",
                alias.substring(0, Math.min(8, alias.length())));
    }

    private static void create(Org org, Transaction transaction, String object, String id, String... namesAndValues) {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        values.put("Id", TextNode.valueOf(id));
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put(namesAndValues[i], TextNode.valueOf(namesAndValues[i + 1]));
        }
        try {
            transaction.create(org.schema().required(object), values);
        } catch (Refused | FieldValue.WrongType e) {
            throw new IllegalStateException("a standard record is wrong", e);
        }
    }
}
