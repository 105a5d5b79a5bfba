package dev.rainmaker.app.lifetimevalue;

import dev.rainmaker.app.ledger.FactLedger;
import dev.rainmaker.engagement.Engagement;
import dev.rainmaker.fact.Fact;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.lead.Lead;
import dev.rainmaker.opportunity.Opportunity;
import dev.rainmaker.partner.Partner;
import dev.rainmaker.partner.Person;
import dev.rainmaker.satisfaction.SatisfactionAnswer;
import dev.rainmaker.training.TrainingRecord;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whom a changed fact concerns. */
final class Partners {

    private final FactLedger facts;

    Partners(FactLedger facts) {
        this.facts = facts;
    }

    /** Companies whose history the fact is part of; some may be no partners. */
    Set<RecordId> concernedBy(Fact fact) {
        Set<RecordId> concerned = new HashSet<>();
        if (fact instanceof Partner partner) {
            concerned.add(partner.id());
        } else if (fact instanceof Opportunity opportunity) {
            add(concerned, opportunity.partner());
            facts.leadsThatBecame(opportunity.id()).forEach(lead -> ofLead(concerned, lead));
        } else if (fact instanceof Lead lead) {
            ofLead(concerned, lead);
        } else if (fact instanceof Person person) {
            add(concerned, person.company());
        } else if (fact instanceof Engagement engagement) {
            ofPerson(concerned, engagement.partner(), engagement.person());
        } else if (fact instanceof TrainingRecord training) {
            ofPerson(concerned, training.partner(), training.person());
        } else if (fact instanceof SatisfactionAnswer answer) {
            add(concerned, answer.partner());
        }
        return concerned;
    }

    private static void ofLead(Set<RecordId> concerned, Lead lead) {
        add(concerned, lead.assignedPartner());
        add(concerned, lead.previousPartner());
        add(concerned, lead.sourcedBy());
    }

    private void ofPerson(Set<RecordId> concerned, @Nullable RecordId stated, @Nullable RecordId person) {
        if (stated != null) {
            concerned.add(stated);
        } else if (person != null) {
            facts.find(FactKind.PERSON, person, Person.class).ifPresent(found -> add(concerned, found.company()));
        }
    }

    private static void add(Set<RecordId> concerned, @Nullable RecordId id) {
        if (id != null) {
            concerned.add(id);
        }
    }
}
