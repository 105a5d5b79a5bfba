package dev.rainmaker.app.web;

import dev.rainmaker.app.access.Caller;
import dev.rainmaker.app.ledger.PlvLedger.PlvVersion;
import dev.rainmaker.app.lifetimevalue.Freshness;
import dev.rainmaker.app.lifetimevalue.ModelHealth;
import dev.rainmaker.app.lifetimevalue.Models;
import dev.rainmaker.app.lifetimevalue.PartnerValue;
import dev.rainmaker.app.lifetimevalue.ProgrammeValue;
import dev.rainmaker.app.lifetimevalue.Ranking;
import dev.rainmaker.app.runtime.Rainmaker;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.lifetimevalue.Advice;
import dev.rainmaker.lifetimevalue.LeadDifficulty;
import dev.rainmaker.lifetimevalue.PeerStanding;
import dev.rainmaker.lifetimevalue.Plv;
import dev.rainmaker.lifetimevalue.PlvChange;
import dev.rainmaker.lifetimevalue.PlvModel;
import dev.rainmaker.lifetimevalue.PlvResult;
import dev.rainmaker.lifetimevalue.PlvTerm;
import dev.rainmaker.lifetimevalue.ReferenceDistribution;
import dev.rainmaker.lifetimevalue.TermCorrelation;
import dev.rainmaker.lifetimevalue.TierSuggestion;
import dev.rainmaker.lifetimevalue.Trend;
import dev.rainmaker.lifetimevalue.forecast.FittedFlow;
import dev.rainmaker.lifetimevalue.forecast.Intervals;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The partner lifetime value for programs. A caller of role partner sees its own numbers and nobody else's. */
@RestController
class PlvApi {

    private final Rainmaker rainmaker;

    PlvApi(Rainmaker rainmaker) {
        this.rainmaker = rainmaker;
    }

    /**
     * A partner's place in the ranking.
     *
     * @param rank by the score
     * @param bestRank what weights near the stated ones would give it in 5 % of draws or better
     * @param worstRank in 95 % of draws or better: partners whose intervals overlap are not separated
     * @param lower80 low end of the 80 % interval of the value
     */
    record Ranked(
            RecordId partner,
            String name,
            int rank,
            int bestRank,
            int worstRank,
            BigDecimal score,
            BigDecimal value,
            double lower80,
            double upper80,
            String currency,
            Trend.Direction trend,
            double confidence,
            Instant asOf,
            String version) {

        static Ranked of(Ranking.Ranked row) {
            return new Ranked(
                    row.partner(),
                    row.name(),
                    row.interval().rank(),
                    row.interval().best(),
                    row.interval().worst(),
                    row.score().score(),
                    row.score().value().amount(),
                    row.result().value().lower80(),
                    row.result().value().upper80(),
                    row.score().value().currency(),
                    row.trend().direction(),
                    row.result().confidence(),
                    row.score().asOf(),
                    row.score().version());
        }
    }

    @GetMapping("/api/plv")
    ReadApi.Listed<Ranked> plv(
            @RequestParam(required = false) @Nullable String after, @RequestParam(defaultValue = "50") int limit) {
        RecordId own = Caller.current().partner().orElse(null);
        if (own != null) {
            return new ReadApi.Listed<>(
                    rainmaker.plv().ranking().of(own).map(Ranked::of).stream().toList(), null);
        }
        RankingPlace place = RankingPlace.read(after, rainmaker.ledger().sequence());
        List<Ranking.Ranked> rows = rainmaker.plv().ranking(place.sequence()).rows();
        int most = ReadApi.size(limit);
        int from = Math.min(place.offset(), rows.size());
        int to = Math.min(from + most, rows.size());
        return new ReadApi.Listed<>(
                rows.subList(from, to).stream().map(Ranked::of).toList(),
                to < rows.size() ? place.after(most).toString() : null);
    }

    /**
     * A partner's value with everything that explains it.
     *
     * @param of how many partners are ranked
     * @param residual all future deals, discounted; absent where no deal-flow model can be used
     * @param conversion of its leads as counted and with their difficulty taken out; absent where it has worked none
     * @param changesSince the day that {@code changes} look back to
     * @param freshness unit, direction, source and last fact of each metric
     */
    record Valued(
            RecordId partner,
            String name,
            String currency,
            int rank,
            int bestRank,
            int worstRank,
            int of,
            PlvResult result,
            @Nullable Double residual,
            Trend trend,
            TierSuggestion tier,
            List<Advice> advice,
            List<PeerStanding> peers,
            @Nullable LeadDifficulty conversion,
            LocalDate changesSince,
            PlvChange changes,
            List<Freshness> freshness,
            List<PartnerValue.ScorePoint> history) {}

    @GetMapping("/api/plv/{connection}/{id}")
    Valued plv(@PathVariable String connection, @PathVariable String id) {
        RecordId partner = new RecordId(connection, id);
        PartnerValue value = Caller.current().maySee(partner)
                ? rainmaker.plv().partner(partner).orElse(null)
                : null;
        if (value == null) {
            throw Refusal.notFound("no partner of this id has a score; /api/plv lists those that have one");
        }
        Ranking.Ranked standing = value.standing();
        return new Valued(
                partner,
                standing.name(),
                standing.score().value().currency(),
                standing.interval().rank(),
                standing.interval().best(),
                standing.interval().worst(),
                value.of(),
                standing.result(),
                value.residual(),
                standing.trend(),
                value.tier(),
                value.advice(),
                value.peers(),
                value.conversion(),
                value.changesSince(),
                value.changes(),
                value.freshness(),
                value.history());
    }

    /**
     * The model in use and how far it can be trusted.
     *
     * @param method of the forecast
     * @param reason why this one
     * @param problems of the deal-flow models, by name, where they cannot be used
     * @param reference the frozen distribution that scores are positions in
     * @param correlations of the terms: pairs that share a cause count it twice
     * @param conversion whether partners differ in winning leads, beyond the leads' difficulty where it is known
     * @param health how it did on the past; absent for a version of an older Rainmaker
     */
    record Health(
            String version,
            Instant asOf,
            String policyVersion,
            int horizonDays,
            String method,
            String reason,
            boolean margin,
            Intervals intervals,
            List<String> problems,
            String reference,
            List<String> droppedTerms,
            List<TermCorrelation> correlations,
            String conversion,
            @Nullable ModelHealth health) {}

    /** @param budget of development funds to be allocated, in the reporting currency */
    @GetMapping("/api/plv/programme")
    ProgrammeValue programme(@RequestParam(defaultValue = "0") double budget) {
        if (Caller.current().partner().isPresent()) {
            throw Refusal.of(
                    HttpStatus.FORBIDDEN, "the programme is about all partners; /api/plv has your own numbers");
        }
        if (!Double.isFinite(budget) || budget < 0) {
            throw Refusal.of(HttpStatus.BAD_REQUEST, "budget must be an amount of money, not below 0");
        }
        return rainmaker
                .programme()
                .programme(budget)
                .orElseThrow(() -> Refusal.notFound("no partner has a score yet: the first sync gives them one"));
    }

    @GetMapping("/api/plv/health")
    Health health() {
        if (Caller.current().partner().isPresent()) {
            throw Refusal.of(HttpStatus.FORBIDDEN, "the model is about all partners; /api/plv has your own numbers");
        }
        PlvVersion version = rainmaker.plvVersions().current().orElse(null);
        Plv.Fitted fitted = rainmaker.models().current().orElse(null);
        if (version == null || fitted == null) {
            throw Refusal.notFound("no model was fitted yet: the first sync that brings partners fits one");
        }
        PlvModel model = fitted.model();
        return new Health(
                version.version(),
                version.asOf(),
                version.policy(),
                model.horizonDays(),
                model.method(),
                model.reason(),
                model.knowsMargin(),
                model.intervals(),
                problems(model),
                fitted.reference().version(),
                dropped(fitted.reference()),
                rainmaker.plv().correlations(),
                model.conversionFinding(),
                Models.health(version).orElse(null));
    }

    /** Terms that no partner of the tenant has: their weight went to the others. */
    static List<String> dropped(ReferenceDistribution reference) {
        return reference.terms().keySet().stream()
                .filter(reference::drops)
                .map(PlvTerm::word)
                .toList();
    }

    /** Why models cannot be used, in words. */
    static List<String> problems(PlvModel model) {
        List<String> problems = new ArrayList<>();
        if (model.fitted().flowProblem() != null) {
            problems.add("deal-flow models: " + model.fitted().flowProblem());
        }
        for (FittedFlow flow : model.fitted().flows()) {
            if (!flow.sound()) {
                problems.add(flow.name() + ": " + flow.problem());
            }
        }
        if (model.fitted().money().problem() != null) {
            problems.add("Gamma-Gamma: " + model.fitted().money().problem());
        }
        return problems;
    }
}
