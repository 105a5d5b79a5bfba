package dev.rainmaker.app.assignment;

import static dev.rainmaker.app.assignment.Given.aLead;
import static dev.rainmaker.app.assignment.Given.aPartner;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rainmaker.app.ledger.ScoreLedger;
import dev.rainmaker.app.ledger.ScoreLedger.StoredScore;
import dev.rainmaker.fact.Money;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is known of a partner's chance and margin comes with its score and reaches the decision. */
class KnownOddsTest {

    private static StoredScore score(String partner, String odds) {
        return new StoredScore(
                Desk.id(partner),
                0,
                "v",
                Desk.NOW,
                new BigDecimal("50"),
                Money.of("1000", "EUR"),
                "{\"currency\": \"EUR\", \"result\": {\"score\": 50}" + odds + "}");
    }

    private static String odds(String alpha, String beta, String margin) {
        return ", \"odds\": {\"alpha\": " + alpha + ", \"beta\": " + beta + ", \"meanByClass\": {}, \"marginRate\": "
                + margin + "}";
    }

    @Test
    void expectedValueGoesToWhoWinsMostTimesMarginAndExploresWhoIsLittleKnown() {
        try (Desk desk = Desk.with("""
                rules:
                  - { rule: value, strategy: { use: expected-value, explore: thompson, explore-share: 0.2 } }
                """)) {
            desk.state(
                    aPartner("good").fact(),
                    aPartner("thin").fact(),
                    aPartner("new").fact());
            new ScoreLedger(desk.ledger)
                    .store(List.of(
                            score("good", odds("60", "40", "0.3")), // 0.18 a unit
                            score("thin", odds("70", "30", "0.1")), // 0.07 a unit, though it wins more
                            score("new", ""))); // of an earlier version: nothing known
            for (int i = 0; i < 40; i++) {
                desk.state(aLead("lead" + i).of("Company " + i, null).fact());
            }
            desk.assign();

            String receipt = desk.decision("lead0").receipt();
            assertThat(receipt).contains("\"win-probability\":\"0.6\"").contains("\"win-probability\":\"0.7\"");
            assertThat(receipt).contains("\"worth\":\"0.3\"");
            assertThat(desk.replay(desk.decision("lead0")).same()).isTrue();
            // "new" has margin 1 and an even chance: it is the best there is as far as is known, and "thin" is worth no
            // look.
            for (int i = 0; i < 40; i++) {
                assertThat(desk.decision("lead" + i).partner().id()).isNotEqualTo("thin");
            }
        }
    }
}
