package dev.rainmaker.app.dealregistration;

import static dev.rainmaker.app.dealregistration.DealWorld.NORTH;
import static dev.rainmaker.app.dealregistration.DealWorld.SOUTH;
import static dev.rainmaker.app.dealregistration.DealWorld.about;
import static dev.rainmaker.app.dealregistration.DealWorld.claim;
import static dev.rainmaker.app.dealregistration.DealWorld.large;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rainmaker.account.Account;
import dev.rainmaker.dealregistration.Claim;
import dev.rainmaker.dealregistration.ClaimCheck;
import dev.rainmaker.dealregistration.MoveRegistration.Result;
import dev.rainmaker.dealregistration.Registration;
import dev.rainmaker.dealregistration.RegistrationState;
import dev.rainmaker.dealregistration.Step;
import dev.rainmaker.fact.RecordId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistrationDeskTest {

    private final DealWorld world = new DealWorld();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void firstValidClaimWinsAndTheSecondSpellingIsRefusedWithoutNamingTheRival() {
        Registration first = world.registered(NORTH, claim("Müller & Söhne GmbH", "mueller.example.de"));
        Registration second = world.registered(SOUTH, claim("MUELLER UND SOEHNE", null));

        assertThat(first.state()).isEqualTo(RegistrationState.APPROVED);
        assertThat(second.state()).isEqualTo(RegistrationState.REJECTED);
        assertThat(second.customer()).isEqualTo(first.customer());
        assertThat(second.reason()).doesNotContain("North").contains("protected for another partner");
        assertThat(world.desk.conflicts().of(second.number()))
                .singleElement()
                .satisfies(found ->
                        assertThat(found.forReviewer()).contains("North IT").contains(first.number()));
    }

    @Test
    void thirtyTwoClaimsAtOnceBecomeOneLock() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(32);
        List<Callable<Submission.Result>> claims = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            RecordId partner = i % 2 == 0 ? NORTH : SOUTH;
            String spelling = i % 3 == 0 ? "Hot Deal GmbH" : i % 3 == 1 ? "HOT DEAL" : "The Hot-Deal GmbH";
            claims.add(() -> world.hand(partner, claim(spelling, "hotdeal.de", "Firewall")));
        }
        List<Registration> made = new ArrayList<>();
        for (Future<Submission.Result> result : clients.invokeAll(claims)) {
            made.add(((Submission.Result.Registered) result.get()).registration());
        }
        clients.shutdown();

        assertThat(made)
                .extracting(Registration::customer)
                .containsOnly(made.get(0).customer());
        assertThat(made).filteredOn(each -> each.state().holdsLock()).hasSize(1);
        assertThat(world.desk.locks().countLive()).isEqualTo(1);
    }

    @Test
    void allProductsConflictWithOneAndTwoProductsGoSideBySide() {
        world.registered(NORTH, claim("Acme Pumps GmbH", "acmepumps.de", "Firewall"));

        assertThat(world.registered(SOUTH, claim("Acme Pumps", "acmepumps.de")).state())
                .isEqualTo(RegistrationState.REJECTED);
        assertThat(world.registered(SOUTH, claim("Acme Pumps", "acmepumps.de", "Security"))
                        .state())
                .as("the family holds the product")
                .isEqualTo(RegistrationState.REJECTED);
        assertThat(world.registered(SOUTH, claim("Acme Pumps", "acmepumps.de", "Backup"))
                        .state())
                .isEqualTo(RegistrationState.APPROVED);
    }

    @Test
    void aReviewerCannotApproveWhatIsLocked() {
        Registration waiting = world.registered(NORTH, large("Big Deal AG", "bigdeal.de"));
        assertThat(waiting.state()).isEqualTo(RegistrationState.UNDER_REVIEW);
        Registration other = world.registered(SOUTH, large("Big Deal", "bigdeal.de"));

        assertThat(world.desk.move(other.number(), new Step.Approve("rev", "ok")))
                .isInstanceOf(Result.Done.class);
        Result second = world.desk.move(waiting.number(), new Step.Approve("rev", "ok"));

        assertThat(second)
                .isInstanceOfSatisfying(
                        Result.Locked.class,
                        locked -> assertThat(locked.held())
                                .singleElement()
                                .satisfies(lock -> assertThat(lock.number()).isEqualTo(other.number())));
        assertThat(world.now(waiting).state()).isEqualTo(RegistrationState.UNDER_REVIEW);
        assertThat(world.now(waiting).version()).isEqualTo(waiting.version());
    }

    @Test
    void theNextInLineIsToldWhenTheCustomerIsFreeAndMayClaimAnew() {
        Registration first = world.registered(NORTH, claim("Acme Pumps GmbH", "acmepumps.de"));
        Registration second = world.registered(SOUTH, claim("Acme Pumps", "acmepumps.de"));

        world.desk.move(first.number(), new Step.Lose("crm", "lost"));

        assertThat(world.now(second).reason()).contains("free again");
        assertThat(world.registered(SOUTH, claim("Acme Pumps", "acmepumps.de")).state())
                .isEqualTo(RegistrationState.APPROVED);
    }

    @Test
    void timersExpireRemindAndReleaseByTheDatabasesClock() {
        RegistrationTimers timers = new RegistrationTimers(world.desk, world.ledger);
        Registration over = world.registered(NORTH, claim("One GmbH", "one-company.de"));
        Registration left = world.registered(SOUTH, claim("Two GmbH", "two-company.de"));
        assertThat(timers.run()).isEmpty();

        world.letExpire(over);
        world.state(DealWorld.partner(SOUTH, "South IT", false));

        assertThat(timers.run()).containsEntry("expired", 1L).containsEntry("released", 1L);
        assertThat(world.now(over).state()).isEqualTo(RegistrationState.EXPIRED);
        assertThat(world.now(left).state()).isEqualTo(RegistrationState.RELEASED);
        assertThat(world.desk.locks().countLive()).isZero();
        assertThat(timers.run()).isEmpty();
    }

    @Test
    void aHolderIsRemindedOncePerStage() {
        RegistrationTimers timers = new RegistrationTimers(world.desk, world.ledger);
        Registration held = world.registered(NORTH, claim("One GmbH", "one-company.de"));
        world.ledger
                .jdbc()
                .sql("update deal_registration set lock_until = clock_timestamp() + interval '5 days'")
                .update();

        assertThat(timers.run()).containsEntry("reminded", 1L);
        assertThat(timers.run()).isEmpty();
        assertThat(world.now(held).reason()).contains("ends in");
        assertThat(world.now(held).state()).isEqualTo(RegistrationState.APPROVED);
    }

    @Test
    void aDoubleClickIsOneRegistration() {
        Submission twice = new Submission(NORTH, claim("Acme Pumps GmbH", "acmepumps.de"), null, "key-1", "test");
        Registration first = ((Submission.Result.Registered) world.desk.register(twice)).registration();

        assertThat(world.desk.register(twice))
                .isInstanceOfSatisfying(
                        Submission.Result.Known.class,
                        known -> assertThat(known.registration().number()).isEqualTo(first.number()));
        assertThat(world.desk.registrations().list(null, null, null, 10)).hasSize(1);
    }

    @Test
    void aSecondClaimOfTheSamePartnerIsToldTheFirst() {
        Registration first = world.registered(NORTH, large("Big Deal AG", "bigdeal.de"));

        Registration second = world.registered(NORTH, large("Big Deal", "bigdeal.de"));

        assertThat(second.state()).isEqualTo(RegistrationState.REJECTED);
        assertThat(second.reason()).contains("you registered this customer already as " + first.number());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ctrl\u0007bell", "null\u0000byte", "turned\u202Eround", "half\uD83D"})
    void whatNobodyCanReadIsRefusedWhole(String name) {
        assertThat(world.hand(NORTH, claim(name, null)))
                .isInstanceOfSatisfying(
                        Submission.Result.Invalid.class,
                        invalid -> assertThat(invalid.problems())
                                .singleElement()
                                .asString()
                                .contains("U+"));
        assertThat(world.desk.registrations().list(null, null, null, 10)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Rocket 🚀 GmbH", "شركة المثال", "<b>Bold & Co</b> GmbH", "=HYPERLINK(\"x\") GmbH"})
    void namesThatPeopleMayHaveAreKeptAsTheyAre(String name) {
        Registration kept = world.registered(NORTH, claim(name, null));

        assertThat(world.now(kept).claim().customerName()).isEqualTo(name);
    }

    @Test
    void aMegabyteAnUnknownProductAndAnUnknownPartnerAreRefusedInOneSentenceEach() {
        Claim large = new Claim("x".repeat(1 << 20), null, "DE", null, Set.of("Hovercraft"), null, null, null, null);

        Submission.Result result = world.hand(new RecordId("crm", "nobody"), large);

        assertThat(((Submission.Result.Invalid) result).problems())
                .hasSize(3)
                .anySatisfy(problem -> assertThat(problem).contains("1048576 characters"))
                .anySatisfy(problem -> assertThat(problem).contains("no product \"Hovercraft\""))
                .anySatisfy(problem -> assertThat(problem).contains("no such partner"));
        assertThat(world.desk.registrations().list(null, null, null, 10)).isEmpty();
        assertThat(world.desk.conflicts().count()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"named", "meant"})
    void aClosedCustomerTakesNoRegistrationBeItNamedOrMeant(String how) {
        Account closed = DealWorld.account("closed", "Shut Down GmbH", "shutdown-company.de", "Closed");
        world.state(closed);
        Claim claim =
                how.equals("named") ? about(closed.id(), "Shut Down") : claim("SHUT-DOWN GmbH", "shutdown-company.de");

        assertThat(world.hand(NORTH, claim)).isEqualTo(new Submission.Result.Invalid(List.of(ClaimCheck.CLOSED)));
        nothingWasWritten();
    }

    @Test
    void aDeletedCustomerAndOneThatWasMergedAwayAreToldApart() {
        RecordId deleted = new RecordId("crm", "deleted");
        RecordId merged = new RecordId("crm", "merged");
        world.state(DealWorld.account("deleted", "Deleted GmbH", null, "Customer"));
        world.state(DealWorld.account("merged", "Merged GmbH", null, "Customer"));
        world.gone(deleted, null);
        world.gone(merged, new RecordId("crm", "remains"));

        assertThat(world.hand(NORTH, about(deleted, "Deleted GmbH")))
                .isEqualTo(new Submission.Result.Invalid(
                        List.of("there is no customer account crm/deleted, or it was deleted")));
        assertThat(world.hand(NORTH, about(merged, "Merged GmbH")))
                .isEqualTo(new Submission.Result.Invalid(
                        List.of("the customer account crm/merged was merged into crm/remains: name that one")));
        nothingWasWritten();
    }

    @Test
    void aCustomerClosedMeanwhileIsNotApproved() {
        world.state(DealWorld.account("big", "Big Deal AG", "bigdeal.de", "Customer"));
        Registration waiting = world.registered(NORTH, large("Big Deal AG", "bigdeal.de"));
        world.state(DealWorld.account("big", "Big Deal AG", "bigdeal.de", "Closed"));

        assertThat(world.desk.move(waiting.number(), new Step.Approve("rev", "ok")))
                .isEqualTo(new Result.Refused(ClaimCheck.CLOSED));
        assertThat(world.now(waiting)).isEqualTo(waiting);
        assertThat(world.desk.locks().countLive()).isZero();
    }

    private void nothingWasWritten() {
        assertThat(world.desk.registrations().list(null, null, null, 10)).isEmpty();
        assertThat(world.desk.conflicts().count()).isZero();
        assertThat(world.ledger
                        .jdbc()
                        .sql("select count(*) from deal_customer")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void aNearMissGoesToAPersonWhoMergesAndTheOlderLockStays() {
        Registration older = world.registered(NORTH, claim("Hydraulik Weber GmbH", "hydraulik-weber.de"));
        Registration typo = world.registered(SOUTH, claim("Hydraulik Webber GmbH", null));
        assertThat(typo.state()).isEqualTo(RegistrationState.UNDER_REVIEW);
        assertThat(world.desk.conflicts().openOf(typo.number()))
                .anySatisfy(found -> assertThat(found.kind()).isEqualTo("near-customer"));
        world.desk.move(typo.number(), new Step.Approve("rev", "another company, it seems"));
        assertThat(world.desk.locks().countLive()).isEqualTo(2);

        List<Registration> recalled = world.desk.merge(older.customer(), typo.customer(), "rev");

        assertThat(recalled).extracting(Registration::number).containsExactly(typo.number());
        assertThat(world.now(typo).state()).isEqualTo(RegistrationState.UNDER_REVIEW);
        assertThat(world.now(older).state()).isEqualTo(RegistrationState.APPROVED);
        assertThat(world.now(older).customer()).isEqualTo(typo.customer());
        assertThat(world.desk.locks().live())
                .singleElement()
                .satisfies(lock -> assertThat(lock.number()).isEqualTo(older.number()));
    }

    @Test
    void aPartnerThatGivesItselfAsTheContactMakesItsCustomersNoSingleOne() {
        Claim one = new Claim("Alpha Pumpen GmbH", null, "DE", null, Set.of(), null, null, "sales@north-it.de", null);
        Claim other = new Claim("Zeta Verlag GmbH", null, "DE", null, Set.of(), null, null, "sales@north-it.de", null);

        assertThat(world.registered(NORTH, one).customer())
                .isNotEqualTo(world.registered(NORTH, other).customer());
    }

    @Test
    void eventsOfARegistrationCanNeitherBeChangedNorRemoved() {
        world.registered(NORTH, claim("Acme Pumps GmbH", "acmepumps.de"));

        assertThatThrownBy(() -> world.ledger
                        .jdbc()
                        .sql("update deal_registration_event set why = 'nice'")
                        .update())
                .hasMessageContaining("never changed or removed");
        assertThatThrownBy(() -> world.ledger
                        .jdbc()
                        .sql("delete from deal_registration_event")
                        .update())
                .hasMessageContaining("never changed or removed");
    }

    @Test
    void theDatabaseItselfRefusesASecondLock() {
        Registration first = world.registered(NORTH, claim("Acme Pumps GmbH", "acmepumps.de", "Firewall"));

        assertThatThrownBy(
                        () -> world.ledger.jdbc().sql("""
                            insert into deal_lock (tenant, number, customer, partner_connection, partner_id, products, scope,
                                period, fence)
                            select tenant, 'DR-X', customer, 'crm', 'south', '{}', '{(,)}',
                                tstzrange(clock_timestamp(), clock_timestamp() + interval '1 day'), 1
                            from deal_lock where number = ?
                            """).param(first.number()).update())
                .hasMessageContaining("deal_lock_exclusive");
    }
}
