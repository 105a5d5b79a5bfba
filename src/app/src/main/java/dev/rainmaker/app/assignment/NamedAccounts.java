package dev.rainmaker.app.assignment;

import dev.rainmaker.account.Account;
import dev.rainmaker.account.CompanyMatch;
import dev.rainmaker.assignment.NamedClaim;
import dev.rainmaker.fact.RecordId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Accounts that the CRM itself gives to a partner: by name, by contract, by programme, with an end or without. */
public final class NamedAccounts implements ClaimSource {

    private final Supplier<ZoneId> zone;

    /** @param zone in which the last day of a contract ends */
    public NamedAccounts(Supplier<ZoneId> zone) {
        this.zone = zone;
    }

    @Override
    public Claims open(List<Prospect> round) {
        return this::of;
    }

    private List<NamedClaim> of(Prospect prospect) {
        Account account = prospect.customer();
        RecordId holder = account == null ? null : account.namedPartner();
        if (account == null || holder == null) {
            return List.of();
        }
        CompanyMatch match = prospect.match();
        return List.of(new NamedClaim(
                holder,
                kind(account.namedBasis()),
                account.namedProducts(),
                null,
                end(account.namedUntil()),
                account.id(),
                prospect.customerSequence(),
                match == null ? null : match.words()));
    }

    /** A word that is no kind of claim ("strategic", say) still names the account. */
    private static NamedClaim.Kind kind(@Nullable String basis) {
        String word =
                basis == null ? "" : basis.strip().toLowerCase(Locale.ROOT).replaceAll("[\\s_]+", "-");
        return Arrays.stream(NamedClaim.Kind.values())
                .filter(kind -> kind.word().equals(word.equals("program") ? "programme" : word))
                .filter(kind -> kind != NamedClaim.Kind.DEAL_LOCK && kind != NamedClaim.Kind.EARLIER_LEAD)
                .findFirst()
                .orElse(NamedClaim.Kind.NAMED_ACCOUNT);
    }

    private @Nullable Instant end(@Nullable LocalDate lastDay) {
        return lastDay == null
                ? null
                : lastDay.plusDays(1).atStartOfDay(zone.get()).toInstant();
    }
}
