package dev.rainmaker.assignment;

import dev.rainmaker.fact.RecordId;
import dev.rainmaker.partner.Partner;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A partner as eligibility sees it.
 *
 * @param sequence ledger sequence of the partner's fact, kept in the receipt
 * @param certificates valid certificates and the first instant each is no longer valid ({@link Instant#MAX}: never)
 * @param absences when it is away
 */
public record PartnerFacts(Partner partner, long sequence, Map<String, Instant> certificates, List<Absence> absences) {

    public PartnerFacts {
        certificates = Collections.unmodifiableMap(new TreeMap<>(certificates));
        absences = List.copyOf(absences);
    }

    /** A partner without certificates and never away. */
    public static PartnerFacts of(Partner partner, long sequence) {
        return new PartnerFacts(partner, sequence, Map.of(), List.of());
    }

    public RecordId id() {
        return partner.id();
    }

    boolean awayAt(Instant now) {
        return absences.stream().anyMatch(absence -> absence.covers(now));
    }
}
