package dev.rainmaker.app.draft;

import dev.rainmaker.app.assignment.PartnerSnapshots;
import dev.rainmaker.app.ledger.PolicyLedger;
import dev.rainmaker.app.ledger.PolicyLedger.Author;
import dev.rainmaker.app.ledger.PolicyLedger.PolicyVersion;
import dev.rainmaker.app.policy.Policies;
import dev.rainmaker.app.yaml.ConfigurationException;
import dev.rainmaker.app.yaml.YamlDocument;
import dev.rainmaker.assignment.AssignmentPolicy;
import dev.rainmaker.assignment.LeadFacts;
import dev.rainmaker.assignment.PolicyCheck;
import dev.rainmaker.assignment.PolicyCheck.Finding;
import dev.rainmaker.assignment.PolicyCheck.Severity;
import dev.rainmaker.assignment.Rule;
import dev.rainmaker.assignment.SimulatePolicy.PastLead;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks, tries, compares, publishes and takes back assignment policies. */
public final class PolicyDesk {

    /** The name under which an edited text stands in findings. */
    public static final String DRAFT = "draft.yaml";

    /** Leads that a check tries, enough to see rules that nothing reaches. */
    private static final int LEADS_CHECKED = 300;

    private static final Duration CHECKED_SINCE = Duration.ofDays(90);

    /** Findings that speak of one connection's leads; the others must hold in all connections. */
    private static final Set<String> OF_LEADS = Set.of("uncovered-leads");

    /** Findings that say nothing where there is no partner yet. */
    private static final Set<String> OF_PARTNERS =
            Set.of("unknown-partner", "unknown-tier", "unheld-certificate", "empty-pool", "uncovered-leads");

    private final PolicyLedger versions;
    private final PartnerSnapshots snapshots;
    private final PastLeads past;
    private final PublishedPolicy published;

    public PolicyDesk(PolicyLedger versions, PartnerSnapshots snapshots, PastLeads past, PublishedPolicy published) {
        this.versions = versions;
        this.snapshots = snapshots;
        this.past = past;
        this.published = published;
    }

    /**
     * What a check found.
     *
     * @param policy null where the text cannot be read
     */
    public record Checked(String version, @Nullable AssignmentPolicy policy, List<Finding> findings) {

        public Checked {
            findings = List.copyOf(findings);
        }

        /** Whether it may be published. */
        public boolean valid() {
            return policy != null && findings.stream().noneMatch(each -> each.severity() == Severity.ERROR);
        }
    }

    /**
     * Reads a policy and checks it against the partners and leads of the ledger.
     *
     * @param name of the file, for places
     */
    public Checked check(String name, String text, Instant now) {
        YamlDocument document;
        AssignmentPolicy policy;
        try {
            document = YamlDocument.parse(name, text);
            policy = Policies.assignment(name, text).policy();
        } catch (ConfigurationException wrong) {
            return new Checked(
                    "",
                    null,
                    wrong.problems().stream()
                            .map(problem -> PolicyPlaces.finding(problem, text))
                            .toList());
        }
        return new Checked(policy.version(), policy, findings(policy, new PolicyPlaces(document), now));
    }

    private List<Finding> findings(AssignmentPolicy policy, PolicyPlaces places, Instant now) {
        PartnerSnapshots.Snapshot snapshot = snapshots.beside(policy, published.policy());
        List<LeadFacts> leads = past.since(now.minus(CHECKED_SINCE), LEADS_CHECKED).stream()
                .map(PastLead::lead)
                .toList();
        if (snapshot.views().isEmpty()) {
            return PolicyCheck.check(
                            snapshot.nobody().policy(), snapshot.nobody().candidates(), List.of(), now, places)
                    .stream()
                    .filter(finding -> !OF_PARTNERS.contains(finding.code()))
                    .toList();
        }
        Map<String, List<Finding>> byConnection = new LinkedHashMap<>();
        snapshot.views()
                .forEach((connection, view) -> byConnection.put(
                        connection,
                        PolicyCheck.check(
                                view.policy(),
                                view.candidates(),
                                leads.stream()
                                        .filter(lead ->
                                                lead.lead().id().connection().equals(connection))
                                        .toList(),
                                now,
                                places)));
        return common(byConnection);
    }

    /** What is wrong everywhere once, what concerns the leads of one connection with its name. */
    private static List<Finding> common(Map<String, List<Finding>> byConnection) {
        List<Finding> common = new ArrayList<>();
        Set<String> told = new HashSet<>();
        byConnection.forEach((connection, findings) -> {
            for (Finding finding : findings) {
                if (OF_LEADS.contains(finding.code())) {
                    common.add(byConnection.size() == 1 ? finding : named(connection, finding));
                } else if (byConnection.values().stream().allMatch(all -> holds(all, finding))
                        && told.add(key(finding))) {
                    common.add(finding);
                }
            }
        });
        return common;
    }

    private static boolean holds(List<Finding> findings, Finding wanted) {
        return findings.stream().anyMatch(each -> key(each).equals(key(wanted)));
    }

    private static String key(Finding finding) {
        return finding.code() + " " + finding.place();
    }

    private static Finding named(String connection, Finding finding) {
        return new Finding(
                finding.severity(),
                finding.code(),
                finding.rule(),
                finding.place(),
                connection + ": " + finding.message());
    }

    /** Who would get what under a draft, beside the published policy. */
    public Comparison simulate(AssignmentPolicy draft, Instant since, int most) {
        AssignmentPolicy current = published.policy();
        List<PastLead> leads = past.since(since, most + 1);
        boolean truncated = leads.size() > most;
        List<PastLead> tried = truncated ? leads.subList(leads.size() - most, leads.size()) : leads;
        // The version seeds the draws: under one name both policies draw alike, and chance makes no difference.
        AssignmentPolicy alike =
                new AssignmentPolicy(current.version(), draft.zone(), draft.hours(), draft.scoring(), draft.rules());
        return new CompareDraft(snapshots.beside(alike, current), snapshots.current(current), tried)
                .run(since, truncated);
    }

    /** Keeps a text as a draft and, where it has no error, as validated. */
    public Checked keep(String name, String text, Author by, Instant now) {
        Checked checked = check(name, text, now);
        if (checked.policy() != null) {
            versions.draft(Policies.ASSIGNMENT, checked.version(), text, by);
            if (checked.valid()) {
                versions.validated(Policies.ASSIGNMENT, checked.version(), by);
            }
        }
        return checked;
    }

    /**
     * Publishes a text if it has no error; running instances follow with their next round of decisions.
     *
     * @param expected the version that must be published now; null: any
     * @return what the check found: published if {@link Checked#valid()}
     * @throws IllegalStateException if another version was published meanwhile
     */
    public Checked publish(String name, String text, @Nullable String expected, Author by, String note, Instant now) {
        Checked checked = keep(name, text, by, now);
        if (checked.valid()) {
            versions.publish(Policies.ASSIGNMENT, checked.version(), expected, by, note);
        }
        return checked;
    }

    /**
     * Takes the published version back.
     *
     * @param to the version to return to, or how it begins; null: the one published before
     * @throws IllegalStateException if there is none
     */
    public String rollback(@Nullable String to, @Nullable String expected, Author by, String note) {
        String target = to == null ? null : version(to).version();
        return versions.rollback(Policies.ASSIGNMENT, target, expected, by, note);
    }

    /** The version called so, or whose name begins so. */
    public PolicyVersion version(String name) {
        return versions.beginning(Policies.ASSIGNMENT, name)
                .orElseThrow(() -> new IllegalStateException("There is no one version of " + Policies.ASSIGNMENT
                        + " that begins with " + name + "; `rainmaker policy versions` lists them."));
    }

    public PolicyVersion publishedVersion() {
        return versions.published(Policies.ASSIGNMENT)
                .orElseThrow(() -> new IllegalStateException("No assignment policy is published yet."));
    }

    /** The rules of the published policy. */
    public List<Rule> rules() {
        return published.policy().rules();
    }

    public List<PolicyVersion> versions() {
        return versions.versions(Policies.ASSIGNMENT);
    }

    public List<PolicyLedger.Step> steps(int most) {
        return versions.steps(Policies.ASSIGNMENT, most);
    }
}
