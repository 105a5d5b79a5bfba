package dev.rainmaker.account;

import dev.rainmaker.fact.RecordId;
import dev.rainmaker.lead.Lead;
import dev.rainmaker.partner.Partner;
import java.net.IDN;
import java.util.Collections;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What identifies a company: the one answer to "is this the same company?" for leads, registrations and people.
 *
 * @param records ids under which connected systems know it
 * @param domains registrable domains of its own, free-mail and hosting domains left out
 * @param name its comparable name, null where none is known
 * @param country ISO 3166-1 alpha-2, upper case
 * @param phones telephone numbers, E.164
 */
public record CompanyIdentity(
        Set<RecordId> records,
        Set<String> domains,
        @Nullable CompanyName name,
        @Nullable String country,
        Set<String> phones) {

    public CompanyIdentity {
        records = Collections.unmodifiableSet(new TreeSet<>(records));
        domains = Collections.unmodifiableSet(new TreeSet<>(domains));
        phones = Collections.unmodifiableSet(new TreeSet<>(phones));
    }

    /** Reads identities; holds what the core does not know itself. */
    public record Reader(PublicSuffixes suffixes, PhoneNumbers numbers) {

        public CompanyIdentity of(Account account) {
            return of(
                    Set.of(account.id()),
                    account.name(),
                    account.country(),
                    Stream.ofNullable(account.website()),
                    account.phone());
        }

        /** The company of a lead, by its company name, the domain of its e-mail and its phone. */
        public CompanyIdentity of(Lead lead) {
            return of(Set.of(), lead.company(), lead.country(), Stream.ofNullable(lead.email()), lead.phone());
        }

        public CompanyIdentity of(Partner partner) {
            String country = partner.countries().size() == 1
                    ? partner.countries().iterator().next()
                    : null;
            return of(
                    Set.of(partner.id()),
                    partner.name(),
                    country,
                    Stream.ofNullable(partner.website()),
                    partner.phone());
        }

        /**
         * @param addresses web addresses, host names or e-mail addresses
         */
        public CompanyIdentity of(
                Set<RecordId> records,
                @Nullable String name,
                @Nullable String country,
                Stream<String> addresses,
                @Nullable String phone) {
            String upper = country == null || country.isBlank()
                    ? null
                    : country.strip().toUpperCase(Locale.ROOT);
            Set<String> domains = new TreeSet<>();
            addresses.map(this::domain).flatMap(Optional::stream).forEach(domains::add);
            String number = phone == null ? null : numbers.e164(phone, upper);
            return new CompanyIdentity(
                    records,
                    domains,
                    CompanyName.of(name, upper).orElse(null),
                    upper,
                    number == null ? Set.of() : Set.of(number));
        }

        /** The registrable domain of a web or e-mail address; empty where it is nobody's own. */
        public Optional<String> domain(String address) {
            return Optional.of(host(address))
                    .map(Reader::ascii)
                    .filter(host -> host.indexOf('.') > 0)
                    .map(suffixes::registrableDomain)
                    .filter(Objects::nonNull)
                    .filter(domain -> !Placeholders.domain(domain));
        }

        private static String host(String address) {
            String host = address.strip().toLowerCase(Locale.ROOT);
            int scheme = host.indexOf("://");
            host = scheme < 0 ? host : host.substring(scheme + 3);
            host = host.split("[/?#\\\\\\s]", 2)[0];
            host = host.substring(host.lastIndexOf('@') + 1);
            host = host.replaceFirst(":\\d*$", "");
            return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        }

        private static String ascii(String host) {
            try {
                return IDN.toASCII(host);
            } catch (IllegalArgumentException notADomain) {
                return "";
            }
        }
    }

    /** Whether nothing in it could identify a company. */
    public boolean isBlank() {
        return records.isEmpty() && domains.isEmpty() && name == null && phones.isEmpty();
    }
}
