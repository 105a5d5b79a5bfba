package dev.rainmaker.app.assignment;

import static dev.rainmaker.app.assignment.Desk.NOW;
import static dev.rainmaker.app.assignment.Desk.id;
import static dev.rainmaker.app.assignment.Given.aLead;
import static dev.rainmaker.app.assignment.Given.aPartner;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rainmaker.app.ledger.LifeLedger;
import dev.rainmaker.assignment.life.LeadLife;
import dev.rainmaker.assignment.life.LeadState;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.training.TrainingRecord;
import java.time.Duration;
import java.util.Collection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A tank's variants are its pool: who may sell the product, who holds the certificate, who joined the promotion. */
class SharkTankTest {

    private final Desk desk = Desk.with("""
            rules:
              - rule: promotion
                when: '"Backup" in lead.products'
                pool: { product: ignored, where: 'partner.attributes.promotion == "spring"' }
                strategy: { use: shark-tank, blind: false }
              - rule: certificate
                when: '"Firewall" in lead.products'
                pool: { product: ignored, certificates: [ Firewall Expert ] }
                strategy: { use: shark-tank, blind: true }
              - rule: product
                pool: { product: required }
                strategy: { use: shark-tank, at-most: 2 }
            """);

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void offersGoToThePoolOfProductCertificateOrPromotion() {
        desk.state(
                        aPartner("a").sells("Backup", "Switch").fact(),
                        aPartner("b")
                                .sells("Switch")
                                .with("promotion", "spring")
                                .fact(),
                        aPartner("c")
                                .sells("Firewall")
                                .with("promotion", "autumn")
                                .fact())
                .state(new TrainingRecord(
                        id("t1"),
                        null,
                        id("c"),
                        "Firewall Expert",
                        true,
                        NOW.minus(Duration.ofDays(30)),
                        NOW.plus(Duration.ofDays(1)),
                        NOW))
                .state(
                        aLead("backup").wants("Backup").fact(),
                        aLead("firewall").wants("Firewall").fact(),
                        aLead("switch").wants("Switch").fact());

        desk.assign();

        assertThat(offered("backup")).containsExactly(id("b"));
        assertThat(offered("firewall")).containsExactly(id("c"));
        assertThat(offered("switch")).containsExactlyInAnyOrder(id("a"), id("b"));
        for (String lead : new String[] {"backup", "firewall", "switch"}) {
            assertThat(desk.decision(lead).outcome()).isEqualTo("offered");
            assertThat(desk.replay(desk.decision(lead)).same()).isTrue();
        }
    }

    private Collection<RecordId> offered(String lead) {
        LeadLife life = new LifeLedger(desk.ledger).find(id(lead)).orElseThrow();
        return ((LeadState.Offered) life.state()).offer().partners();
    }
}
