package dev.rainmaker.app.dealregistration;

import static dev.rainmaker.app.dealregistration.DealWorld.NORTH;
import static dev.rainmaker.app.dealregistration.DealWorld.SOUTH;
import static dev.rainmaker.app.dealregistration.DealWorld.about;
import static dev.rainmaker.app.dealregistration.DealWorld.account;
import static dev.rainmaker.app.dealregistration.DealWorld.claim;
import static dev.rainmaker.app.dealregistration.DealWorld.large;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rainmaker.account.Account;
import dev.rainmaker.account.AccountMerge;
import dev.rainmaker.account.CompanyDirectory;
import dev.rainmaker.app.company.AccountDirectory;
import dev.rainmaker.app.company.Companies;
import dev.rainmaker.dealregistration.DealLock;
import dev.rainmaker.dealregistration.Registration;
import dev.rainmaker.dealregistration.RegistrationState;
import dev.rainmaker.fact.RecordId;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A connected system says that two accounts are one. */
class AccountMergeTest {

    private final DealWorld world = new DealWorld();
    private final Account gone = account("gone", "Kranbau Nord GmbH", "kranbau-nord.de", "Customer");
    private final Account remains = account("remains", "Hebewerk Holding AG", "hebewerk-holding.de", "Customer");

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void theLockOfTheOneThatWentHoldsForTheOneThatRemains() {
        world.state(gone, remains);
        Registration held = world.registered(NORTH, about(gone.id(), "Kranbau Nord"));

        world.gone(gone.id(), remains.id());

        assertThat(world.follow()).containsEntry("merged", 1L);
        assertThat(world.registered(SOUTH, about(remains.id(), "Hebewerk")).state())
                .isEqualTo(RegistrationState.REJECTED);
        assertThat(world.registered(SOUTH, claim("Kranbau Nord", "kranbau-nord.de"))
                        .state())
                .as("its old name and domain are known as before")
                .isEqualTo(RegistrationState.REJECTED);
        assertThat(world.now(held).state()).isEqualTo(RegistrationState.APPROVED);
        assertThat(world.follow()).as("once is enough").doesNotContainKey("merged");
    }

    @Test
    void ofTwoLocksTheOlderStaysAndTheYoungerGoesToAReviewerWhoSeesWhy() {
        world.state(gone, remains);
        Registration older = world.registered(NORTH, about(gone.id(), "Kranbau Nord"));
        Registration younger = world.registered(SOUTH, about(remains.id(), "Hebewerk"));

        world.gone(gone.id(), remains.id());
        world.follow();

        assertThat(world.now(younger).state()).isEqualTo(RegistrationState.UNDER_REVIEW);
        assertThat(world.now(older).customer()).isEqualTo(younger.customer());
        assertThat(world.desk.locks().live())
                .singleElement()
                .satisfies(lock -> assertThat(lock.number()).isEqualTo(older.number()));
        assertThat(world.desk.conflicts().openOf(younger.number()))
                .singleElement()
                .satisfies(conflict -> {
                    assertThat(conflict.kind()).isEqualTo("live-lock");
                    assertThat(conflict.forReviewer()).contains("North IT").contains(older.number());
                });
        assertThat(world.desk.registrations().events(older.number()))
                .last()
                .satisfies(
                        event -> assertThat(event.step() + " by " + event.who()).isEqualTo("merge by crm"));
    }

    @Test
    void anAccountThatWasMergedTwiceOverLeadsToTheLastOne() {
        Account between = account("between", "Zwischenwerk KG", "zwischenwerk.de", "Customer");
        world.state(gone, between, remains);
        Registration held = world.registered(NORTH, about(gone.id(), "Kranbau Nord"));

        world.gone(between.id(), remains.id());
        world.gone(gone.id(), between.id());
        world.follow();

        assertThat(world.desk.customers().recordsOf(world.now(held).customer())).contains(gone.id(), remains.id());
        assertThat(world.registered(SOUTH, about(remains.id(), "Hebewerk")).state())
                .isEqualTo(RegistrationState.REJECTED);
    }

    @Test
    void whoKnowsTheOneThatRemainsMaySayItToo() {
        world.state(gone, remains);
        world.registered(NORTH, about(gone.id(), "Kranbau Nord"));

        world.state(new AccountMerge(remains.id(), null, Set.of("gone"), DealWorld.STAMP));

        assertThat(world.follow()).containsEntry("merged", 1L);
        assertThat(world.registered(SOUTH, about(remains.id(), "Hebewerk")).state())
                .isEqualTo(RegistrationState.REJECTED);
    }

    @Test
    void aCompanyKnownByTheOneThatWentIsTheAccountThatRemains() {
        AccountDirectory following = new AccountDirectory(world.facts, Companies.READER);
        world.state(gone, remains);
        assertThat(found(following)).containsExactly(gone.id());

        world.gone(gone.id(), remains.id());

        assertThat(found(following)).containsExactly(remains.id());
        assertThat(found(new AccountDirectory(world.facts, Companies.READER))).containsExactly(remains.id());
        world.state(gone);
        world.state(new AccountMerge(gone.id(), null, Set.of(), DealWorld.STAMP));
        assertThat(found(following)).as("taken back").containsExactly(gone.id());
    }

    private Stream<RecordId> found(AccountDirectory directory) {
        return directory
                .same(
                        Companies.READER.of(Set.of(), null, null, Stream.of("someone@kranbau-nord.de"), null),
                        world.ledger.sequence())
                .stream()
                .map(CompanyDirectory.Found::company);
    }

    @Test
    void whoRemainsOfTwoMergedPartnersHoldsWhatTheOtherHeld() {
        Registration held = world.registered(NORTH, claim("Kranbau Nord GmbH", "kranbau-nord.de"));
        Registration waiting = world.registered(NORTH, large("Hebewerk Holding AG", "hebewerk-holding.de"));
        DealLock before = world.desk.locks().ofRegistration(held.number()).orElseThrow();

        world.gone(NORTH, SOUTH);

        assertThat(world.follow()).containsEntry("handed-over", 2L).doesNotContainKey("released");
        assertThat(world.now(held).state()).isEqualTo(RegistrationState.APPROVED);
        assertThat(world.now(held).partner()).isEqualTo(SOUTH);
        assertThat(world.now(waiting).partner()).isEqualTo(SOUTH);
        assertThat(world.desk.locks().live()).singleElement().satisfies(lock -> {
            assertThat(lock.partner()).isEqualTo(SOUTH);
            assertThat(lock.number()).isEqualTo(held.number());
            assertThat(lock.period().until()).isEqualTo(before.period().until());
            assertThat(lock.fence()).isGreaterThan(before.fence());
        });
        assertThat(world.desk.registrations().events(held.number())).last().satisfies(event -> {
            assertThat(event.step() + " by " + event.who()).isEqualTo("hand-over by crm");
            assertThat(event.detail()).containsEntry("partner", SOUTH.toString());
        });
        assertThat(world.follow()).as("once is enough").doesNotContainKeys("handed-over", "released");
    }

    @Test
    void aPartnerThatWasMergedIntoWhatIsNoPartnerLosesItsLocks() {
        world.state(remains);
        Registration held = world.registered(NORTH, claim("Kranbau Nord GmbH", "kranbau-nord.de"));

        world.gone(NORTH, remains.id());
        world.follow();

        assertThat(world.now(held).state()).isEqualTo(RegistrationState.RELEASED);
        assertThat(world.now(held).reason()).contains("merged into one that is no partner's");
        assertThat(world.desk.locks().live()).isEmpty();
    }
}
