package dev.rainmaker.app.people;

import static dev.rainmaker.app.people.Academy.NOW;
import static dev.rainmaker.app.people.Academy.partner;
import static dev.rainmaker.app.people.Academy.person;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rainmaker.app.ledger.PersonLedger.Link;
import dev.rainmaker.app.ledger.PersonLedger.Open;
import dev.rainmaker.app.progress.Progress;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.lifetimevalue.PlvResult;
import dev.rainmaker.lifetimevalue.PlvTerm;
import dev.rainmaker.lifetimevalue.ScoreTerm;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People and partners on a real ledger: links by evidence, the worklist, and what training does to scores. */
class MatchPeopleTest {

    @TempDir
    Path state;

    private Academy academy;

    @BeforeEach
    void open() throws java.io.IOException {
        academy = new Academy(state);
    }

    @AfterEach
    void close() {
        academy.close();
    }

    private List<RecordId> openPeople() {
        return academy.rainmaker.people().open(100).stream().map(Open::person).toList();
    }

    private Link link(int person) {
        return academy.rainmaker.people().find(person(person)).orElseThrow().link();
    }

    private static ScoreTerm term(PlvResult result, PlvTerm term) {
        return result.terms().stream()
                .filter(each -> each.term() == term)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void peopleAreLinkedByContactCodeAndDomainAndTheOthersWait() {
        academy.learner(1, "ana@partner1.de", null);
        academy.learner(2, "ben@gmail.com", "P2");
        academy.contact("C3", "chloe@gmail.com", partner(3));
        academy.learner(3, "Chloe@gmail.com", null);
        academy.learner(4, "dan@gmail.com", null);
        academy.course("c4", 4);

        academy.rainmaker.matchPeople().match();

        assertThat(academy.companyOf(1)).isEqualTo(partner(1));
        assertThat(link(1).evidence().text()).isEqualTo("e-mail domain partner1.de");
        assertThat(academy.companyOf(2)).isEqualTo(partner(2));
        assertThat(academy.companyOf(3)).isEqualTo(partner(3));
        assertThat(academy.companyOf(4)).isNull();
        assertThat(academy.rainmaker.people().open(10)).singleElement().satisfies(open -> {
            assertThat(open.person()).isEqualTo(person(4));
            assertThat(open.state()).isEqualTo("unmatched");
            assertThat(open.waiting()).isEqualTo(1);
        });
    }

    @Test
    void matchingAgainChangesNothingAndMakesNoVersion() {
        academy.learner(1, "ana@partner1.de", null);
        academy.learner(2, "ben@gmail.com", null);
        academy.rainmaker.matchPeople().match();
        academy.rainmaker.matchPeople().match();
        long before = academy.rainmaker.ledger().sequence();

        assertThat(academy.rainmaker.matchPeople().match()).isZero();
        assertThat(academy.rainmaker.ledger().sequence()).isEqualTo(before);
    }

    @Test
    void aPartnerThatGetsItsDomainLaterTakesItsPeopleOffTheWorklist() {
        academy.learner(1, "ana@new-domain.de", null);
        academy.rainmaker.matchPeople().match();
        assertThat(openPeople()).containsExactly(person(1));

        academy.partner(5, "new-domain.de");
        academy.rainmaker.matchPeople().match();

        assertThat(openPeople()).isEmpty();
        assertThat(academy.companyOf(1)).isEqualTo(partner(5));
    }

    @Test
    void aContactThatComesLaterLinksTheLearnerWithTheSameAddress() {
        academy.learner(1, "ana@gmail.com", null);
        academy.rainmaker.matchPeople().match();

        academy.contact("C1", "ana@gmail.com", partner(6));
        academy.rainmaker.matchPeople().match();

        assertThat(academy.companyOf(1)).isEqualTo(partner(6));
    }

    @Test
    void aLaterMatchReappliesTheHistoryAndTouchesNobodyElse() {
        academy.learner(1, "ana@gmail.com", null);
        academy.course("c1", 1);
        academy.badge("b1", 1, null);
        academy.learner(2, "ben@partner2.de", null);
        academy.course("c2", 2);
        academy.course("c2b", 2);
        academy.rainmaker.matchPeople().match();
        academy.rainmaker.scorePartners().refit(NOW, Progress.SILENT);
        Map<RecordId, PlvResult> before = academy.scored(NOW);

        academy.rainmaker.matchPeople().link(person(1), partner(4), "jo");
        Map<RecordId, PlvResult> after = academy.scored(NOW);

        assertThat(term(after.get(partner(4)), PlvTerm.ENGAGEMENT).metric())
                .isGreaterThan(term(before.get(partner(4)), PlvTerm.ENGAGEMENT).metric());
        onlyDiffers(before, after, partner(4));
        assertThat(openPeople()).isEmpty();
    }

    private static void onlyDiffers(Map<RecordId, PlvResult> before, Map<RecordId, PlvResult> after, RecordId partner) {
        before.forEach((id, result) -> {
            if (!id.equals(partner)) {
                assertThat(after.get(id).terms()).as(id.toString()).isEqualTo(result.terms());
                assertThat(after.get(id).score()).isEqualByComparingTo(result.score());
            }
        });
    }

    @Test
    void withoutItsCompletionsAPartnerIsLowerByExactlyThatTermAndNoOtherPartnerMoves() {
        for (int n = 1; n <= Academy.PARTNERS; n++) {
            academy.learner(n, "learner@partner" + n + ".de", null);
            academy.badge("b" + n, n, n % 2 == 0 ? null : NOW.plus(Duration.ofDays(30)));
            for (int course = 0; course < n; course++) {
                academy.course("c" + n + "-" + course, n);
            }
        }
        academy.rainmaker.matchPeople().match();
        academy.rainmaker.scorePartners().refit(NOW, Progress.SILENT);
        Map<RecordId, PlvResult> before = academy.scored(NOW);

        for (int course = 0; course < 6; course++) {
            academy.gone(FactKind.TRAINING, new RecordId("lms", "c6-" + course));
        }
        Map<RecordId, PlvResult> after = academy.scored(NOW);

        onlyDiffers(before, after, partner(6));
        PlvResult had = before.get(partner(6));
        PlvResult has = after.get(partner(6));
        BigDecimal lost = term(had, PlvTerm.ENGAGEMENT)
                .points()
                .subtract(term(has, PlvTerm.ENGAGEMENT).points());
        assertThat(lost).isPositive();
        assertThat(had.score().subtract(has.score())).isEqualByComparingTo(lost);
        for (ScoreTerm each : had.terms()) {
            if (each.term() != PlvTerm.ENGAGEMENT) {
                assertThat(term(has, each.term())).isEqualTo(each);
            }
        }
    }

    @Test
    void anExpiredBadgeLowersTheCertificationTermOnItsDay() {
        academy.learner(1, "ana@partner1.de", null);
        academy.learner(2, "ben@partner2.de", null);
        Instant expiry = Instant.parse("2026-07-01T00:00:00Z");
        academy.badge("b1", 1, expiry);
        academy.badge("b2", 2, null);
        academy.rainmaker.matchPeople().match();
        academy.rainmaker.scorePartners().refit(NOW, Progress.SILENT);

        double last = term(academy.scored(expiry.minusSeconds(1)).get(partner(1)), PlvTerm.CERTIFICATION)
                .metric();
        double first = term(academy.scored(expiry).get(partner(1)), PlvTerm.CERTIFICATION)
                .metric();

        assertThat(first).isLessThan(last);
    }

    @Test
    void everyLinkCanBeUndoneAndIsNotMadeAgain() {
        academy.learner(1, "ana@partner1.de", null);
        academy.rainmaker.matchPeople().match();

        academy.rainmaker.matchPeople().undo(person(1), "jo");
        assertThat(academy.companyOf(1)).isNull();
        assertThat(openPeople()).containsExactly(person(1));
        academy.rainmaker.matchPeople().match();
        assertThat(academy.companyOf(1)).as("not made again").isNull();

        academy.rainmaker.matchPeople().link(person(1), partner(2), "jo");
        assertThat(academy.companyOf(1)).isEqualTo(partner(2));
        academy.rainmaker.matchPeople().undo(person(1), "jo");
        assertThat(academy.companyOf(1)).isNull();
        assertThatThrownBy(() -> academy.rainmaker.matchPeople().undo(person(1), "jo"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no link made here");
    }

    @Test
    void undoingARulingGivesTheSourceItsCompanyBack() {
        RecordId customer = new RecordId("crm", "customer");
        academy.contact("C9", "x@y.example", customer);
        RecordId contact = new RecordId("crm", "C9");
        academy.rainmaker.matchPeople().link(contact, partner(2), "jo");
        assertThat(academy.rainmaker.people().find(contact).orElseThrow().link().partner())
                .isEqualTo(partner(2));

        academy.rainmaker.matchPeople().undo(contact, "jo");

        assertThat(academy.rainmaker
                        .people()
                        .find(contact)
                        .orElseThrow()
                        .person()
                        .company())
                .isEqualTo(customer);
        assertThat(openPeople()).isEmpty();
    }

    @Test
    void whoBelongsToNobodyLeavesTheWorklistForGood() {
        academy.learner(1, "ana@gmail.com", null);
        academy.rainmaker.matchPeople().match();

        academy.rainmaker.matchPeople().linkToNobody(person(1), "jo");
        academy.partner(3, "https://other.de");
        academy.rainmaker.matchPeople().match();

        assertThat(openPeople()).isEmpty();
        assertThat(academy.companyOf(1)).isNull();
    }

    @Test
    void aPersonWhoseSourceSpeaksAgainIsMatchedAnew() {
        academy.learner(1, "ana@partner1.de", null);
        academy.rainmaker.matchPeople().match();

        academy.learner(1, "ana@partner2.de", null);
        academy.rainmaker.matchPeople().match();

        assertThat(academy.companyOf(1)).isEqualTo(partner(2));
        academy.gone(FactKind.PERSON, person(1));
        academy.rainmaker.matchPeople().match();
        assertThat(academy.rainmaker.people().links(10)).isEmpty();
    }

    @Test
    void whatPeopleDoIsAudited() {
        academy.learner(1, "ana@gmail.com", null);
        academy.rainmaker.matchPeople().link(person(1), partner(1), "jo");
        academy.rainmaker.matchPeople().undo(person(1), "mo");

        assertThat(academy.rainmaker
                        .ledger()
                        .jdbc()
                        .sql("select who || ': ' || what || ' ' || about from audit order by id")
                        .query(String.class)
                        .list())
                .containsExactly("jo: link person lms/1", "mo: undo ruling lms/1");
    }

    @Test
    void strangersAreRefused() {
        academy.learner(1, "ana@gmail.com", null);

        assertThatThrownBy(() -> academy.rainmaker.matchPeople().link(person(1), partner(99), "jo"))
                .hasMessageContaining("no partner crm/P99");
        assertThatThrownBy(() -> academy.rainmaker.matchPeople().link(person(99), partner(1), "jo"))
                .hasMessageContaining("no person lms/99");
    }
}
