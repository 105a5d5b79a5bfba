package dev.rainmaker.app.assignment;

import dev.rainmaker.fact.RecordId;
import dev.rainmaker.lead.Lead;
import dev.rainmaker.partner.Partner;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Partners and leads for tests of the shell, in Germany unless told otherwise. */
final class Given {

    private Given() {}

    static APartner aPartner(String word) {
        return new APartner(word);
    }

    static ALead aLead(String word) {
        return new ALead(word);
    }

    static final class APartner {
        private final String word;
        private @Nullable Integer maxOpen;
        private @Nullable String zone;
        private Set<String> products = Set.of();
        private Set<String> languages = Set.of();
        private Set<String> countries = Set.of("DE");
        private Map<String, String> attributes = Map.of();
        private boolean active = true;
        private boolean ownerActive = true;

        private APartner(String word) {
            this.word = word;
        }

        APartner maxOpen(int given) {
            maxOpen = given;
            return this;
        }

        APartner zone(String given) {
            zone = given;
            return this;
        }

        APartner sells(String... given) {
            products = Set.of(given);
            return this;
        }

        APartner speaks(String... given) {
            languages = Set.of(given);
            return this;
        }

        APartner in(String... given) {
            countries = Set.of(given);
            return this;
        }

        APartner with(String name, String value) {
            attributes = Map.of(name, value);
            return this;
        }

        APartner inactive() {
            active = false;
            return this;
        }

        APartner ownerLeft() {
            ownerActive = false;
            return this;
        }

        Partner fact() {
            return new Partner(
                    Desk.id(word),
                    "Partner " + word,
                    null,
                    null,
                    countries,
                    Set.of(),
                    Set.of(),
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
                    attributes,
                    Desk.NOW);
        }
    }

    static final class ALead {
        private final String word;
        private @Nullable String company;
        private @Nullable String email;
        private String country = "DE";
        private @Nullable String language;
        private @Nullable RecordId shown;
        private @Nullable String decision;
        private Set<String> products = Set.of();
        private boolean open = true;
        private boolean converted;
        private @Nullable RecordId deal;
        private Instant created = Desk.NOW;

        private ALead(String word) {
            this.word = word;
        }

        ALead of(@Nullable String givenCompany, @Nullable String givenEmail) {
            company = givenCompany;
            email = givenEmail;
            return this;
        }

        ALead in(String given) {
            country = given;
            return this;
        }

        ALead speaks(String given) {
            language = given;
            return this;
        }

        ALead wants(String... given) {
            products = Set.of(given);
            return this;
        }

        ALead created(Instant given) {
            created = given;
            return this;
        }

        /** What the CRM shows: a partner, and the decision beside it. */
        ALead shows(@Nullable String partner, @Nullable String decisionId) {
            shown = partner == null ? null : Desk.id(partner);
            decision = decisionId;
            return this;
        }

        ALead closed() {
            open = false;
            return this;
        }

        ALead converted() {
            open = false;
            converted = true;
            return this;
        }

        /** Converted to that deal. */
        ALead became(String given) {
            deal = Desk.id(given);
            return converted();
        }

        Lead fact() {
            return new Lead(
                    Desk.id(word),
                    company,
                    null,
                    email,
                    null,
                    country,
                    null,
                    null,
                    null,
                    null,
                    products,
                    language,
                    null,
                    null,
                    null,
                    "Open",
                    open,
                    converted,
                    deal,
                    null,
                    null,
                    shown,
                    decision,
                    null,
                    true,
                    Map.of(),
                    created,
                    Desk.NOW);
        }
    }
}
