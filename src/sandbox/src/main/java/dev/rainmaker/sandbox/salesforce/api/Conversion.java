package dev.rainmaker.sandbox.salesforce.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.rainmaker.sandbox.http.ApiJson;
import dev.rainmaker.sandbox.salesforce.record.Actor;
import dev.rainmaker.sandbox.salesforce.record.FieldValue;
import dev.rainmaker.sandbox.salesforce.record.Org;
import dev.rainmaker.sandbox.salesforce.record.Refused;
import dev.rainmaker.sandbox.salesforce.record.Row;
import dev.rainmaker.sandbox.salesforce.record.SalesforceOrgId;
import dev.rainmaker.sandbox.salesforce.record.Schema;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;

/** Converts a lead as a person would: account, contact and opportunity in one transaction, the lead read-only after. */
final class Conversion {

    private static final int DAYS_TO_CLOSE = 90;
    private static final int LONGEST_NAME = 120;

    private Conversion() {}

    static ObjectNode convert(Org org, String leadId) throws Refused, FieldValue.WrongType {
        Actor person = new Actor(SalesforceOrgId.PERSON_USER, Actor.Channel.PAGE, false);
        try {
            return org.<ObjectNode, Exception>write(person, transaction -> {
                Row lead = transaction
                        .find(leadId)
                        .filter(row -> !row.deleted() && !Boolean.TRUE.equals(row.value("IsConverted")))
                        .orElseThrow(() -> new Refused("INVALID_CROSS_REFERENCE_KEY", "no open lead " + leadId));
                Schema schema = org.schema();
                String company = lead.text("Company");
                Row account = transaction.create(
                        schema.required("Account"),
                        values(
                                "Name",
                                company,
                                "BillingCountry",
                                lead.text("Country"),
                                "Industry",
                                lead.text("Industry")));
                Row contact = transaction.create(
                        schema.required("Contact"),
                        values(
                                "LastName", lead.text("LastName"),
                                "FirstName", lead.text("FirstName"),
                                "Email", lead.text("Email"),
                                "AccountId", account.id()));
                LocalDate close = LocalDate.ofInstant(org.now(), ZoneOffset.UTC).plusDays(DAYS_TO_CLOSE);
                String name = company.length() > LONGEST_NAME ? company.substring(0, LONGEST_NAME) : company;
                Row opportunity = transaction.create(
                        schema.required("Opportunity"),
                        values(
                                "Name",
                                name,
                                "AccountId",
                                account.id(),
                                "StageName",
                                "Qualification",
                                "CloseDate",
                                close.toString()));
                Map<String, JsonNode> converted = values(
                        "Status", "Closed - Converted",
                        "ConvertedDate",
                                LocalDate.ofInstant(org.now(), ZoneOffset.UTC).toString(),
                        "ConvertedAccountId", account.id(),
                        "ConvertedContactId", contact.id(),
                        "ConvertedOpportunityId", opportunity.id());
                converted.put("IsConverted", BooleanNode.TRUE);
                transaction.force(schema.required("Lead"), leadId, converted);
                ObjectNode result = ApiJson.object();
                result.put("accountId", account.id());
                result.put("contactId", contact.id());
                result.put("opportunityId", opportunity.id());
                return result;
            });
        } catch (Refused | FieldValue.WrongType | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("nothing else is thrown", e);
        }
    }

    private static Map<String, JsonNode> values(String... namesAndValues) {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put(namesAndValues[i], TextNode.valueOf(namesAndValues[i + 1]));
        }
        return values;
    }
}
