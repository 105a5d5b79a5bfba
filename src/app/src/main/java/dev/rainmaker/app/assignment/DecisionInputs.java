package dev.rainmaker.app.assignment;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rainmaker.account.CompanyMatch;
import dev.rainmaker.app.ledger.FactJson;
import dev.rainmaker.assignment.Decision;
import dev.rainmaker.assignment.LeadFacts;
import dev.rainmaker.assignment.NamedClaim;
import dev.rainmaker.assignment.Rotation;
import dev.rainmaker.fact.RecordId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is stored with a decision so that it, and those after it in its round, can be made again.
 *
 * @param attempt enters the seed
 * @param readAt the stamp that the lead bore: an unchanged lead that is read again bears a newer one; null where it was not kept
 * @param position its place in the round, from 0
 * @param customer the account that the lead was matched to, read as of the decision's sequence
 * @param match how sure that was
 * @param claims what partners held on the customer
 * @param declined partners that had declined the lead
 * @param change what it did to a rotation
 */
record DecisionInputs(
        int attempt,
        @Nullable Instant readAt,
        int position,
        @Nullable RecordId customer,
        @Nullable CompanyMatch match,
        List<NamedClaim> claims,
        Set<RecordId> declined,
        Rotation.@Nullable Change change) {

    private static final TypeReference<List<NamedClaim>> CLAIMS = new TypeReference<>() {};
    private static final TypeReference<Set<RecordId>> PARTNERS = new TypeReference<>() {};

    static DecisionInputs of(LeadFacts facts, int position, Decision decision) {
        var customer = facts.customer();
        return new DecisionInputs(
                facts.attempt(),
                facts.lead().modifiedAt(),
                position,
                customer == null ? null : customer.id(),
                facts.customerMatch(),
                facts.claims(),
                facts.declined(),
                decision.rotation().orElse(null));
    }

    String json() {
        ObjectNode root = FactJson.MAPPER.createObjectNode();
        root.put("attempt", attempt);
        if (readAt != null) {
            root.put("readAt", readAt.toString());
        }
        root.put("position", position);
        if (customer != null) {
            root.put("customer", customer.toString());
            root.set("match", FactJson.MAPPER.valueToTree(match));
        }
        if (!claims.isEmpty()) {
            root.set("claims", FactJson.MAPPER.valueToTree(claims));
        }
        if (!declined.isEmpty()) {
            root.set("declined", FactJson.MAPPER.valueToTree(declined));
        }
        if (change != null) {
            ObjectNode rotation = root.putObject("rotation");
            rotation.put("name", change.name());
            rotation.put("turns", change.turns());
            rotation.set("marks", CountersJson.marks(change.marks()));
        }
        return root.toString();
    }

    static DecisionInputs read(String json) {
        try {
            JsonNode root = FactJson.MAPPER.readTree(json);
            JsonNode rotation = root.get("rotation");
            JsonNode customer = root.get("customer");
            return new DecisionInputs(
                    root.path("attempt").asInt(),
                    root.has("readAt") ? Instant.parse(root.get("readAt").asText()) : null,
                    root.path("position").asInt(),
                    customer == null ? null : RecordId.parse(customer.asText()),
                    root.has("match") ? FactJson.MAPPER.treeToValue(root.get("match"), CompanyMatch.class) : null,
                    root.has("claims") ? FactJson.MAPPER.readerFor(CLAIMS).readValue(root.get("claims")) : List.of(),
                    root.has("declined")
                            ? FactJson.MAPPER.readerFor(PARTNERS).readValue(root.get("declined"))
                            : Set.of(),
                    rotation == null
                            ? null
                            : new Rotation.Change(
                                    rotation.path("name").asText(),
                                    rotation.path("turns").asLong(),
                                    CountersJson.marks(rotation.path("marks"))));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
