package dev.rainmaker.dealregistration;

import dev.rainmaker.account.CompanyMatch;
import dev.rainmaker.dealregistration.Conflict.Kind;
import java.util.List;
import java.util.stream.Collectors;

/** A named pure function from the facts to what it finds in the way of a registration. */
@FunctionalInterface
public interface ConflictPolicy {

    List<Conflict> check(ConflictFacts facts, DealPolicy policy);

    /** Another partner holds a lock on the customer and a product in common. */
    ConflictPolicy LIVE_LOCKS = (facts, policy) -> facts.locks().stream()
            .filter(lock -> !lock.it().partner().equals(facts.registration().partner())
                    && lock.it().isLiveAt(facts.now())
                    && lock.it().scope().overlaps(facts.registration().scope()))
            .map(lock -> new Conflict(
                    Kind.LIVE_LOCK,
                    true,
                    lock.it().number(),
                    lock.partner() + " holds the customer for "
                            + lock.it().scope().text() + " until "
                            + lock.it().period().until() + " by " + lock.it().number(),
                    "the customer is protected for another partner"))
            .toList();

    /** Its own lock already covers what it asks for. */
    ConflictPolicy OWN_LOCKS = (facts, policy) -> facts.locks().stream()
            .filter(lock -> lock.it().partner().equals(facts.registration().partner())
                    && lock.it().isLiveAt(facts.now())
                    && lock.it().scope().overlaps(facts.registration().scope()))
            .map(lock -> new Conflict(
                    Kind.LIVE_LOCK,
                    true,
                    lock.it().number(),
                    "the partner itself holds the customer by " + lock.it().number() + " until "
                            + lock.it().period().until(),
                    "you hold this customer already by " + lock.it().number()))
            .toList();

    /** It asked for the same already, and waits for the answer. */
    ConflictPolicy OWN_REGISTRATIONS = (facts, policy) -> facts.registrations().stream()
            .filter(other -> !other.it().number().equals(facts.registration().number())
                    && other.it().partner().equals(facts.registration().partner())
                    && other.it().state().waits()
                    && other.it().scope().overlaps(facts.registration().scope()))
            .map(other -> new Conflict(
                    Kind.OTHER_REGISTRATION,
                    true,
                    other.it().number(),
                    "the partner registered the customer already as "
                            + other.it().number() + ", " + other.it().state().word(),
                    "you registered this customer already as " + other.it().number()))
            .toList();

    /** Somebody else waits for a decision on the same customer and a product in common. */
    ConflictPolicy OTHER_REGISTRATIONS = (facts, policy) -> facts.registrations().stream()
            .filter(other -> !other.it().number().equals(facts.registration().number())
                    && !other.it().partner().equals(facts.registration().partner())
                    && other.it().state().waits()
                    && other.it().scope().overlaps(facts.registration().scope()))
            .map(other -> new Conflict(
                    Kind.OTHER_REGISTRATION,
                    false,
                    other.it().number(),
                    other.partner() + " registered the customer on "
                            + other.it().submittedAt() + " as " + other.it().number() + ", "
                            + other.it().state().word(),
                    "the registration needs a closer look"))
            .toList();

    /** The vendor's own sales team works on the deal. */
    ConflictPolicy DIRECT_SALES = (facts, policy) -> facts.direct().stream()
            .filter(open -> open.scope().overlaps(facts.registration().scope()))
            .map(open -> new Conflict(
                    Kind.DIRECT_OPPORTUNITY,
                    false,
                    open.id().toString(),
                    "direct sales works on " + open.what(),
                    "the registration needs a closer look"))
            .toList();

    /** A lead of the customer was assigned to another partner. */
    ConflictPolicy ASSIGNED_LEADS = (facts, policy) -> facts.leads().stream()
            .filter(open -> !open.it().partner().equals(facts.registration().partner())
                    && open.it().scope().overlaps(facts.registration().scope()))
            .map(open -> new Conflict(
                    Kind.ASSIGNED_LEAD,
                    false,
                    open.it().id().toString(),
                    open.partner() + " has " + open.it().what(),
                    "the registration needs a closer look"))
            .toList();

    /** The customer is a named account of another partner. */
    ConflictPolicy NAMED_ACCOUNT = (facts, policy) -> {
        ConflictFacts.Named<dev.rainmaker.fact.RecordId> named = facts.namedPartner();
        return named == null || named.it().equals(facts.registration().partner())
                ? List.of()
                : List.of(new Conflict(
                        Kind.NAMED_ACCOUNT,
                        false,
                        named.it().toString(),
                        "the customer is a named account of " + named.partner(),
                        "the registration needs a closer look"));
    };

    /** Another partner claims a company of the same group. */
    ConflictPolicy SAME_GROUP = (facts, policy) -> facts.group().stream()
            .filter(kin -> !kin.it().partner().equals(facts.registration().partner())
                    && kin.it().scope().overlaps(facts.registration().scope()))
            .map(kin -> new Conflict(
                    Kind.SAME_GROUP,
                    false,
                    kin.it().number(),
                    kin.partner() + " claims " + kin.it().company() + ", the customer's "
                            + kin.it().relation() + ", by " + kin.it().number(),
                    "the registration needs a closer look"))
            .toList();

    /** A customer that somebody claims may be the same company. */
    ConflictPolicy NEAR_CUSTOMERS = (facts, policy) -> facts.near().stream()
            .map(near -> new Conflict(
                    Kind.NEAR_CUSTOMER,
                    false,
                    near.customer(),
                    "may be the same company as " + near.name() + " ("
                            + near.match().confidence() + ": "
                            + near.match().evidence().stream()
                                    .map(CompanyMatch.Evidence::text)
                                    .collect(Collectors.joining("; "))
                            + ")",
                    "the registration needs a closer look"))
            .toList();

    /** The partner claims more than the policy allows at once. */
    ConflictPolicy LIMITS = (facts, policy) -> {
        DealPolicy.Limits limits = policy.limits();
        String over = facts.waiting() >= limits.waiting()
                ? facts.waiting() + " of your registrations wait for a decision; the limit is " + limits.waiting()
                : facts.today() >= limits.perDay()
                        ? "you handed in " + facts.today() + " registrations today; the limit is " + limits.perDay()
                        : facts.held() >= limits.locks()
                                ? "you hold " + facts.held() + " protected deals; the limit is " + limits.locks()
                                : null;
        return over == null
                ? List.of()
                : List.of(new Conflict(
                        Kind.LIMIT, true, facts.registration().partner().toString(), over, over));
    };

    /** All of them, in the order in which they are told. */
    List<ConflictPolicy> ALL = List.of(
            LIVE_LOCKS,
            OWN_LOCKS,
            OWN_REGISTRATIONS,
            LIMITS,
            OTHER_REGISTRATIONS,
            NEAR_CUSTOMERS,
            SAME_GROUP,
            DIRECT_SALES,
            ASSIGNED_LEADS,
            NAMED_ACCOUNT);

    /** What all of them find. */
    static List<Conflict> checkAll(ConflictFacts facts, DealPolicy policy) {
        return ALL.stream().flatMap(each -> each.check(facts, policy).stream()).toList();
    }
}
