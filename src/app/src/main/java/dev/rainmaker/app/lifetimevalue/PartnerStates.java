package dev.rainmaker.app.lifetimevalue;

import dev.rainmaker.app.ledger.Contribution;
import dev.rainmaker.app.ledger.Contribution.Part;
import dev.rainmaker.app.ledger.ContributionLedger;
import dev.rainmaker.app.ledger.HistoryLedger;
import dev.rainmaker.app.ledger.HistoryLedger.PartnerState;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.lifetimevalue.PartnerHistory;
import dev.rainmaker.lifetimevalue.PartnerTraits;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Partners' statistics in one transaction: loaded, moved by what changed, and stored again. A contribution that comes or goes costs
 * a few look-ups in indexes, however long the partner's history is; only where the first, the last or the newest deal goes are the
 * partner's deals folded anew.
 */
final class PartnerStates {

    private final ContributionLedger contributions;
    private final HistoryLedger histories;
    private final Folding folding;
    private int asOf;
    private int earlier;
    private final Map<RecordId, PartnerState> held = new TreeMap<>(BY_TEXT);
    private final Map<RecordId, PartnerState> loaded = new HashMap<>();
    private final Set<RecordId> moved = new HashSet<>();
    private final Set<RecordId> refold = new HashSet<>();

    private static final java.util.Comparator<RecordId> BY_TEXT = java.util.Comparator.comparing(RecordId::toString);

    PartnerStates(ContributionLedger contributions, HistoryLedger histories, Folding folding, int asOf, int earlier) {
        this.contributions = contributions;
        this.histories = histories;
        this.folding = folding;
        this.asOf = asOf;
        this.earlier = earlier;
    }

    /** Loads those partners' statistics; companies that are no partners have none. */
    void load(Collection<RecordId> partners) {
        histories.find(partners).forEach(this::take);
    }

    void loadAll() {
        histories.all().forEach(this::take);
    }

    private void take(RecordId id, PartnerState state) {
        loaded.put(id, state);
        held.put(id, state);
    }

    /** What the partner is changed, or it became one. */
    void partner(RecordId id, PartnerTraits traits) {
        PartnerState state = held.get(id);
        if (state == null) {
            PartnerHistory blank = PartnerHistory.empty(id.toString()).withTraits(traits);
            held.put(id, new PartnerState(id, blank, blank));
            refold.add(id);
        } else {
            held.put(
                    id,
                    new PartnerState(
                            id, state.now().withTraits(traits), state.earlier().withTraits(traits)));
        }
        moved.add(id);
    }

    /** The company is no partner any more. */
    void noPartner(RecordId id) {
        held.remove(id);
        moved.remove(id);
        refold.remove(id);
        histories.remove(id);
    }

    /** Replaces what some facts added by what they add now. */
    void replace(List<Contribution> before, List<Contribution> after) {
        Set<Contribution> same = new HashSet<>(before);
        same.retainAll(after);
        before.stream().filter(each -> !same.contains(each)).forEach(this::remove);
        List<Contribution> added =
                after.stream().filter(each -> !same.contains(each)).toList();
        Set<PartnersDay> dealt = new HashSet<>();
        added.forEach(each -> add(each, dealt));
        contributions.replace(List.of(), added);
    }

    /** A day on which a partner closed something. */
    private record PartnersDay(RecordId partner, int day) {}

    /** The same for very many facts: their rows in batches, and everybody concerned folded anew. */
    void replaceInBulk(List<Contribution> before, List<Contribution> after) {
        contributions.replace(before, after);
        Set<RecordId> concerned = new HashSet<>();
        before.forEach(each -> concerned.add(each.partner()));
        after.forEach(each -> concerned.add(each.partner()));
        refold(concerned);
    }

    private void remove(Contribution gone) {
        contributions.remove(gone);
        move(gone, (history, day) -> folding.remove(history, gone, day, left(gone)));
    }

    private Folding.Left left(Contribution gone) {
        return switch (gone.part()) {
            case DEAL, CORRECTION -> {
                boolean noDeal = !contributions.any(gone.partner(), Part.DEAL, gone.day());
                yield new Folding.Left(
                        noDeal, noDeal && !contributions.any(gone.partner(), Part.CORRECTION, gone.day()), false);
            }
            case CERTIFICATE -> new Folding.Left(true, true, contributions.holds(gone));
            default -> new Folding.Left(true, true, false);
        };
    }

    /** @param dealt days that deals before this one, not stored yet, have made known */
    private void add(Contribution added, Set<PartnersDay> dealt) {
        boolean newDay = added.part() == Part.DEAL
                && dealt.add(new PartnersDay(added.partner(), added.day()))
                && !contributions.any(added.partner(), Part.DEAL, added.day());
        move(added, (history, day) -> folding.add(history, added, day, newDay));
    }

    private void move(Contribution each, BiFunction<PartnerHistory, Integer, @Nullable PartnerHistory> step) {
        RecordId id = each.partner();
        PartnerState state = held.get(id);
        if (state == null || refold.contains(id)) {
            return;
        }
        PartnerHistory now;
        PartnerHistory then;
        try {
            now = step.apply(state.now(), asOf);
            then = now == null ? null : step.apply(state.earlier(), earlier);
        } catch (IllegalStateException | IllegalArgumentException takenBackTwice) { // rows are right where sums are not
            now = null;
            then = null;
        }
        if (now == null || then == null) {
            refold.add(id);
        } else {
            held.put(id, new PartnerState(id, now, then));
        }
        moved.add(id);
    }

    /** Has everything of those partners folded anew. */
    void refold(Collection<RecordId> partners) {
        for (RecordId id : partners) {
            if (held.containsKey(id)) {
                refold.add(id);
                moved.add(id);
            }
        }
    }

    /**
     * Moves all that is loaded to another day: what lies between now counts, and leads whose window ended are won or lost. Back to
     * an earlier day everything is folded anew.
     */
    void moveTo(int day, int earlierDay) {
        int was = asOf;
        int wasEarlier = earlier;
        asOf = day;
        earlier = earlierDay;
        if (day < was) {
            refold(List.copyOf(held.keySet()));
        } else {
            advance(was, day, true);
            advance(wasEarlier, earlierDay, false);
        }
    }

    private void advance(int from, int to, boolean present) {
        int window = folding.policy().leadWindowDays();
        for (Contribution lead : contributions.between(from - window, Math.min(from, to - window))) {
            if (lead.part() == Part.LEAD) {
                step(lead.partner(), present, history -> folding.settle(history, lead, to));
            }
        }
        Map<RecordId, Set<Integer>> days = new HashMap<>();
        for (Contribution added : contributions.between(from, to)) {
            boolean newDay = added.part() == Part.DEAL
                    && days.computeIfAbsent(added.partner(), first -> new HashSet<>())
                            .add(added.day());
            step(added.partner(), present, history -> folding.add(history, added, to, newDay));
        }
    }

    private void step(RecordId id, boolean present, java.util.function.UnaryOperator<PartnerHistory> step) {
        PartnerState state = held.get(id);
        if (state != null && !refold.contains(id)) {
            held.put(
                    id,
                    present
                            ? new PartnerState(id, step.apply(state.now()), state.earlier())
                            : new PartnerState(id, state.now(), step.apply(state.earlier())));
            moved.add(id);
        }
    }

    /** Folds anew what has to be, stores what moved, and gives it. */
    Map<RecordId, PartnerState> store(long seq) {
        refoldNow();
        Map<RecordId, PartnerState> changed = new LinkedHashMap<>();
        List<PartnerState> whole = new ArrayList<>();
        List<PartnerState> present = new ArrayList<>();
        held.forEach((id, state) -> {
            if (moved.contains(id)) {
                changed.put(id, state);
                PartnerState before = loaded.get(id);
                (before != null && before.earlier() == state.earlier() ? present : whole).add(state);
            }
        });
        histories.store(whole, seq);
        histories.storePresent(present, seq);
        return changed;
    }

    /** Everything loaded, moved or not. */
    Map<RecordId, PartnerState> all() {
        return held;
    }

    private void refoldNow() {
        Map<RecordId, List<Contribution>> rows = new HashMap<>();
        if (!refold.isEmpty()) {
            contributions
                    .ofPartners(refold)
                    .forEach(row -> rows.computeIfAbsent(row.partner(), first -> new ArrayList<>())
                            .add(row));
        }
        for (RecordId id : refold) {
            PartnerState state = held.get(id);
            if (state != null) {
                held.put(id, folded(state, rows.getOrDefault(id, List.of())));
            }
        }
        refold.clear();
    }

    private PartnerState folded(PartnerState state, List<Contribution> rows) {
        return new PartnerState(
                state.partner(),
                folding.refold(state.now(), rows, asOf),
                folding.refold(state.earlier(), rows, earlier));
    }
}
