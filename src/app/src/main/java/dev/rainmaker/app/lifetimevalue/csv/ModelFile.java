package dev.rainmaker.app.lifetimevalue.csv;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rainmaker.app.ledger.FactJson;
import dev.rainmaker.lifetimevalue.Plv;
import dev.rainmaker.lifetimevalue.PlvPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A fitted model with its reference distribution and the policy it was frozen under, as one JSON file: what {@code plv fit} writes and
 * {@code plv score --model} reads. It holds parameters and distributions, no partner.
 *
 * @param currency in which its money is; empty where the transactions state none
 */
public record ModelFile(Plv.Fitted fitted, PlvPolicy policy, String currency) {

    private static final String FORMAT = "rainmaker-plv-model/1";

    /** Writes it; the file is replaced as a whole. */
    public void write(Path file) throws IOException {
        ObjectNode node = FactJson.MAPPER.createObjectNode();
        node.put("format", FORMAT);
        node.put("currency", currency);
        node.set("policy", FactJson.MAPPER.valueToTree(policy));
        node.set("fitted", FactJson.MAPPER.valueToTree(fitted));
        OutputFile.write(
                file,
                out -> out.write(
                        FactJson.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(node) + "\n"));
    }

    /**
     * Reads one.
     *
     * @throws CsvFault if there is none or it is something else
     */
    public static ModelFile read(Path file) throws IOException {
        try {
            JsonNode node = FactJson.MAPPER.readTree(Files.readString(file));
            if (!node.path("format").asText().equals(FORMAT)) {
                throw new CsvFault(file + " is not a model of this version: its \"format\" must be \"" + FORMAT
                        + "\". Write one with: rainmaker plv fit --transactions FILE.csv --out " + file);
            }
            return new ModelFile(
                    FactJson.MAPPER.treeToValue(node.path("fitted"), Plv.Fitted.class),
                    FactJson.MAPPER.treeToValue(node.path("policy"), PlvPolicy.class),
                    node.path("currency").asText(""));
        } catch (NoSuchFileException absent) {
            throw new CsvFault("there is no file " + file
                    + "; write a model with: rainmaker plv fit --transactions FILE.csv --out " + file);
        } catch (JsonProcessingException wrong) {
            throw new CsvFault(file + " is not a model written by rainmaker plv fit: " + wrong.getOriginalMessage());
        }
    }
}
