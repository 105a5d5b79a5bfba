package dev.rainmaker.app.people;

import dev.rainmaker.app.company.Companies;
import dev.rainmaker.app.ledger.FactChange;
import dev.rainmaker.app.ledger.FactLedger;
import dev.rainmaker.app.ledger.Ledger;
import dev.rainmaker.app.ledger.PersonLedger;
import dev.rainmaker.app.ledger.PersonLedger.Held;
import dev.rainmaker.app.ledger.PersonLedger.Link;
import dev.rainmaker.app.ledger.PlvLedger;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.partner.Partner;
import dev.rainmaker.partner.Person;
import dev.rainmaker.people.LinkEvidence;
import dev.rainmaker.people.PartnerDirectory;
import dev.rainmaker.people.PersonMatch;
import dev.rainmaker.people.PersonMatch.Ambiguous;
import dev.rainmaker.people.PersonMatch.Linked;
import dev.rainmaker.people.PersonMatch.Unmatched;
import dev.rainmaker.people.PersonRulings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which partner people belong to. Follows the ledger: a person is looked at again when it or what may name its
 * partner changed. What is not certain goes on the worklist; what somebody ruled stands.
 */
public final class MatchPeople {

    private static final String FOLLOWER = "people";
    private static final int CHUNK = 500;

    private final Ledger ledger;
    private final FactLedger facts;
    private final PersonLedger people;
    private final PlvLedger followers;

    public MatchPeople(Ledger ledger, FactLedger facts, PersonLedger people, PlvLedger followers) {
        this.ledger = ledger;
        this.facts = facts;
        this.people = people;
        this.followers = followers;
    }

    /**
     * Brings links and worklist up to the ledger's head.
     *
     * @return how many people were linked, unlinked or linked otherwise
     */
    public long match() {
        long head = ledger.sequence();
        long seen = followers.followed(FOLLOWER);
        if (head == seen) {
            return 0;
        }
        Set<RecordId> changed = new HashSet<>();
        facts.changesOfKind(FactKind.PERSON, seen, head)
                .forEach(change -> changed.add(change.fact().id()));
        boolean partners = namedOtherwise(facts.changesOfKind(FactKind.PARTNER, seen, head));
        long links = 0;
        if (partners || !changed.isEmpty()) {
            links = match(changed, partners);
        }
        followers.follow(FOLLOWER, head);
        return links;
    }

    /** Whether a partner came, went, or can be named by something else than before. */
    private static boolean namedOtherwise(List<FactChange> changes) {
        Map<RecordId, List<@Nullable String>> before = new HashMap<>();
        Map<RecordId, List<@Nullable String>> after = new HashMap<>();
        for (FactChange change : changes) {
            Partner partner = (Partner) change.fact();
            (change.begins() ? after : before).put(partner.id(), traits(partner));
            if (!change.begins()) {
                after.remove(partner.id());
            }
        }
        return !before.equals(after);
    }

    private static List<@Nullable String> traits(Partner partner) {
        return Arrays.asList(
                partner.name(), partner.website(), partner.attributes().get(PartnerDirectory.CODE));
    }

    private long match(Set<RecordId> changed, boolean everybody) {
        PartnerDirectory directory = directory();
        Map<RecordId, PersonRulings> rulings = people.rulings();
        Set<String> addresses = new HashSet<>();
        List<Held> known = new ArrayList<>();
        people.forEach(held -> {
            known.add(held);
            directory.putContact(held.person());
            if (changed.contains(held.person().id())) {
                addresses.add(address(held.person()));
            }
        });
        addresses.remove("");
        List<Held> toMatch = everybody
                ? known
                : known.stream()
                        .filter(held ->
                                changed.contains(held.person().id()) || addresses.contains(address(held.person())))
                        .toList();
        long links = 0;
        for (int start = 0; start < toMatch.size(); start += CHUNK) {
            List<Held> chunk = toMatch.subList(start, Math.min(toMatch.size(), start + CHUNK));
            links += ledger.transaction(() -> apply(chunk, directory, rulings));
        }
        people.forgetGone();
        return links;
    }

    private static String address(Person person) {
        return person.email() == null ? "" : person.email().toLowerCase(java.util.Locale.ROOT);
    }

    private PartnerDirectory directory() {
        PartnerDirectory directory = new PartnerDirectory(Companies.READER);
        facts.forEach(FactKind.PARTNER, Partner.class, directory::put);
        return directory;
    }

    private long apply(List<Held> chunk, PartnerDirectory directory, Map<RecordId, PersonRulings> rulings) {
        long links = 0;
        for (Held held : chunk) {
            PersonRulings ruled = rulings.getOrDefault(held.person().id(), PersonRulings.NONE);
            links += apply(held, directory.match(held.person(), ruled)) ? 1 : 0;
        }
        return links;
    }

    private boolean apply(Held held, PersonMatch match) {
        RecordId person = held.person().id();
        if (match instanceof Ambiguous ambiguous) {
            people.open(person, "ambiguous", ambiguous.candidates());
        } else if (match instanceof Unmatched unmatched) {
            people.open(person, "unmatched", unmatched.suggestions());
        } else {
            people.close(person);
        }
        RecordId partner = match instanceof Linked linked ? linked.partner() : null;
        LinkEvidence evidence = match instanceof Linked linked ? linked.evidence() : null;
        Link link = held.link();
        RecordId before = link == null ? null : link.partner();
        LinkEvidence beforeEvidence = link == null ? null : link.evidence();
        if (Objects.equals(partner, before) && Objects.equals(evidence, beforeEvidence)) {
            return false;
        }
        return people.link(held, partner, evidence);
    }

    /**
     * Links a person to a partner because somebody says so.
     *
     * @throws IllegalArgumentException if the ledger knows no such person or partner
     */
    public void link(RecordId person, RecordId partner, String who) {
        if (facts.find(FactKind.PARTNER, partner, Partner.class).isEmpty()) {
            throw new IllegalArgumentException("the ledger has no partner " + partner);
        }
        rule(
                person,
                "link person",
                who,
                Map.of("partner", partner.toString()),
                before -> new PersonRulings(partner, before.isNot(), false, who));
    }

    /** Notes that a person belongs to no partner, such as somebody of our own company. */
    public void linkToNobody(RecordId person, String who) {
        rule(
                person,
                "person of no partner",
                who,
                Map.of(),
                before -> new PersonRulings(null, before.isNot(), true, who));
    }

    /**
     * Takes back: a ruling, so that the evidence counts again; or a link made by evidence, so that it is not made again.
     *
     * @throws IllegalArgumentException if there is nothing to take back
     */
    public void undo(RecordId person, String who) {
        Link link = people.find(person).map(Held::link).orElse(null);
        PersonRulings ruled = people.rulings(person);
        if (ruled.is() != null || ruled.nobody()) {
            rule(
                    person,
                    "undo ruling",
                    who,
                    ruled.is() == null ? Map.of() : Map.of("partner", ruled.is().toString()),
                    before -> new PersonRulings(null, before.isNot(), false, who));
        } else if (link != null) {
            Set<RecordId> isNot = new HashSet<>(ruled.isNot());
            isNot.add(link.partner());
            rule(
                    person,
                    "undo link",
                    who,
                    Map.of(
                            "partner",
                            link.partner().toString(),
                            "evidence",
                            link.evidence().text()),
                    before -> new PersonRulings(null, isNot, false, who));
        } else {
            throw new IllegalArgumentException(
                    person + " has no link made here; what its own system states is changed there");
        }
    }

    private void rule(
            RecordId person,
            String what,
            String who,
            Map<String, String> detail,
            java.util.function.UnaryOperator<PersonRulings> change) {
        if (people.find(person).isEmpty()) {
            throw new IllegalArgumentException("the ledger has no person " + person);
        }
        ledger.inTransaction(() -> {
            people.rule(person, change.apply(people.rulings(person)));
            people.audit(who, what, person, detail);
        });
        match(Set.of(person), false);
    }
}
