package dev.rainmaker.sandbox.moodle;

import dev.rainmaker.sandbox.http.Reply;
import dev.rainmaker.sandbox.http.Request;

/** What a person sees in a browser. */
final class MoodlePages {

    private final Academy academy;

    MoodlePages(Academy academy) {
        this.academy = academy;
    }

    Reply answer(Request request) {
        return Reply.html(
                404, "no such page " + academy.now() + request.segments().size());
    }
}
