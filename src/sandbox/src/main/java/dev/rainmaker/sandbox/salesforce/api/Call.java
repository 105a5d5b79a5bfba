package dev.rainmaker.sandbox.salesforce.api;

import dev.rainmaker.sandbox.salesforce.record.Actor;

/**
 * A request inside a session.
 *
 * @param version {@code v60.0}
 * @param path segments after the version
 * @param autoAssign whether the assignment header, or its absence, lets the org's lead assignment rule run
 */
record Call(Request request, String userId, String version, java.util.List<String> path, boolean autoAssign) {

    Call {
        path = java.util.List.copyOf(path);
    }

    Actor actor() {
        return new Actor(userId, Actor.Channel.API, autoAssign);
    }

    /** Where the records of this version live. */
    String sobjects() {
        return "/services/data/" + version + "/sobjects/";
    }

    String base() {
        return "/services/data/" + version;
    }

    String method() {
        return request.method();
    }
}
