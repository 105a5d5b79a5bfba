package dev.rainmaker.connector.moodle;

import dev.rainmaker.connector.StreamDescription;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The streams of a site, each with the function it is read by and the right that the function asks for. */
enum MoodleStream {
    USER(
            "user",
            "People enrolled in a course",
            MoodleFunction.ENROLLED,
            "id username firstname lastname fullname email idnumber department institution city country"
                    + " firstaccess lastaccess customfields"),
    COURSE_COMPLETION(
            "course_completion",
            "Completion of a course by a person",
            MoodleFunction.COURSE_COMPLETION,
            "userid course.id course.shortname course.fullname course.idnumber completed timecompleted aggregation"),
    ACTIVITY_COMPLETION(
            "activity_completion",
            "Completion of an activity by a person",
            MoodleFunction.ACTIVITY_COMPLETION,
            "userid course.id course.shortname course.fullname course.idnumber cmid modname instance state timecompleted"
                    + " isoverallcomplete overrideby"),
    GRADE(
            "grade",
            "A person's total grade in a course",
            MoodleFunction.GRADES,
            "userid course.id course.shortname course.fullname course.idnumber graderaw grademin grademax"
                    + " gradedategraded percentageformatted"),
    BADGE(
            "badge",
            "A badge issued to a person",
            MoodleFunction.BADGES,
            "id name issuername courseid recipientid email uniquehash dateissued dateexpire status visible");

    private final String word;
    private final String label;
    private final MoodleFunction function;
    private final List<String> fields;

    MoodleStream(String word, String label, MoodleFunction function, String fields) {
        this.word = word;
        this.label = label;
        this.function = function;
        this.fields = List.of(fields.split(" "));
    }

    static Optional<MoodleStream> named(String word) {
        return Arrays.stream(values())
                .filter(stream -> stream.word.equals(word))
                .findFirst();
    }

    String word() {
        return word;
    }

    MoodleFunction function() {
        return function;
    }

    /** Functions that reading this stream calls. */
    List<MoodleFunction> functions() {
        return this == USER
                ? List.of(MoodleFunction.COURSES, MoodleFunction.ENROLLED, MoodleFunction.USERS_BY_FIELD)
                : List.of(MoodleFunction.COURSES, MoodleFunction.ENROLLED, function);
    }

    /** Whether a mapping may ask for this path. Profile fields of the site's own lie below {@code customfields}. */
    boolean offers(String path) {
        return fields.contains(path)
                || this == USER && path.startsWith("customfields.")
                || fields.stream().anyMatch(field -> field.startsWith(path + "."));
    }

    StreamDescription described() {
        return new StreamDescription(
                word,
                label,
                fields.stream()
                        .map(name -> new StreamDescription.Field(
                                name,
                                name,
                                name.startsWith("time") || name.startsWith("date") ? "time" : "text",
                                false,
                                false))
                        .toList());
    }
}
