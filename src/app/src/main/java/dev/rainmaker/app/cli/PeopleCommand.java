package dev.rainmaker.app.cli;

import dev.rainmaker.app.ledger.PersonLedger.Link;
import dev.rainmaker.app.ledger.PersonLedger.Open;
import dev.rainmaker.app.runtime.Rainmaker;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.partner.Partner;
import dev.rainmaker.people.PersonMatch.Suggestion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which partner people belong to. */
@Command(
        name = "people",
        description = "Which partner people belong to: by evidence, or because somebody said so.",
        mixinStandardHelpOptions = true,
        subcommands = {
            PeopleCommand.Unmatched.class,
            PeopleCommand.Links.class,
            PeopleCommand.LinkOne.class,
            PeopleCommand.Undo.class
        })
final class PeopleCommand implements Runnable {

    private static final int MOST = 500;

    @CommandLine.Spec
    CommandLine.Model.@Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec != null) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "Which? rainmaker people unmatched, links, link or undo");
        }
    }

    private static RecordId person(String text) {
        try {
            return RecordId.parse(text);
        } catch (IllegalArgumentException wrong) {
            throw new UserError("A person is named connection/id, such as academy/17; \"" + text + "\" is not.");
        }
    }

    /** Who acts on this machine, for the audit. */
    private static String who() {
        return System.getProperty("user.name", "command line");
    }

    /** Lists people whose partner is not known or not certain. */
    @Command(
            name = "unmatched",
            description = "List people whose partner is unknown or uncertain, with suggestions; most history first.",
            mixinStandardHelpOptions = true)
    static final class Unmatched implements Callable<Integer> {

        @Mixin
        CommonOptions common = new CommonOptions();

        @Override
        public Integer call() {
            try (Rainmaker rainmaker = Opened.by(common)) {
                rainmaker.matchPeople().match();
                List<Open> open = rainmaker.people().open(MOST);
                if (common.output == Output.json) {
                    Output.json(System.out, open);
                    return ExitCode.DONE;
                }
                if (open.isEmpty()) {
                    System.out.println("Everybody has a partner, or is known to have none.");
                    return ExitCode.DONE;
                }
                Table table = new Table("PERSON", "NAME", "E-MAIL", "CODE", "WAITING", "STATE", "MAY BELONG TO");
                open.forEach(each -> table.row(
                        each.person(),
                        orDash(each.name()),
                        orDash(each.email()),
                        orDash(each.code()),
                        each.waiting(),
                        each.state(),
                        words(each.suggestions())));
                table.print(System.out);
                System.out.println("Link one: rainmaker people link PERSON PARTNER, or --none for nobody's.");
                return ExitCode.DONE;
            }
        }

        private static String orDash(@Nullable String text) {
            return text == null ? "-" : text;
        }

        private static String words(List<Suggestion> suggestions) {
            return suggestions.isEmpty()
                    ? "-"
                    : suggestions.stream()
                            .map(each -> each.partner() + " " + each.name() + " (" + each.why() + ")")
                            .collect(Collectors.joining("; "));
        }
    }

    /** Lists the links made here, with their evidence. */
    @Command(
            name = "links",
            description = "List the links made here, newest first, with their evidence.",
            mixinStandardHelpOptions = true)
    static final class Links implements Callable<Integer> {

        @Mixin
        CommonOptions common = new CommonOptions();

        @Override
        public Integer call() {
            try (Rainmaker rainmaker = Opened.by(common)) {
                List<Link> links = rainmaker.people().links(MOST);
                if (common.output == Output.json) {
                    Output.json(System.out, links.stream().map(Links::json).toList());
                    return ExitCode.DONE;
                }
                Table table = new Table("PERSON", "PARTNER", "BY", "EVIDENCE", "SINCE (UTC)");
                links.forEach(link -> table.row(
                        link.person(),
                        link.partner(),
                        link.evidence().kind().word(),
                        link.evidence().text(),
                        link.madeAt()));
                table.print(System.out);
                return ExitCode.DONE;
            }
        }

        private static Map<String, Object> json(Link link) {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("person", link.person());
            members.put("partner", link.partner());
            members.put("by", link.evidence().kind().word());
            members.put("evidence", link.evidence().text());
            members.put("madeAt", link.madeAt());
            return members;
        }
    }

    /** Links one person. */
    @Command(
            name = "link",
            description = "Say which partner a person belongs to. Its whole history then counts for that partner.",
            mixinStandardHelpOptions = true)
    static final class LinkOne implements Callable<Integer> {

        @Mixin
        CommonOptions common = new CommonOptions();

        @Parameters(index = "0", paramLabel = "PERSON", description = "the person, as connection/id")
        String person = "";

        @Parameters(
                index = "1",
                arity = "0..1",
                paramLabel = "PARTNER",
                description = "the partner's id or part of its name")
        @Nullable
        String partner;

        @Option(names = "--none", description = "it belongs to no partner")
        boolean none;

        @Override
        public Integer call() {
            if (none == (partner != null)) {
                throw new UserError("Give either a partner or --none.");
            }
            try (Rainmaker rainmaker = Opened.by(common)) {
                RecordId id = person(person);
                try {
                    String said = link(rainmaker, id);
                    if (common.output == Output.json) {
                        Output.json(System.out, Map.of("person", id, "said", said));
                    } else {
                        System.out.println(said);
                    }
                    return ExitCode.DONE;
                } catch (IllegalArgumentException unknown) {
                    throw new UserError(unknown.getMessage() + ".");
                }
            }
        }

        private String link(Rainmaker rainmaker, RecordId id) {
            if (partner == null) {
                rainmaker.matchPeople().linkToNobody(id, who());
                return id + " belongs to no partner.";
            }
            Partner found = FindFact.one(rainmaker, FactKind.PARTNER, partner, Partner.class);
            rainmaker.matchPeople().link(id, found.id(), who());
            return id + " belongs to " + found.name() + " (" + found.id()
                    + "); the next scoring counts its history there.";
        }
    }

    /** Takes a link back. */
    @Command(
            name = "undo",
            description =
                    "Take a link back: one that somebody made, so that evidence counts again; one by evidence, so that"
                            + " it is not made again.",
            mixinStandardHelpOptions = true)
    static final class Undo implements Callable<Integer> {

        @Mixin
        CommonOptions common = new CommonOptions();

        @Parameters(index = "0", paramLabel = "PERSON", description = "the person, as connection/id")
        String person = "";

        @Override
        public Integer call() {
            try (Rainmaker rainmaker = Opened.by(common)) {
                RecordId id = person(person);
                rainmaker.matchPeople().undo(id, who());
                if (common.output == Output.json) {
                    Output.json(System.out, Map.of("person", id, "said", "taken back"));
                } else {
                    System.out.println("Taken back for " + id + ".");
                }
                return ExitCode.DONE;
            } catch (IllegalArgumentException nothing) {
                throw new UserError(nothing.getMessage() + ".");
            }
        }
    }
}
