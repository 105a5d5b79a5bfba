package dev.rainmaker.assignment;

import dev.rainmaker.fact.Money;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.lead.Lead;
import dev.rainmaker.partner.Partner;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Fixtures that speak: {@code aPartner("acme").in("DE").sells("Firewall")}. */
public final class A {

    public static final Instant NOW = Instant.parse("2026-03-04T10:00:00Z");

    private A() {}

    public static RecordId id(String word) {
        return new RecordId("crm", word);
    }

    public static PartnerBuilder aPartner(String word) {
        return new PartnerBuilder(word);
    }

    public static LeadBuilder aLead(String word) {
        return new LeadBuilder(word);
    }

    public static Condition when(String text, Predicate<LeadView> test) {
        return new Condition() {
            @Override
            public boolean test(LeadView lead) {
                return test.test(lead);
            }

            @Override
            public String text() {
                return text;
            }
        };
    }

    public static PartnerCondition partnerWhere(String text, Predicate<Partner> test) {
        return new PartnerCondition() {
            @Override
            public boolean test(Partner partner) {
                return test.test(partner);
            }

            @Override
            public String text() {
                return text;
            }
        };
    }

    public static Rule everyLead(String name, Pool pool, Strategy strategy) {
        return Rule.of(name, Condition.always(), pool, strategy);
    }

    /** Partners, a policy over them and counters: one small market. */
    public static Market market(PartnerBuilder... partners) {
        return market(List.of(partners));
    }

    public static Market market(List<PartnerBuilder> partners) {
        List<PartnerFacts> facts = new ArrayList<>();
        Map<RecordId, Standing> standings = new HashMap<>();
        for (PartnerBuilder each : partners) {
            facts.add(each.facts());
            standings.put(each.id, each.standing());
        }
        return new Market(Candidates.of(100, PartnerIndex.of(facts), standings), Counters.NONE, "v1", List.of());
    }

    public record Market(Candidates candidates, Counters counters, String version, List<Rule> rules) {

        public Market rules(Rule... given) {
            return new Market(candidates, counters, version, List.of(given));
        }

        public Market rule(Pool pool, Strategy strategy) {
            return rules(everyLead("only", pool, strategy));
        }

        public Market version(String given) {
            return new Market(candidates, counters, given, rules);
        }

        public Market counters(Counters given) {
            return new Market(candidates, given, version, rules);
        }

        public Market open(String partner, int leads) {
            Map<RecordId, Load> loads = new HashMap<>(counters.loads());
            loads.put(id(partner), Load.open(leads));
            return counters(new Counters(loads, counters.rotations()));
        }

        public CompiledPolicy compiled() {
            return CompiledPolicy.of(AssignmentPolicy.of(version, rules), candidates.index(), Holidays.NONE);
        }

        public Decision decide(LeadBuilder lead) {
            return decide(lead.facts());
        }

        public Decision decide(LeadFacts lead) {
            return AssignLead.decide(compiled(), lead, candidates, counters, NOW);
        }

        /** Who gets these leads one after the other, with the counters carried on. */
        public List<String> decideInTurn(List<LeadBuilder> leads) {
            Counters carried = counters;
            List<String> winners = new ArrayList<>();
            CompiledPolicy compiled = compiled();
            for (LeadBuilder lead : leads) {
                Decision decision = AssignLead.decide(compiled, lead.facts(), candidates, carried, NOW);
                carried = carried.after(decision, NOW);
                winners.add(winner(decision));
            }
            return winners;
        }
    }

    /** The id of the partner that got the lead, or the reason why nobody did. */
    public static String winner(Decision decision) {
        if (decision instanceof Decision.Assigned assigned) {
            return assigned.partner().id();
        }
        return decision instanceof Decision.Unassigned unassigned ? unassigned.reason() : "offered";
    }

    public static final class PartnerBuilder {
        final RecordId id;
        private Set<String> countries = Set.of("DE");
        private Set<String> states = Set.of();
        private Set<String> industries = Set.of();
        private Set<String> products = Set.of();
        private Set<String> languages = Set.of();
        private String tier;
        private String zone;
        private boolean active = true;
        private boolean ownerActive = true;
        private Integer maxOpen;
        private BigDecimal score;
        private Conversion conversion = Conversion.UNIFORM;
        private Map<String, Instant> certificates = Map.of();
        private List<Absence> absences = List.of();

        private PartnerBuilder(String word) {
            id = A.id(word);
        }

        public PartnerBuilder in(String... given) {
            countries = Set.of(given);
            return this;
        }

        public PartnerBuilder inStates(String... given) {
            states = Set.of(given);
            return this;
        }

        public PartnerBuilder sells(String... given) {
            products = Set.of(given);
            return this;
        }

        public PartnerBuilder knows(String... given) {
            industries = Set.of(given);
            return this;
        }

        public PartnerBuilder speaks(String... given) {
            languages = Set.of(given);
            return this;
        }

        public PartnerBuilder tier(String given) {
            tier = given;
            return this;
        }

        public PartnerBuilder zone(String given) {
            zone = given;
            return this;
        }

        public PartnerBuilder inactive() {
            active = false;
            return this;
        }

        public PartnerBuilder ownedByAnInactiveUser() {
            ownerActive = false;
            return this;
        }

        public PartnerBuilder maxOpen(int given) {
            maxOpen = given;
            return this;
        }

        public PartnerBuilder score(String given) {
            score = new BigDecimal(given);
            return this;
        }

        public PartnerBuilder wins(String alpha, String beta) {
            conversion = Conversion.of(alpha, beta);
            return this;
        }

        public PartnerBuilder certified(String certificate, Instant until) {
            certificates = Map.of(certificate, until);
            return this;
        }

        public PartnerBuilder away(Instant from, Instant until) {
            absences = List.of(new Absence(from, until));
            return this;
        }

        public PartnerFacts facts() {
            Partner partner = new Partner(
                    id,
                    "Partner " + id.id(),
                    tier,
                    null,
                    countries,
                    states,
                    industries,
                    products,
                    languages,
                    active,
                    maxOpen,
                    zone,
                    null,
                    null,
                    null,
                    null,
                    ownerActive,
                    Map.of(),
                    NOW);
            return new PartnerFacts(partner, 7, certificates, absences);
        }

        public Standing standing() {
            return new Standing(score, null, conversion, Map.of(), BigDecimal.ONE, "m1", 9);
        }
    }

    public static final class LeadBuilder {
        private final RecordId id;
        private String country = "DE";
        private String state;
        private String industry;
        private String language;
        private Set<String> products = Set.of();
        private String requested;
        private Money value;
        private boolean open = true;
        private boolean converted;
        private final List<NamedClaim> claims = new ArrayList<>();
        private Set<RecordId> declined = Set.of();
        private int attempt;

        private LeadBuilder(String word) {
            id = A.id(word);
        }

        public LeadBuilder in(String given) {
            country = given;
            return this;
        }

        public LeadBuilder inState(String given) {
            state = given;
            return this;
        }

        public LeadBuilder industry(String given) {
            industry = given;
            return this;
        }

        public LeadBuilder speaking(String given) {
            language = given;
            return this;
        }

        public LeadBuilder wants(String... given) {
            products = Set.of(given);
            return this;
        }

        public LeadBuilder asksFor(String given) {
            requested = given;
            return this;
        }

        public LeadBuilder worth(String euros) {
            value = Money.of(euros, "EUR");
            return this;
        }

        public LeadBuilder closed() {
            open = false;
            return this;
        }

        public LeadBuilder converted() {
            converted = true;
            return this;
        }

        public LeadBuilder claimedBy(String partner, NamedClaim.Kind kind, String... covered) {
            claims.add(new NamedClaim(A.id(partner), kind, Set.of(covered), null, null, A.id("account"), 3));
            return this;
        }

        public LeadBuilder claimed(NamedClaim claim) {
            claims.add(claim);
            return this;
        }

        public LeadBuilder declinedBy(String... partners) {
            declined = new java.util.HashSet<>();
            for (String partner : partners) {
                declined.add(A.id(partner));
            }
            return this;
        }

        public LeadBuilder attempt(int given) {
            attempt = given;
            return this;
        }

        public Lead lead() {
            return new Lead(
                    id,
                    "Example GmbH",
                    "Somebody",
                    "somebody@example.com",
                    null,
                    country,
                    state,
                    industry,
                    null,
                    null,
                    products,
                    language,
                    requested,
                    value,
                    null,
                    "Open",
                    open,
                    converted,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    true,
                    Map.of(),
                    NOW,
                    NOW);
        }

        public LeadFacts facts() {
            return new LeadFacts(lead(), 5, null, claims, declined, attempt);
        }
    }
}
