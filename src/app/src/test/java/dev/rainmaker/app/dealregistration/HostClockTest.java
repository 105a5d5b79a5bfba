package dev.rainmaker.app.dealregistration;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.rainmaker.app.ledger.DealLockLedger;
import dev.rainmaker.app.ledger.RegistrationLedger;
import dev.rainmaker.dealregistration.LifeCycle;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;

/** A host's clock may be an hour off: nobody who decides about locks asks it. */
class HostClockTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(location -> !location.contains("test-classes"))
            .importPackagesOf(LifeCycle.class, RegistrationDesk.class, DealLockLedger.class, RegistrationLedger.class);

    @Test
    void nobodyWhoDecidesAboutLocksAsksTheHostsClock() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.rainmaker.dealregistration", "dev.rainmaker.app.dealregistration")
                .or()
                .haveNameMatching(".*ledger\\.(Deal.*|Registration.*)")
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(LocalDate.class, "now")
                .orShould()
                .callMethod(LocalDateTime.class, "now")
                .orShould()
                .callMethod(ZonedDateTime.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Clock.class)
                .check(CLASSES);
    }
}
