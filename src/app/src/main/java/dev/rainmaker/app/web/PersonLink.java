package dev.rainmaker.app.web;

import dev.rainmaker.app.ledger.PersonLedger.Link;
import dev.rainmaker.app.runtime.Rainmaker;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.partner.Partner;
import dev.rainmaker.partner.Person;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A link between a person and a partner, as lists show it. */
record PersonLink(
        RecordId person,
        @Nullable String personName,
        RecordId partner,
        @Nullable String partnerName,
        String by,
        String evidence,
        Instant madeAt) {

    static List<PersonLink> made(Rainmaker rainmaker, int most) {
        return rainmaker.people().links(most).stream()
                .map(link -> of(rainmaker, link))
                .toList();
    }

    static PersonLink of(Rainmaker rainmaker, Link link) {
        return new PersonLink(
                link.person(),
                rainmaker
                        .facts()
                        .find(FactKind.PERSON, link.person(), Person.class)
                        .map(Person::name)
                        .orElse(null),
                link.partner(),
                rainmaker
                        .facts()
                        .find(FactKind.PARTNER, link.partner(), Partner.class)
                        .map(Partner::name)
                        .orElse(null),
                link.evidence().kind().word(),
                link.evidence().text(),
                link.madeAt());
    }
}
