package dev.rainmaker.app.runtime;

import dev.rainmaker.app.assignment.Absences;
import dev.rainmaker.app.assignment.AssignLeads;
import dev.rainmaker.app.assignment.CustomerDirectory;
import dev.rainmaker.app.assignment.EarlierLeads;
import dev.rainmaker.app.assignment.LeadLives;
import dev.rainmaker.app.assignment.NamedAccounts;
import dev.rainmaker.app.assignment.PartnerSnapshots;
import dev.rainmaker.app.assignment.PastDecisions;
import dev.rainmaker.app.assignment.Replay;
import dev.rainmaker.app.calendar.PublicHolidays;
import dev.rainmaker.app.company.Companies;
import dev.rainmaker.app.configuration.ConnectionSettings;
import dev.rainmaker.app.configuration.RainmakerConfiguration;
import dev.rainmaker.app.connection.Connections;
import dev.rainmaker.app.connection.GuardedConnector;
import dev.rainmaker.app.connection.LiveConnection;
import dev.rainmaker.app.dealregistration.DealLockClaims;
import dev.rainmaker.app.dealregistration.FollowRegistrations;
import dev.rainmaker.app.dealregistration.RegistrationDesk;
import dev.rainmaker.app.draft.PastLeads;
import dev.rainmaker.app.draft.PolicyDesk;
import dev.rainmaker.app.draft.PublishedPolicy;
import dev.rainmaker.app.evaluation.LedgerLog;
import dev.rainmaker.app.flow.FlowRoutes;
import dev.rainmaker.app.flow.RainmakerComponent;
import dev.rainmaker.app.flow.Signals;
import dev.rainmaker.app.intake.Intake;
import dev.rainmaker.app.ledger.DeadLetterLedger;
import dev.rainmaker.app.ledger.DecisionLedger;
import dev.rainmaker.app.ledger.FactLedger;
import dev.rainmaker.app.ledger.InboxLedger;
import dev.rainmaker.app.ledger.Ledger;
import dev.rainmaker.app.ledger.OutboxLedger;
import dev.rainmaker.app.ledger.PersonLedger;
import dev.rainmaker.app.ledger.PlvLedger;
import dev.rainmaker.app.ledger.PolicyLedger;
import dev.rainmaker.app.ledger.RotationLedger;
import dev.rainmaker.app.ledger.RoundLedger;
import dev.rainmaker.app.ledger.RunLedger;
import dev.rainmaker.app.ledger.ScoreLedger;
import dev.rainmaker.app.ledger.SeenLedger;
import dev.rainmaker.app.ledger.StreamLedger;
import dev.rainmaker.app.ledger.StreamState;
import dev.rainmaker.app.lifetimevalue.Models;
import dev.rainmaker.app.lifetimevalue.PlvReading;
import dev.rainmaker.app.lifetimevalue.ProgrammeReading;
import dev.rainmaker.app.lifetimevalue.ScorePartners;
import dev.rainmaker.app.mapping.Mappings;
import dev.rainmaker.app.mapping.StreamMapping;
import dev.rainmaker.app.people.MatchPeople;
import dev.rainmaker.app.policy.Policies;
import dev.rainmaker.app.policy.PolicyFile;
import dev.rainmaker.app.progress.Progress;
import dev.rainmaker.app.progress.PublishedProgress;
import dev.rainmaker.app.revenue.Revenue;
import dev.rainmaker.app.sync.SyncStreams;
import dev.rainmaker.app.writeback.WriteBack;
import dev.rainmaker.app.writeback.WriteBatch;
import dev.rainmaker.assignment.Counters;
import dev.rainmaker.fact.FactKind;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Rainmaker, put together and open: the ledger, the connections, the policies and the flows. */
public final class Rainmaker implements AutoCloseable {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final int ATTEMPTS = 6;

    private final RainmakerConfiguration configuration;
    private final LedgerHolder holder;
    private final Connections connections;
    private final PolicyFiles policies;
    private final FactLedger facts;
    private final StreamLedger streamLedger;
    private final DecisionLedger decisions;
    private final OutboxLedger outbox;
    private final ScoreLedger scores;
    private final PlvLedger plvVersions;
    private final Models models;
    private final PlvReading plv;
    private final ProgrammeReading programme;
    private final RunLedger runs;
    private final DeadLetterLedger deadLetters;
    private final InboxLedger inbox;
    private final PolicyLedger policyVersions;
    private final PublishedPolicy published;
    private final PolicyDesk drafts;
    private final PartnerSnapshots snapshots;
    private final RegistrationDesk deals;
    private final FollowRegistrations followDeals;
    private final ScorePartners scorePartners;
    private final PersonLedger people;
    private final MatchPeople matchPeople;
    private final AssignLeads assignments;
    private final LeadLives leadLives;
    private final SyncStreams streams;
    private final Intake intake;
    private final RecordedFlows flows;
    private final Signals signals = new Signals();
    private final Instant openedAt;
    private final PublishedProgress progress;
    private @Nullable FlowRoutes routes;

    private Rainmaker(
            RainmakerConfiguration configuration,
            LedgerHolder holder,
            Connections connections,
            PolicyFiles policies,
            Clock clock,
            Progress progress) {
        this.configuration = configuration;
        this.holder = holder;
        this.connections = connections;
        this.policies = policies;
        Ledger ledger = holder.ledger();
        this.openedAt = ledger.now();
        this.progress = new PublishedProgress(progress, Clock.systemUTC());
        this.facts = new FactLedger(ledger);
        this.streamLedger = new StreamLedger(ledger);
        this.decisions = new DecisionLedger(ledger);
        this.outbox = new OutboxLedger(ledger);
        this.scores = new ScoreLedger(ledger);
        this.plvVersions = new PlvLedger(ledger);
        this.models = new Models(plvVersions);
        this.plv = new PlvReading(ledger, facts, scores, models, policies::plv, this::brings);
        this.programme = new ProgrammeReading(ledger, facts, models, plv);
        this.runs = new RunLedger(ledger);
        this.deadLetters = new DeadLetterLedger(ledger);
        this.inbox = new InboxLedger(ledger);
        this.policyVersions = new PolicyLedger(ledger);
        this.people = new PersonLedger(ledger);
        this.matchPeople = new MatchPeople(ledger, facts, people, plvVersions);
        this.snapshots = new PartnerSnapshots(ledger, facts, scores, new PublicHolidays());
        this.scorePartners = new ScorePartners(
                ledger,
                facts,
                scores,
                plvVersions,
                models,
                outbox,
                configuration.exchangeRates(),
                policies::plv,
                streamWriting(FactKind.PARTNER, "plvScore"));
        this.published = new PublishedPolicy(policyVersions, policies::assignment);
        CustomerDirectory customers = new CustomerDirectory(facts, Companies.READER);
        this.drafts = new PolicyDesk(
                policyVersions, snapshots, new PastLeads(ledger, facts, decisions, customers), published);
        this.leadLives = new LeadLives(
                ledger, facts, decisions, outbox, published::policy, streamWriting(FactKind.LEAD, "partner"));
        this.assignments = new AssignLeads(
                ledger,
                facts,
                decisions,
                outbox,
                snapshots,
                customers,
                List.of(
                        new DealLockClaims(ledger, Companies.READER),
                        new NamedAccounts(() -> published.policy().zone()),
                        new EarlierLeads(
                                facts,
                                decisions,
                                Companies.READER,
                                () -> published.policy().life().sameProspect())),
                published::policy,
                streamWriting(FactKind.LEAD, "partner"));
        this.deals = new RegistrationDesk(ledger, facts, outbox, connections, policies::deals);
        this.followDeals = new FollowRegistrations(ledger, deals, facts, outbox);
        this.streams = new SyncStreams(facts, streamLedger, new SeenLedger(ledger));
        this.intake = new Intake(inbox, deadLetters, connections, streams, signals);
        WriteBack writes = new WriteBack(outbox, connections, new WriteBatch(ledger, outbox, decisions, deadLetters));
        this.flows = new RecordedFlows(
                connections,
                streams,
                intake,
                followDeals,
                matchPeople,
                scorePartners,
                assignments,
                writes,
                runs,
                clock,
                this.progress);
    }

    /**
     * Opens everything: policies and mappings are checked first, then the ledger is started or reached, then connections
     * are made ready (no vendor is called yet).
     *
     * @throws dev.rainmaker.app.yaml.ConfigurationException if a file is wrong
     */
    public static Rainmaker open(RainmakerConfiguration configuration, Path state, Clock clock, Progress progress) {
        PolicyFiles policies = PolicyFiles.load(configuration.policies());
        List<LiveConnection> live = new ArrayList<>();
        try {
            for (ConnectionSettings settings : configuration.connections()) {
                Mappings mappings = Mappings.load(configuration.mappings(), settings.type());
                live.add(new LiveConnection(
                        settings.name(),
                        settings.type(),
                        new GuardedConnector(settings.name(), settings.open(), FIRST_PAUSE, ATTEMPTS),
                        mappings));
            }
            LedgerHolder holder = LedgerHolder.open(configuration, state);
            Rainmaker rainmaker =
                    new Rainmaker(configuration, holder, new Connections(live), policies, clock, progress);
            rainmaker.begin();
            return rainmaker;
        } catch (RuntimeException failed) {
            live.forEach(LiveConnection::close);
            throw failed;
        }
    }

    private void begin() {
        if (holder.alone()) {
            runs.abandonOpen();
            outbox.releaseLeases();
            inbox.releaseLeases();
        }
    }

    private Function<String, @Nullable String> streamWriting(FactKind kind, String field) {
        return connection -> connections
                .find(connection)
                .flatMap(live -> live.writing(kind, field))
                .map(StreamMapping::stream)
                .orElse(null);
    }

    private boolean brings(FactKind kind, StreamState stream) {
        return connections
                .find(stream.connection())
                .map(live -> live.streams().stream()
                        .anyMatch(mapping -> mapping.stream().equals(stream.name())
                                && mapping.kinds().contains(kind)))
                .orElse(false);
    }

    /** Starts the flows of {@code routes/}; live ones also start by themselves on events and timers. */
    public void startFlows(boolean live) {
        // Not when merely opened: who looks at a changed file, or checks it, has not published it yet.
        for (PolicyFile<?> file : policies.all()) {
            policyVersions.followFile(file.name(), file.version(), file.text());
        }
        routes = FlowRoutes.start(configuration.routes(), flows, signals, live);
    }

    /**
     * One whole pass: read, score, assign, write.
     *
     * @param connection null for all
     * @param full read from the start
     * @param patience how long to wait for writes that have to be tried again
     */
    public void pass(@Nullable String connection, boolean full, Duration patience) {
        FlowRoutes started = routes;
        if (started == null) {
            startFlows(false);
            started = routes;
        }
        flows.options(new RecordedFlows.SyncOptions(full, patience));
        if (started != null) {
            started.run("sync", connection == null ? Map.of() : Map.of(RainmakerComponent.CONNECTION, connection));
        }
        flows.options(new RecordedFlows.SyncOptions(false, Duration.ZERO));
    }

    /** Fires what is due of leads' deadlines and decides the leads that are to be decided anew; returns how many moved on. */
    public int deadlines() {
        int moved = leadLives.fireDue();
        if (moved > 0) {
            flows.assign();
        }
        return moved;
    }

    /** What happens to leads after their assignment. */
    public LeadLives leadLives() {
        return leadLives;
    }

    /** Load and turns as decisions would see them at an instant; call inside a transaction. */
    public Counters counters(Instant now) {
        return new RotationLedger(ledger()).counters(now, published.policy().zone());
    }

    /** Decides what waits, after a person or partner did something that asks for a decision. */
    public void decideWaiting() {
        flows.assign();
    }

    /** What the flows of this process did so far. */
    public FlowTotals totals() {
        return flows.totals();
    }

    /** When this Rainmaker was opened, by the database's clock. */
    public Instant openedAt() {
        return openedAt;
    }

    /** How far what runs now has come. */
    public PublishedProgress progress() {
        return progress;
    }

    public RainmakerConfiguration configuration() {
        return configuration;
    }

    public Ledger ledger() {
        return holder.ledger();
    }

    public Connections connections() {
        return connections;
    }

    public PolicyFiles policies() {
        return policies;
    }

    public StreamLedger streamLedger() {
        return streamLedger;
    }

    public FactLedger facts() {
        return facts;
    }

    public DecisionLedger decisions() {
        return decisions;
    }

    public OutboxLedger outbox() {
        return outbox;
    }

    public ScoreLedger scores() {
        return scores;
    }

    public PlvLedger plvVersions() {
        return plvVersions;
    }

    /** Models of the partner lifetime value, by version. */
    public Models models() {
        return models;
    }

    /** What can be said about partners' lifetime value. */
    public PlvReading plv() {
        return plv;
    }

    /** What can be said about the whole programme. */
    public ProgrammeReading programme() {
        return programme;
    }

    public RunLedger runs() {
        return runs;
    }

    public DeadLetterLedger deadLetters() {
        return deadLetters;
    }

    public InboxLedger inbox() {
        return inbox;
    }

    public PolicyLedger policyVersions() {
        return policyVersions;
    }

    /** The assignment policy that decides now. */
    public PublishedPolicy publishedPolicy() {
        return published;
    }

    /** Assignment policies before they go live, and their versions. */
    public PolicyDesk drafts() {
        return drafts;
    }

    public PartnerSnapshots snapshots() {
        return snapshots;
    }

    public ScorePartners scorePartners() {
        return scorePartners;
    }

    /** Deal registrations and their locks. */
    public RegistrationDesk deals() {
        return deals;
    }

    /** Takes in what changed about deal registrations, and moves on what is due. */
    public FollowRegistrations followDeals() {
        return followDeals;
    }

    /** People, their links and the worklist. */
    public PersonLedger people() {
        return people;
    }

    public MatchPeople matchPeople() {
        return matchPeople;
    }

    public SyncStreams streams() {
        return streams;
    }

    public Intake intake() {
        return intake;
    }

    /**
     * The revenue book, by the attribution policy as it stands in its file now.
     *
     * @throws dev.rainmaker.app.yaml.ConfigurationException if the file cannot be used
     */
    public Revenue revenue() {
        return new Revenue(
                ledger(),
                facts,
                decisions,
                configuration.exchangeRates(),
                Policies.attribution(configuration.policies()).policy());
    }

    /** When partners are out of office. */
    public Absences absences() {
        return new Absences(facts);
    }

    /** What stored decisions saw. */
    public PastDecisions pastDecisions() {
        return new PastDecisions(facts, decisions, new RoundLedger(ledger()));
    }

    /** Stored decisions with what became of them, beside the chances that a draft would have given. */
    public LedgerLog decisionLog() {
        return new LedgerLog(facts, decisions, pastDecisions(), snapshots, configuration.exchangeRates());
    }

    /** Makes stored decisions again. */
    public Replay replay() {
        return new Replay(
                decisions,
                pastDecisions(),
                policyVersions,
                snapshots,
                version ->
                        Policies.assignment(version.version(), version.body()).policy());
    }

    /** Tries dead letters again; all open ones where no ids are given. */
    public Redrive.Result redrive(List<Long> ids) {
        return new Redrive(deadLetters, connections, streams, inbox, outbox).redrive(ids);
    }

    @Override
    public void close() {
        if (routes != null) {
            routes.close();
        }
        connections.close();
        holder.close();
    }
}
