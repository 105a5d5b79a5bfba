package dev.rainmaker.app.web;

import dev.rainmaker.fact.RecordId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A decision as lists show it.
 *
 * @param company of the lead
 * @param where country and state of the lead
 * @param crm the lead's page in the CRM
 */
record DecisionRow(
        String id,
        RecordId lead,
        String company,
        String where,
        String outcome,
        @Nullable RecordId partner,
        @Nullable String partnerName,
        String reason,
        String summary,
        Instant at,
        @Nullable String crm) {}
