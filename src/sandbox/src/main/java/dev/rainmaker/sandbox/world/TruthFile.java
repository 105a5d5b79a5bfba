package dev.rainmaker.sandbox.world;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The JSON form of {@link WorldTruth}. */
final class TruthFile {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private TruthFile() {}

    static void write(Path file, WorldTruth truth) throws IOException {
        ObjectNode root = JSON.createObjectNode();
        root.put("seed", truth.seed()).put("asOf", truth.asOf().toString());
        ArrayNode partners = root.putArray("partners");
        truth.partners().forEach(partner -> partners.add(json(partner)));
        String text = JSON.writeValueAsString(root).replace(System.lineSeparator(), "\n");
        Files.writeString(file, text + "\n", StandardCharsets.UTF_8);
    }

    private static ObjectNode json(PartnerTruth partner) {
        ObjectNode node = JSON.createObjectNode()
                .put("id", partner.id())
                .put("name", partner.name())
                .put("lifecycle", partner.lifecycle().name())
                .put("country", partner.country())
                .put("state", partner.state())
                .put("industry", partner.industry());
        ArrayNode products = node.putArray("products");
        partner.products().forEach(products::add);
        LocalDate silentSince = partner.silentSince();
        return node.put("since", partner.since().toString())
                .put("silentSince", silentSince == null ? null : silentSince.toString())
                .put("skill", partner.skill())
                .put("ordersPerYear", partner.ordersPerYear())
                .put("ownWinRate", partner.ownWinRate())
                .put("dealSize", partner.dealSize())
                .put("marginRate", partner.marginRate())
                .put("engagementsPerYear", partner.engagementsPerYear());
    }

    static WorldTruth read(Path file) throws IOException {
        try {
            JsonNode root = JSON.readTree(file.toFile());
            List<PartnerTruth> partners = new ArrayList<>();
            for (JsonNode node : root.required("partners")) {
                partners.add(partner(node));
            }
            LocalDate asOf = LocalDate.parse(root.required("asOf").textValue());
            return new WorldTruth(root.required("seed").longValue(), asOf, partners);
        } catch (java.io.FileNotFoundException | NoSuchFileException e) {
            throw new IOException(
                    file + " does not exist: only a generated world has a known truth, an imported folder has none", e);
        } catch (IllegalArgumentException | DateTimeException | NullPointerException e) {
            throw new IOException(file + " is not the truth of a generated world; generate the world again", e);
        }
    }

    private static PartnerTruth partner(JsonNode node) {
        List<String> products = new ArrayList<>();
        node.required("products").forEach(product -> products.add(product.textValue()));
        String silentSince = textOrNull(node, "silentSince");
        return new PartnerTruth(
                node.required("id").textValue(),
                node.required("name").textValue(),
                PartnerTruth.Lifecycle.valueOf(node.required("lifecycle").textValue()),
                node.required("country").textValue(),
                textOrNull(node, "state"),
                node.required("industry").textValue(),
                products,
                LocalDate.parse(node.required("since").textValue()),
                silentSince == null ? null : LocalDate.parse(silentSince),
                node.required("skill").doubleValue(),
                node.required("ordersPerYear").doubleValue(),
                node.required("ownWinRate").doubleValue(),
                node.required("dealSize").doubleValue(),
                node.required("marginRate").doubleValue(),
                node.required("engagementsPerYear").doubleValue());
    }

    private static @Nullable String textOrNull(JsonNode node, String field) {
        JsonNode value = node.required(field);
        return value.isNull() ? null : value.textValue();
    }
}
