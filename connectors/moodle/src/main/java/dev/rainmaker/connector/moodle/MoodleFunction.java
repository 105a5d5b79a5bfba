package dev.rainmaker.connector.moodle;

/** The web service functions that are called, and what the integration user must be allowed for each. */
enum MoodleFunction {
    SITE_INFO("core_webservice_get_site_info", "webservice/rest:use"),
    COURSES("core_course_get_courses", "moodle/course:view and moodle/course:viewhiddencourses"),
    ENROLLED(
            "core_enrol_get_enrolled_users",
            "moodle/course:view, moodle/course:viewparticipants and moodle/site:accessallgroups"),
    USERS_BY_FIELD("core_user_get_users_by_field", "moodle/user:viewdetails and moodle/user:viewalldetails"),
    COURSE_COMPLETION("core_completion_get_course_completion_status", "report/completion:view"),
    ACTIVITY_COMPLETION("core_completion_get_activities_completion_status", "report/progress:view"),
    GRADES("gradereport_user_get_grade_items", "gradereport/user:view and moodle/grade:viewall"),
    BADGES("core_badges_get_user_badges", "moodle/badges:viewotherbadges");

    private final String word;
    private final String capability;

    MoodleFunction(String word, String capability) {
        this.word = word;
        this.capability = capability;
    }

    String word() {
        return word;
    }

    /** Capabilities as Moodle names them. */
    String capability() {
        return capability;
    }
}
