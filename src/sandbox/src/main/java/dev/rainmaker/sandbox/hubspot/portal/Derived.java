package dev.rainmaker.sandbox.hubspot.portal;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Properties that the portal works out from others. */
final class Derived {

    private Derived() {}

    static Map<String, String> with(Portal portal, CrmRecord before, Map<String, String> values) {
        Map<String, String> all = new LinkedHashMap<>(values);
        switch (before.kind()) {
            case CONTACT -> {
                if (values.containsKey("email")) {
                    String email = values.get("email");
                    all.put("hs_email_domain", email.substring(email.indexOf('@') + 1));
                }
                all.putIfAbsent("lifecyclestage", orElse(before.text("lifecyclestage"), "lead"));
            }
            case DEAL -> {
                all.putIfAbsent("pipeline", orElse(before.text("pipeline"), "default"));
                String stage = all.getOrDefault("dealstage", before.text("dealstage"));
                all.put("hs_is_closed_won", String.valueOf(stage.equals("closedwon")));
                all.put("hs_is_closed", String.valueOf(stage.startsWith("closed")));
            }
            case LEAD -> {
                all.putIfAbsent("hs_pipeline", orElse(before.text("hs_pipeline"), "lead-pipeline-id"));
                all.putIfAbsent("hs_pipeline_stage", orElse(before.text("hs_pipeline_stage"), "new-stage-id"));
            }
            case COMPANY, EMAIL -> {
                // Nothing follows from their values.
            }
        }
        all.entrySet()
                .removeIf(value -> !values.containsKey(value.getKey())
                        && before.text(value.getKey()).equals(value.getValue()));
        return all;
    }

    private static String orElse(String text, String otherwise) {
        return text.isEmpty() ? otherwise : text;
    }

    static @Nullable String primaryProperty(ObjectKind of, ObjectKind to) {
        return switch (of) {
            case CONTACT -> to == ObjectKind.COMPANY ? "associatedcompanyid" : null;
            case DEAL -> to == ObjectKind.COMPANY ? "hs_primary_associated_company" : null;
            case LEAD ->
                to == ObjectKind.COMPANY
                        ? "hs_primary_company_id"
                        : to == ObjectKind.CONTACT ? "hs_primary_contact_id" : null;
            case COMPANY, EMAIL -> null;
        };
    }
}
