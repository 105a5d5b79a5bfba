package dev.rainmaker.connector.moodle;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rainmaker.connector.CallPurpose;
import dev.rainmaker.connector.CheckReport.Finding;
import dev.rainmaker.connector.CheckReport.Severity;
import dev.rainmaker.connector.ConnectorFault;
import dev.rainmaker.connector.StreamNeed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Looks at a site as the integration user sees it: which functions the service lacks, and for each of the others, by trying
 * it on one person of one course, which right the user lacks.
 */
final class MoodleCheck {

    private static final String SERVICE =
            "Site administration, Server, Web services, External services, Functions: add what is missing";

    private final MoodleSettings settings;
    private final MoodleClient client;
    private final MoodleSite site;

    MoodleCheck(MoodleSettings settings, MoodleClient client, MoodleSite site) {
        this.settings = settings;
        this.client = client;
        this.site = site;
    }

    static String names() {
        return Arrays.stream(MoodleStream.values()).map(MoodleStream::word).collect(Collectors.joining(", "));
    }

    List<Finding> findings(List<StreamNeed> needs) {
        List<Finding> findings = new ArrayList<>();
        try {
            JsonNode info = client.call(CallPurpose.OTHER, MoodleFunction.SITE_INFO, Map.of())
                    .json();
            findings.add(new Finding(
                    Severity.INFO,
                    "connected to " + settings.site() + ", Moodle "
                            + info.path("release").asText("of unknown release").replaceAll("[^ -~]", "?")
                            + ", user id " + info.path("userid").asLong(),
                    ""));
            findings.addAll(unmapped(needs));
            Set<MoodleStream> wanted = wanted(needs);
            Set<MoodleFunction> missing = missing(info, wanted);
            if (!missing.isEmpty()) {
                findings.add(new Finding(Severity.ERROR, "the token's service lacks " + words(missing), SERVICE));
            }
            findings.addAll(tried(wanted, missing));
        } catch (ConnectorFault fault) {
            findings.add(new Finding(Severity.ERROR, String.valueOf(fault.getMessage()), ""));
        }
        return findings;
    }

    private static String words(Set<MoodleFunction> functions) {
        return functions.stream().map(MoodleFunction::word).collect(Collectors.joining(", "));
    }

    private static Set<MoodleStream> wanted(List<StreamNeed> needs) {
        Set<MoodleStream> wanted = EnumSet.noneOf(MoodleStream.class);
        needs.forEach(need -> MoodleStream.named(need.stream()).ifPresent(wanted::add));
        return wanted;
    }

    private static List<Finding> unmapped(List<StreamNeed> needs) {
        List<Finding> findings = new ArrayList<>();
        for (StreamNeed need : needs) {
            MoodleStream stream = MoodleStream.named(need.stream()).orElse(null);
            if (stream == null) {
                findings.add(new Finding(
                        Severity.ERROR,
                        "there is no stream " + need.stream(),
                        "correct the mapping; there are " + names()));
                continue;
            }
            Set<String> unknown = new TreeSet<>(need.reads());
            unknown.removeIf(stream::offers);
            if (!unknown.isEmpty()) {
                findings.add(new Finding(
                        Severity.ERROR,
                        stream.word() + " has no field " + String.join(", ", unknown),
                        "correct the mapping; it has "
                                + stream.described().fields().stream()
                                        .map(field -> field.name())
                                        .collect(Collectors.joining(", "))));
            }
            if (!need.writes().isEmpty()) {
                findings.add(new Finding(
                        Severity.ERROR, stream.word() + " cannot be written", "take \"writes\" out of its mapping"));
            }
        }
        return findings;
    }

    private static Set<MoodleFunction> missing(JsonNode info, Set<MoodleStream> wanted) {
        Set<String> offered = new HashSet<>();
        info.path("functions")
                .forEach(function -> offered.add(function.path("name").asText()));
        Set<MoodleFunction> missing = EnumSet.noneOf(MoodleFunction.class);
        wanted.forEach(stream -> missing.addAll(stream.functions()));
        missing.removeIf(function -> offered.contains(function.word()));
        return missing;
    }

    /** Calls each function that is there once, as a read would. */
    private List<Finding> tried(Set<MoodleStream> wanted, Set<MoodleFunction> missing) {
        if (wanted.isEmpty() || missing.contains(MoodleFunction.COURSES) || missing.contains(MoodleFunction.ENROLLED)) {
            return List.of();
        }
        List<Course> courses = site.courses(CallPurpose.OTHER).all();
        if (courses.isEmpty()) {
            return List.of(new Finding(
                    Severity.WARNING,
                    "no course is visible to the integration user",
                    "create one, or give the user's role moodle/course:view and moodle/course:viewhiddencourses in the"
                            + " system context"));
        }
        for (Course course : courses) {
            List<JsonNode> people = site.enrolled(CallPurpose.OTHER, course.id(), 0, 5);
            if (!people.isEmpty()) {
                return tried(wanted, missing, course, people);
            }
        }
        return List.of(
                new Finding(
                        Severity.WARNING,
                        "nobody is enrolled in any of " + courses.size()
                                + " courses, as far as the integration user sees",
                        "enrol somebody, or give the user's role moodle/course:viewparticipants and moodle/site:accessallgroups"));
    }

    private List<Finding> tried(
            Set<MoodleStream> wanted, Set<MoodleFunction> missing, Course course, List<JsonNode> people) {
        List<Finding> findings = new ArrayList<>();
        long person = people.get(0).path("id").asLong();
        if (people.stream().noneMatch(one -> one.hasNonNull("email"))) {
            findings.add(new Finding(
                    Severity.WARNING,
                    "no e-mail address is shown of the people in course " + course.id(),
                    "give the user's role moodle/course:useremail and moodle/user:viewalldetails, or people can be"
                            + " matched to partners by idnumber only"));
        }
        for (MoodleStream stream : wanted) {
            if (missing.contains(stream.function())) {
                continue;
            }
            try {
                if (stream == MoodleStream.USER) {
                    if (!missing.contains(MoodleFunction.USERS_BY_FIELD)) {
                        site.users(CallPurpose.OTHER, List.of(Long.toString(person)));
                    }
                } else {
                    site.records(CallPurpose.OTHER, stream, course, person);
                }
            } catch (ConnectorFault fault) {
                findings.add(new Finding(
                        Severity.ERROR,
                        String.valueOf(fault.getMessage()),
                        "Site administration, Users, Permissions, Define roles: allow "
                                + stream.function().capability()));
            }
        }
        return findings;
    }
}
