package dev.rainmaker.sandbox.salesforce.page;

import dev.rainmaker.sandbox.salesforce.api.Reply;
import dev.rainmaker.sandbox.salesforce.api.Request;
import dev.rainmaker.sandbox.salesforce.record.Org;

/** Answers what a browser asks for. */
public final class Pages {

    private final Org org;

    public Pages(Org org) {
        this.org = org;
    }

    public Reply answer(Request request) {
        return Reply.html(
                404,
                "<!doctype html><title>Not found</title><p>"
                        + org.schema().objects().size());
    }
}
