package dev.rainmaker.sandbox.world;

import dev.rainmaker.sandbox.hubspot.portal.ObjectKind;
import dev.rainmaker.sandbox.hubspot.portal.Portal;
import dev.rainmaker.sandbox.hubspot.portal.PropertyDefinition;
import dev.rainmaker.sandbox.hubspot.portal.PropertyValue;
import java.util.List;
import java.util.Locale;

/** Properties that the generated world's administrator has made: the partner programme's, and those that Rainmaker writes. */
final class HubSpotSetup {

    private static final String PARTNER_PROGRAMME = """
            company partner_tier string text Partner tier
            company authorized_products string text Authorized products
            company partner_active bool booleancheckbox Partner is active
            company partner_since date date Partner since
            company max_open_leads number number Most open leads
            company languages string text Languages
            company partner_time_zone string text Partner's time zone
            company yearly_target number number Yearly target
            company mdf_spent number number Market development funds spent
            company programme_cost number number Programme cost
            contact product_interest string text Product interest
            contact requested_partner string text Requested partner
            contact partner_code string text Partner code
            deal margin number number Margin
            deal product string text Product
            deal offer string text Offer
            deal lead_source string text Lead source
            deal partner_sourced bool booleancheckbox Sourced by a partner
            deal customer_satisfaction number number Customer satisfaction
            """;

    private static final String WRITTEN_BACK = """
            contact rainmaker_partner string text Assigned partner
            contact rainmaker_reason string textarea Why this partner
            contact rainmaker_plv_score number number PLV score
            contact rainmaker_assigned_at datetime date Assigned at
            contact rainmaker_decision_id string text Decision
            contact rainmaker_lock_holder string text Locked for
            contact rainmaker_lock_until datetime date Locked until
            contact rainmaker_lock_scope string text Locked products
            contact rainmaker_registration_number string text Deal registration
            company rainmaker_plv_score number number PLV score
            company rainmaker_plv_value number number PLV value
            company rainmaker_plv_trend string text PLV trend
            company rainmaker_plv_reason string textarea What makes the score
            deal rainmaker_lock_holder string text Locked for
            deal rainmaker_lock_until datetime date Locked until
            deal rainmaker_lock_scope string text Locked products
            deal rainmaker_registration_number string text Deal registration
            """;

    private HubSpotSetup() {}

    static void properties(Portal portal) {
        for (ObjectKind kind : List.of(ObjectKind.CONTACT, ObjectKind.COMPANY, ObjectKind.DEAL)) {
            portal.properties().saveGroup(kind, "rainmaker", "Rainmaker");
        }
        PARTNER_PROGRAMME.lines().forEach(line -> property(portal, line, false));
        WRITTEN_BACK.lines().forEach(line -> property(portal, line, true));
    }

    private static void property(Portal portal, String line, boolean ours) {
        String[] words = line.strip().split(" ", 5);
        ObjectKind kind = ObjectKind.valueOf(words[0].toUpperCase(Locale.ROOT));
        portal.properties()
                .save(new PropertyDefinition(
                        kind,
                        words[1],
                        words[4],
                        "",
                        ours ? "rainmaker" : kind.singular() + "information",
                        words[2],
                        words[3],
                        List.of(),
                        false,
                        false,
                        true,
                        PropertyValue.time(portal.clock().instant()),
                        null));
    }
}
