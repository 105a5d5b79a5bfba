package dev.rainmaker.app.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The dependency rule: {@code app -> core <- connectors}; the core is pure; the app knows no vendor. */
class DependencyRuleTest {

    private static final String APP = "dev.rainmaker.app..";
    private static final String CONNECTORS = "dev.rainmaker.connector.*..";

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(place -> !place.contains("-tests.jar") && !place.contains("/test-classes/"))
            .importPackages("dev.rainmaker");

    private static final DescribedPredicate<JavaClass> CORE = describe(
            "the core",
            type -> type.getPackageName().startsWith("dev.rainmaker.")
                    && !resideInAnyPackage(APP, CONNECTORS).test(type));

    @Test
    void allThreeAreLookedAt() {
        assertThat(OURS.stream().filter(CORE)).hasSizeGreaterThan(100);
        assertThat(OURS.stream().filter(resideInAnyPackage(APP))).hasSizeGreaterThan(100);
        assertThat(OURS.stream().filter(resideInAnyPackage(CONNECTORS))).hasSizeGreaterThan(10);
    }

    @Test
    void coreUsesTheJdkAndHipparchusOnly() {
        classes()
                .that(CORE)
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage("java..", "org.hipparchus..", "org.jspecify..")
                        .or(CORE))
                .check(OURS);
    }

    @Test
    void coreNeitherReadsNorWritesAnythingOutside() {
        noClasses()
                .that(CORE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "java.net.http..", "java.nio.file..", "java.util.logging..")
                .check(OURS);
    }

    @Test
    void coreHasNoClock() {
        noClasses()
                .that(CORE)
                .should()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(java.time.LocalDate.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(java.time.Clock.class)
                .check(OURS);
    }

    @Test
    void appKnowsNoVendor() {
        noClasses()
                .that()
                .resideInAPackage(APP)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        CONNECTORS, "org.apache.camel.component.salesforce..", "com.salesforce..", "com.hubspot..")
                .check(OURS);
    }

    /** The demo sets up the simulated systems, so it must name them; nothing else may branch on a vendor's name. */
    @Test
    void appNamesNoVendorOutsideTheDemo() throws IOException {
        Path sources = Path.of(System.getProperty("rainmaker.home", "../..")).resolve("src/app/src/main/java");
        Pattern vendor = Pattern.compile("salesforce|hubspot|moodle", Pattern.CASE_INSENSITIVE);
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(sources)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".java"))
                    .filter(path -> !path.toString().contains("/demo/"))
                    .toList()) {
                Files.readAllLines(file).stream()
                        .map(String::strip)
                        .filter(line -> !line.startsWith("*") && !line.startsWith("/*") && !line.startsWith("//"))
                        .filter(line -> vendor.matcher(line).find())
                        .forEach(line -> found.add(file.getFileName() + ": " + line));
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void connectorsKnowNeitherTheAppNorEachOther() {
        noClasses()
                .that()
                .resideInAPackage(CONNECTORS)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(APP)
                .check(OURS);
        slices().matching("dev.rainmaker.connector.(*)..")
                .should()
                .notDependOnEachOther()
                .check(OURS);
    }
}
