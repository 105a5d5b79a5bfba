package dev.rainmaker.app.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rainmaker.app.yaml.YamlDocument;
import dev.rainmaker.app.yaml.YamlSchema;
import dev.rainmaker.fact.FactKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The examples in the documentation are loaded as they stand. */
class DocumentedExamplesTest {

    private static final Path DOCS = Path.of(System.getProperty("rainmaker.home", "../.."), "docs");

    @Test
    void theMappingInTheDocumentationLoads() throws IOException {
        StreamMapping mapping = Mappings.parse("docs/mapping.md", example("mapping.md"));

        assertThat(mapping.kinds()).containsExactly(FactKind.LEAD);
        assertThat(mapping.optionalReads()).containsExactly("CurrencyIsoCode", "Language__c");
    }

    @Test
    void theConfigurationInTheDocumentationFitsItsSchema() throws IOException {
        YamlDocument document = YamlDocument.parse("docs/configuration.md", example("configuration.md"));

        assertThat(YamlSchema.beside(DocumentedExamplesTest.class, "/rainmaker.schema.json")
                        .check(document))
                .isEmpty();
    }

    private static String example(String file) throws IOException {
        String text = Files.readString(DOCS.resolve(file));
        int start = text.indexOf("```yaml\n") + 8;
        return text.substring(start, text.indexOf("```\n", start));
    }
}
