package dev.rainmaker.sandbox.world;

import dev.rainmaker.sandbox.moodle.Academy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Fills a Moodle site with the partners' people of one or more generated worlds: they take courses on the vendor's products,
 * more of them at partners that engage more; passing a certification earns a badge for a year, and many of those have run out.
 * One in ten learners signed up with a free-mail address; half of those gave their partner's code.
 */
public final class MoodleWorld {

    private static final long YEAR = 365L * 86_400;
    private static final int COURSES = Catalogue.PRODUCTS.size();

    private final Academy academy;
    private final Dice dice;
    private final LocalDate asOf;
    private final List<Long> certifications = new ArrayList<>();
    private final Set<String> usernames = new HashSet<>();
    private final Quota freeMail = new Quota(0.1, 0.5);
    private boolean codeNext = true;
    private long onboarding;

    private MoodleWorld(Academy academy, Dice dice, LocalDate asOf) {
        this.academy = academy;
        this.dice = dice;
        this.asOf = asOf;
    }

    /**
     * Fills an empty site.
     *
     * @param exports folders of generated worlds with the same as-of day
     */
    public static void fill(Academy academy, long seed, List<Path> exports) throws IOException {
        MoodleWorld world = new MoodleWorld(
                academy,
                new Dice(seed).branch("moodle", 0),
                WorldTruth.read(exports.get(0)).asOf());
        world.courses();
        for (Path export : exports) {
            world.learners(export);
        }
    }

    private long epoch(LocalDate day) {
        return day.atTime(9, 0).toEpochSecond(ZoneOffset.UTC);
    }

    private void courses() {
        long opened = epoch(asOf.minusYears(3));
        onboarding = academy.addCourse(
                "WELCOME",
                "Partner onboarding",
                "WELCOME",
                List.of(new Academy.Activity("Programme guide", true)),
                false,
                opened);
        for (int i = 0; i < COURSES; i++) {
            String product = Catalogue.PRODUCTS.get(i);
            String code = "CERT-" + (101 + i);
            long course = academy.addCourse(
                    code,
                    product + " certification",
                    code,
                    List.of(
                            new Academy.Activity(product + " basics", false),
                            new Academy.Activity("Lab: first " + product + " project", true),
                            new Academy.Activity("Final test", true)),
                    true,
                    opened);
            certifications.add(course);
            academy.addBadge("Certified: " + product, course, YEAR, opened);
        }
    }

    private void learners(Path export) throws IOException {
        WorldTruth truth = WorldTruth.read(export);
        Set<String> partners = new HashSet<>();
        truth.partners().forEach(partner -> partners.add(partner.id()));
        int number = 0;
        for (Map<String, String> person : HubSpotWorld.rows(export, ExportObject.CONTACT)) {
            String account = person.getOrDefault("AccountId", "");
            String email = person.getOrDefault("Email", "");
            if (!partners.contains(account) || email.isEmpty()) {
                continue;
            }
            Dice own = dice.branch(email, number++);
            learner(person, email, truth.partner(account), own);
        }
    }

    private void learner(Map<String, String> person, String email, PartnerTruth partner, Dice own) {
        String local = email.substring(0, email.indexOf('@')).toLowerCase(Locale.ROOT);
        String address = email;
        String code = "";
        if (freeMail.next()) {
            address = local + own.whole(10, 99) + "@gmail.com";
            code = codeNext ? partner.id() : "";
            codeNext = !codeNext;
        }
        String username = local;
        for (int i = 2; !usernames.add(username); i++) {
            username = local + i;
        }
        long user = academy.addUser(
                username, person.getOrDefault("FirstName", ""), person.getOrDefault("LastName", ""), address, code);
        academy.enrol(onboarding, user, epoch(partner.since()));
        double eagerness = StrictMath.min(0.8, 0.15 + partner.engagementsPerYear() / 20);
        for (int i = 0; i < COURSES; i++) {
            if (partner.products().contains(Catalogue.PRODUCTS.get(i)) && own.chance(0.7)) {
                takes(certifications.get(i), user, partner, own.chance(eagerness), own);
            }
        }
    }

    private void takes(long course, long user, PartnerTruth partner, boolean finishes, Dice own) {
        LocalDate first = partner.since().isAfter(asOf.minusYears(2)) ? partner.since() : asOf.minusYears(2);
        LocalDate last = partner.silentSince() == null ? asOf : partner.silentSince();
        int span = (int) StrictMath.max(1, last.toEpochDay() - first.toEpochDay() - 1);
        LocalDate day = first.plusDays(own.below(span));
        academy.enrol(course, user, epoch(day.minusDays(Math.min(20, day.toEpochDay() - first.toEpochDay()))));
        if (finishes) {
            academy.completed(course, user, epoch(day) + own.below(8 * 3_600));
            academy.grade(course, user, StrictMath.rint(own.between(60, 100)), epoch(day));
        }
    }
}
