package dev.rainmaker.sandbox;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The sandbox shares nothing with what it has to prove wrong: neither the core nor a connector. */
class DependencyRuleTest {

    @Test
    void sandboxUsesOfRainmakerOnlyItself() {
        classes()
                .that()
                .resideInAPackage("dev.rainmaker.sandbox..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.rainmaker.sandbox..",
                        "java..",
                        "javax..",
                        "com.sun.net.httpserver..",
                        "com.fasterxml.jackson..",
                        "de.siegmar.fastcsv..",
                        "picocli..",
                        "org.jspecify..")
                .check(new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("dev.rainmaker.sandbox"));
    }
}
